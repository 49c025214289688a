import type { Spikes } from "../../src/encoding/spike-codec.ts";
import type { Potentials } from "../../src/engine/potentials.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { CellSample } from "../../src/recording/cell-sample.ts";
import type { RecordedNetwork } from "../../src/recording/network-record.ts";
import { eachPotential } from "../../src/recording/potentials.ts";
import type { RunDescription } from "../../src/recording/run-description.ts";
import type { RunEvent } from "../../src/recording/run-event.ts";
import type { RunStore } from "../../src/recording/run-store.ts";
import { type RunProgress, RunWriter } from "../../src/recording/run-writer.ts";

/** Numbers from 0 to 1, the same at every start. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** 3 E, 2 FS and 1 LTS cells with 4 synapses. */
export const smallNetwork: RecordedNetwork = {
  cellCount: 6,
  synapseCount: 4,
  populations: [
    { name: "E6", cellClass: "E", layer: 6, originalType: 8, firstCell: 0, cellCount: 3 },
    { name: "I6", cellClass: "FS", layer: 6, originalType: 9, firstCell: 3, cellCount: 2 },
    { name: "I6L", cellClass: "LTS", layer: 6, originalType: 11, firstCell: 5, cellCount: 1 },
  ],
  firstSynapse: Uint32Array.of(0, 2, 2, 3, 3, 4, 4),
  postsynaptic: Uint32Array.of(1, 5, 3, 0),
  delayMs: Float64Array.of(3.5, 4.25, 1 / 3, 2),
  distal: Uint8Array.of(1, 1, 1, 0),
  fastWeightMv: Float64Array.of(0.1, 2, 3, 4),
  slowWeightMv: Float64Array.of(0.01, 0.2, 0.3, 0),
  xUm: Float64Array.of(1, 2, 3, 4, 5, 6),
  yUm: Float64Array.of(0.5, 0.25, 7, 8, 9, 10),
  zUm: Float64Array.of(-1, -2, -3, 0, 1, 2),
};

/** A network of E cells, all in one place, with the synapses of the small one. */
export function networkOf(cellCount: number): RecordedNetwork {
  const [population] = smallNetwork.populations;
  const column = new Float64Array(cellCount);
  return {
    ...smallNetwork,
    cellCount,
    populations: [{ ...population!, cellCount }],
    firstSynapse: new Uint32Array(cellCount + 1).fill(4, 1),
    xUm: column,
    yUm: column,
    zUm: column,
  };
}

export const description: RunDescription = {
  program: { name: "isocortex", version: "1.2.3" },
  preset: "baseline",
  label: "a small run",
  parameters: resolveParameters({ sizeFactor: 2, scaling: false }),
  phases: [{ name: "baseline", startMs: 0, endMs: 20_000 }],
  durationMs: 20_000,
  createdAt: "2024-05-06T07:08:09.000Z",
  potentials: { cells: [1, 4], everyMs: 8, fromMs: 500, untilMs: 20_000 },
};

export function progressAt(simulatedMs: number): RunProgress {
  return {
    simulatedMs,
    wallSeconds: simulatedMs / 25_000,
    updatedAt: "2024-05-06T07:09:10.000Z",
    cellEvents: 300 * simulatedMs,
    depolarizationBlocks: 2,
  };
}

/** Spikes of cells 0 … `cellCount` − 1 at random times, about 1 ms apart; every tenth at its predecessor's. */
export function randomSpikes(count: number, cellCount: number, seed = 1): Spikes {
  const random = randomNumbers(seed);
  const cells = Uint32Array.from({ length: count }, () => Math.floor(random() * cellCount));
  let timeMs = 0;
  const timesMs = Float64Array.from(cells, () => {
    if (random() > 0.1) timeMs += -Math.log(1 - random());
    return timeMs;
  });
  return { timesMs, cells };
}

export function sampleOf(cellCount: number, seed: number): CellSample {
  const random = randomNumbers(seed);
  return {
    sensedRateKhz: Float64Array.from({ length: cellCount }, random),
    targetRateKhz: new Float64Array(cellCount).fill(-1),
    scaleFactor: Float64Array.from({ length: cellCount }, () => 1 + random() / 100),
    alive: Uint8Array.from({ length: cellCount }, () => (random() < 0.8 ? 1 : 0)),
  };
}

/** Potentials of the two cells at one time. */
export function potentialsOf(seed: number): Potentials {
  const random = randomNumbers(seed);
  return eachPotential(() => Float64Array.from({ length: 2 }, () => 90 * (random() - 1)));
}

/** Readings of the small run from one on, up to another: more than two blocks in all. */
export function appendReadings(writer: RunWriter, first: number, end: number): void {
  for (let k = first; k < end; k++) writer.appendPotentials(500 + 8 * k, potentialsOf(k));
}

export const smallReadings = 2438;

export const smallEvents: readonly RunEvent[] = [
  { kind: "trial", timeMs: 0, input: "unique" },
  { kind: "scaling-on", timeMs: 5000 },
  { kind: "deletion", timeMs: 10_000, cells: [4, 0], scaleFactors: [1.1, 0.9], livingCount: 4 },
];

/** Records 20 000 spikes, two samples, two sets of gains and three events, piece by piece. */
export function recordSmallRun(store: RunStore): RunWriter {
  const writer = RunWriter.create(store, description, smallNetwork);
  const { timesMs, cells } = smallSpikes;
  for (let at = 0; at < cells.length; at += 3001) {
    writer.appendSpikes(
      timesMs.subarray(at),
      cells.subarray(at),
      Math.min(3001, cells.length - at),
    );
    writer.flush(progressAt(at));
  }
  appendReadings(writer, 0, smallReadings);
  for (const k of [1, 2]) {
    writer.appendSample(5000 * k, sampleOf(6, k));
    writer.appendGains(10_000 * k, Float64Array.of(1 + k, 1.5, 1.25, 1));
  }
  for (const event of smallEvents) writer.recordEvent(event);
  writer.finish("complete", progressAt(20_000));
  return writer;
}

export const smallSpikes = randomSpikes(20_000, smallNetwork.cellCount);
