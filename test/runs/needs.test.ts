import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { expectedSynapses } from "../../src/model/expected-synapses.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import {
  definitionOf,
  namesOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
} from "../../src/model/parameters.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { StimulusListError } from "../../src/network/stimuli/electrode-list.ts";
import type { PotentialSchedule } from "../../src/recording/potentials.ts";
import { engineBytes } from "../../src/runs/memory.ts";
import { checkNeeds, machineFor, RunSizeError, runNeeds } from "../../src/runs/needs.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { temporaryFolder } from "../cli/command.ts";

const machine = { memoryBytes: 8e9, diskBytes: 100e9 };

/** The bytes of WebAssembly's memory that something allocates. */
function allocatedBy(make: () => unknown): number {
  const { Memory } = WebAssembly;
  let bytes = 0;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      bytes += 65_536 * descriptor.initial;
    }
  };
  try {
    make();
  } finally {
    WebAssembly.Memory = Memory;
  }
  return bytes;
}

const check = (overrides: ParameterOverrides, potentials?: PotentialSchedule) =>
  checkNeeds(runNeeds(resolveParameters(overrides), { potentials }), machine);

it.each<[string, ParameterOverrides]>([
  ["the published column", {}],
  ["a small one", { sizeFactor: 0.3 }],
  ["one four times as large", { sizeFactor: 4 }],
  ["one with many connections", { connectionFactor: 30 }],
  ["one with all connections", { connectionFactor: 1e12 }],
  ["that of the 2014 model", { model: "2014" }],
])("synapses and the engine's memory are estimated well of %s", (_, overrides) => {
  const parameters = resolveParameters(overrides);
  const network = buildNetwork(parameters);
  const bytes = allocatedBy(() => new Simulation(parameters, { network }));
  expect(network.synapseCount / expectedSynapses(parameters)).toBeCloseTo(1, 0.5);
  expect(bytes).toBeLessThan(1.25 * engineBytes(parameters));
  expect(bytes).toBeGreaterThan(engineBytes(parameters) / 2);
});

it.each<[string, ParameterOverrides, RegExp, PotentialSchedule?]>([
  [
    "the largest column",
    { sizeFactor: 1000, connectionFactor: 0.0018 },
    /^A column of about 470000 cells and 2\d+ synapses takes about 8\.\d+ GB of memory: expected at most 8 GB, the memory of this machine\./,
  ],
  [
    "one with all connections that there can be",
    { sizeFactor: 30, connectionFactor: 1e12 },
    /^A column of about 14100 cells and 5\d+ synapses takes 8\.\d+ GB of contiguous memory: expected at most 4\.29 GB\./,
  ],
  [
    "ten million samples of a large column",
    { sizeFactor: 20, samplingIntervalMs: 1 },
    /^The record takes about [\d.]+ GB: expected at most 100 GB, the free space there/,
  ],
  [
    "stimulus lists of many millions",
    { model: "2014", sizeFactor: 16, stimulationRateHz: 600 },
    /takes about 1\d\.\d GB of memory: expected at most 8 GB, the memory of this machine\./,
  ],
  [
    "five thousand million potentials",
    {},
    /^The record takes about 2\d\d GB: expected at most 100 GB, the free space there/,
    { cells: [...Array(470).keys()], everyMs: 0.1, fromMs: 0, untilMs: 1e6 },
  ],
])("%s is refused with the numbers, before it is built", (_, overrides, message, potentials) => {
  const attempt = () => check(overrides, potentials);
  expect(attempt).toThrow(RunSizeError);
  expect(attempt).toThrow(message);
});

it("knows what this machine has, also where the directory is still to be made", () => {
  const home = temporaryFolder();
  const { memoryBytes, diskBytes } = machineFor(home);
  expect(memoryBytes).toBeGreaterThan(1e8);
  expect(Number.isFinite(diskBytes)).toBe(true);
  expect(machineFor(`${home}/not/yet/there`).diskBytes).toBeGreaterThan(0);
  expect(() => checkNeeds(runNeeds(resolveParameters({})), { memoryBytes: 1e8 })).toThrow(
    /takes about 11\d MB of memory: expected at most 100 MB, the memory of this machine/,
  );
});

