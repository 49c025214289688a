import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { trainingStimuli } from "../network/training-stimuli.ts";

const folder = new URL("../reference/training-with-scaling-20s/", import.meta.url);

/** Values of a little-endian file, as bytes that an aligned array can view. */
const bytesOf = (name: string) => Uint8Array.from(readFileSync(new URL(name, folder))).buffer;

it("the reference engine fires the original's spikes: 5 s of baseline, 2 s of learning with scaling", () => {
  const expectedMs = new Float64Array(bytesOf("spike-times-ms.f64"));
  const expectedCells = new Uint16Array(bytesOf("spike-cells.u16"));
  const parameters = resolveParameters({
    protocol: "training",
    baselineDurationS: 5,
    learningDurationS: 10,
    recallDurationS: 5,
    scalingStartMs: 5000,
  });
  const network = buildNetwork(parameters);
  const engine = new ReferenceEngine(parameters, network);
  engine.setStimuli(trainingStimuli(parameters, network));

  const firedMs: number[] = [];
  const firedCells: number[] = [];
  const record = (timesMs: Float64Array, cells: Uint32Array, count: number) => {
    firedMs.push(...timesMs.subarray(0, count));
    firedCells.push(...cells.subarray(0, count));
  };
  engine.advance(parameters.scalingStartMs, record);
  engine.turnOnScaling();
  engine.advance(7000, record);

  const spikeCount = expectedMs.findIndex((timeMs) => timeMs >= 7000);
  expect(spikeCount).toBe(6435);
  expect(firedCells).toEqual([...expectedCells.subarray(0, spikeCount)]);
  const worstMs = firedMs.reduce((w, ms, k) => Math.max(w, Math.abs(ms - expectedMs[k]!)), 0);
  expect(worstMs).toBeLessThan(1e-6);
});
