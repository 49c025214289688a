import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import {
  MemoryStore,
  type ParameterOverrides,
  type Parameters,
  RunReader,
  resolveParameters,
  Simulation,
} from "../../src/index.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import type { EngineName } from "../../src/simulation/advance.ts";
import { run } from "../../src/simulation/recorder.ts";

/** What came of a simulation: hashes of all that must be the same wherever it runs. */
export interface Trace {
  readonly spikeCount: number;
  /** Times and cells of all spikes, in order. */
  readonly spikes: string;
  readonly plasticGains: string;
  /** Every variable of every cell. */
  readonly cells: string;
  /** What the protocol did: scaling on, trials, deletions. */
  readonly events: string;
}

/** Three seconds in which every rule is at work: training, STDP, scaling, deletion, trials. */
const everything: ParameterOverrides = {
  protocol: "deletion",
  scaling: true,
  baselineDurationS: 0.8,
  learningDurationS: 1.4,
  recallDurationS: 0.8,
  scalingStartMs: 500,
  scalingBeta: 4e-5,
  scalingGamma: 1e-7,
  plasticIncrementEE: 0.01,
  plasticIncrementEI: 0.002,
  deletionStepCells: 10,
  deletionIntervalMs: 450,
  trialDurationMs: 350,
  samplingStartMs: 150,
  samplingIntervalMs: 150,
};

/** Half a second of the 2014 model: scaling, growth, stimulation, deletion, dynamic death. */
const everything2014: ParameterOverrides = {
  model: "2014",
  sizeFactor: 0.3,
  baselineDurationS: 0.5,
  timelineUnitMs: 2.5,
  baselinePhaseMs: 100,
  deletionPhaseMs: 400,
  scalingStartMs: 60,
  deletionStartMs: 100,
  stimulationStartMs: 150,
  trialDurationMs: 100,
  stimulationRateHz: 40,
  samplingIntervalMs: 45,
  sensorTimeConstantMs: 50,
  scalingBeta: 0.01,
};

/** Simulates both models with an engine, one after the other, and hashes what came of it. */
export async function protocolTrace(engine: EngineName): Promise<Trace> {
  const spikes: Uint8Array[] = [];
  const events: unknown[] = [];
  const simulations = [everything, everything2014].map((overrides) => {
    const simulation = new Simulation(resolveParameters(overrides), { engine });
    simulation.advance(
      simulation.durationMs,
      (timesMs, cells, count) => {
        spikes.push(bytesOf(timesMs.slice(0, count)), bytesOf(cells.slice(0, count)));
      },
      (event) => events.push(event),
    );
    return simulation;
  });
  const states = simulations.flatMap((simulation) => Object.values(simulation.cellState()));
  return {
    spikeCount: simulations.reduce((sum, { spikeCount }) => sum + spikeCount, 0),
    spikes: await hash(spikes),
    plasticGains: await hash(simulations.map((simulation) => bytesOf(simulation.plasticGains()))),
    cells: await hash(states.map(bytesOf)),
    events: await hash([new TextEncoder().encode(JSON.stringify(events))]),
  };
}

/** Records the same run in memory; a hash of its binary files and of its spikes as CSV. */
export async function recordHash(): Promise<string> {
  const parameters: Parameters = resolveParameters(everything);
  const simulation = new Simulation(parameters);
  const store = new MemoryStore();
  const writer = RunWriter.create(
    store,
    {
      program: { name: "isocortex", version: "0.0.0" },
      preset: null,
      label: "everything",
      parameters,
      phases: [{ name: "all", startMs: 0, endMs: simulation.durationMs }],
      durationMs: simulation.durationMs,
      createdAt: "2024-01-01T00:00:00.000Z",
    },
    simulation.network,
  );
  const yieldTurn = () => new Promise<void>((resolve) => setTimeout(resolve));
  await run(simulation, writer, {
    environment: { monotonicMs: () => 0, date: () => new Date(0), yieldTurn },
  });
  const files = ["spikes", "cells", "weights"].flatMap((folder) =>
    store.list(folder).map((name) => store.read(`${folder}/${name}`)),
  );
  const csv = [...csvText(new RunExcerpt(new RunReader(store)), "spikes")].join("");
  return hash([...files, new TextEncoder().encode(csv)]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();

/** SHA-256 of bytes that follow each other, hexadecimal. */
async function hash(parts: readonly Uint8Array[]): Promise<string> {
  const all = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