/** Every number at its least, at nearly nothing, and at its greatest. */
const extremesOf = (names: readonly ParameterName[]) =>
  names.flatMap((name): [string, number][] => {
    const definition = definitionOf(name);
    if (definition.kind !== "number" && definition.kind !== "integer") return [];
    const {
      kind,
      range: [min, max],
      aboveMin,
    } = definition;
    const least = aboveMin ? min + Number.MIN_VALUE : min;
    const little = kind === "integer" ? min + 1 : min + 1e-12;
    return [...new Set([least, little, max])].map((value) => [name, value]);
  });

const names2013 = namesOf(2013);
/** Those that only the 2014 model has, and those of which it makes another use. */
const names2014 = [
  ...namesOf(2014).filter((name) => !names2013.includes(name)),
  ...(["trialDurationMs", "scalingStartMs", "deletionStepCells", "samplingIntervalMs"] as const),
  ...(["externalReduction", "sizeFactor", "connectionFactor"] as const),
];

const short2013 = {
  sizeFactor: 0.1,
  baselineDurationS: 0.004,
  learningDurationS: 0.004,
  recallDurationS: 0.002,
  deletionIntervalMs: 2,
  samplingIntervalMs: 2,
};

const short2014 = {
  model: "2014",
  sizeFactor: 0.1,
  baselineDurationS: 0.01,
  informationPhaseMs: 0,
  baselinePhaseMs: 4,
  deletionPhaseMs: 6,
  timelineUnitMs: 2,
  trialDurationMs: 4,
  scalingStartMs: 2,
  deletionStartMs: 4,
  stimulationStartMs: 1,
  stimulationRateHz: 5000,
  samplingIntervalMs: 2,
} as const;

const informing = { informationSignal: true, informationSignalRateHz: 500 };

it.each<[string, ParameterOverrides, readonly ParameterName[]]>([
  ["training", { ...short2013, protocol: "training" }, names2013],
  ["deletion", { ...short2013, protocol: "deletion" }, names2013],
  ["stimulation and dynamic death", short2014, names2014],
  [
    "an information signal and fixed-size deletion",
    { ...short2014, ...informing, deletionProcess: "fixed-size" },
    names2014,
  ],
])("every parameter at its extremes runs, or is refused with a number: %s", (_, short, names) => {
  const outcomes = { ran: 0, refused: 0 };
  for (const [name, value] of extremesOf(names)) {
    try {
      const parameters = resolveParameters({ ...short, [name]: value });
      checkNeeds(runNeeds(parameters), { ...machine, memoryBytes: 1e9 });
      runShortly(parameters);
      outcomes.ran++;
    } catch (error) {
      const isRefusal = refusals.some((refusal) => error instanceof refusal);
      expect(isRefusal, `${name} = ${value}: ${error}`).toBe(true);
      expect(String(error)).toMatch(/expected .*\d|after \d/);
      outcomes.refused++;
    }
  }
  expect(outcomes.ran).toBeGreaterThan(names.length);
  expect(outcomes.refused).toBeGreaterThan(5);
});

/** A stimulus list that has nothing for a cell is the only one that comes in the course of a run. */
const refusals = [InvalidParametersError, RunSizeError, StimulusListError];

function runShortly(parameters: Parameters): void {
  const simulation = new Simulation(parameters);
  const endMs = Math.min(10, simulation.durationMs);
  while (simulation.timeMs < endMs) {
    const beforeMs = simulation.timeMs;
    simulation.stretch(endMs, () => {});
    if (!(simulation.timeMs >= beforeMs)) throw new Error("Its time goes back.");
  }
}
