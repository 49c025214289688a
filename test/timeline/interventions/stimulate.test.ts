import { describe, expect, it } from "vitest";
import type { SimulationEngine } from "../../../src/engine/contract.ts";
import { Engine } from "../../../src/engine/driver.ts";
import { readExperiment } from "../../../src/experiment/file.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../../src/model/parameters.ts";
import { buildNetwork } from "../../../src/network/construction.ts";
import { Simulation } from "../../../src/simulation/advance.ts";
import type { EntrySource } from "../../../src/timeline/entry.ts";
import { trainingStimuli } from "../../network/training-stimuli.ts";

const quiet = {
  protocol: "training",
  baselineDurationS: 1,
  learningDurationS: 0,
  recallDurationS: 0,
  externalGain: 0,
} as const;

type Advancing = Pick<SimulationEngine, "advance">;

function spikesOf(simulation: Advancing, untilMs: number): string[] {
  const spikes: string[] = [];
  simulation.advance(untilMs, (timesMs, cells, count) => {
    for (let k = 0; k < count; k++) spikes.push(`${cells[k]} at ${timesMs[k]}`);
  });
  return spikes;
}

const stimulated = (entry: object, overrides: ParameterOverrides = {}) =>
  new Simulation(resolveParameters({ ...quiet, ...overrides }), {
    entries: [entry as EntrySource],
  });

describe("stimulate", () => {
  it.each([
    ["AMPA", "ampaDistalMv", 3],
    ["NMDA", "nmdaDistalMv", undefined],
    ["GABA-proximal", "gabaProximalMv", -3],
    ["GABA-distal", "gabaDistalMv", -3],
  ] as const)(
    "acts on %s receptors of the chosen cells alone",
    (receptor, variable, expectedMv) => {
      const entry = {
        from: "100 ms",
        until: "200 ms",
        stimulate: { cells: "4, 300", receptor, weight: "3 mV", times: ["50 ms", "150 ms"] },
      };
      const simulation = stimulated(entry);
      spikesOf(simulation, 149);
      expect(simulation.cellState()[variable].every((mv) => mv === 0)).toBe(true);
      spikesOf(simulation, 150.001);
      const reached = simulation.cellState();
      const cells = [...reached[variable].keys()].filter((cell) => reached[variable][cell] !== 0);
      expect(cells).toEqual([4, 300]);
      if (expectedMv !== undefined) expect(reached[variable][4]).toBe(expectedMv);
      // The second time lies after the end.
      spikesOf(simulation, 400);
      expect(simulation.cellState().lastUpdateMs[300]).toBe(150);
    },
  );

  it("begins anew each time where it recurs", () => {
    const entry = {
      ...{ at: ["100 ms", "300 ms", "500 ms"], for: "30 ms" },
      stimulate: { cells: "0", weight: 1, pattern: "regular", rate: 100, phase: "2 ms" },
    };
    const simulation = stimulated(entry);
    const times = [101, 119.9, 125, 301, 303, 340, 515].map((timeMs) => {
      spikesOf(simulation, timeMs);
      return simulation.cellState().lastUpdateMs[0];
    });
    expect(times).toEqual([0, 112, 122, 122, 302, 322, 512]);
  });

  it("takes its seed from the run's, unless it has one", () => {
    const drive = { cells: "E", weight: 30, rate: 5, pattern: "poisson" };
    const spikes = (own: object, overrides = {}) =>
      spikesOf(stimulated({ from: "0 s", stimulate: { ...drive, ...own } }, overrides), 1000);
    const published = spikes({});
    expect(published.length).toBeGreaterThan(100);
    expect(spikes({ seed: 9342 })).toEqual(published);
    expect(spikes({}, { trainingSeed: 77 })).not.toEqual(published);
    expect(spikes({ seed: 9342 }, { trainingSeed: 77 })).toEqual(published);
  });

  /** Volleys that end after training, meet, overlap or are shuffled. */
  it.each<ParameterOverrides>([
    { trainingRateHz: 7, learningDurationS: 0.2505 },
    { trainingVolleyMs: 60, trainingRateHz: 40 },
    { trainingShuffled: true },
    { trainingStartMs: 120, trainingEndMs: 333.3, trainingVolleyMs: 50 },
    { trainingRateHz: 0 },
    { trainingEndMs: 5000, trainingVolleyMs: 0 },
  ])("carries out the training that parameters ask for: %o", (overrides) => {
    const parameters = resolveParameters({
      protocol: "training",
      ...{ baselineDurationS: 0.1, learningDurationS: 0.4, recallDurationS: 0.1 },
      trainingWeightMv: 20,
      ...overrides,
    });
    const network = buildNetwork(parameters);
    const engine = new Engine(parameters, network);
    engine.setStimuli(trainingStimuli(parameters, network));
    const simulation = new Simulation(parameters);
    const expected = spikesOf(engine, simulation.durationMs);
    expect(expected.length).toBeGreaterThan(200);
    expect(spikesOf(simulation, simulation.durationMs)).toEqual(expected);
  });
});

describe("a stimulus that cannot be is refused", () => {
  const problem = (stimulus: string, when = "from: 1 s, until: 2 s") => {
    try {
      readExperiment(`timeline:\n  - { ${when}, stimulate: { cells: E2, ${stimulus} } }`, "a.yaml");
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  it.each([
    ["weight: 1 mV", "expected either a pattern (poisson, regular, volleys), times or a file"],
    ["weight: 1 mV, rate: 3, pattern: poisson, times: [3 s]", "expected either a pattern"],
    ["weight: 1 mV, pattern: poisson", "a pattern needs its rate"],
    ["weight: 0, pattern: poisson, rate: 3", "above 0"],
    ["weight: 1, pattern: poison, rate: 3", "expected one of poisson, regular, volleys"],
    ["weight: 1, pattern: poisson, rate: 3 mV", "expected a number from 1e-9 to 100000 Hz"],
    [
      "weight: 1, pattern: poisson, rate: 3, jitter: 1 ms",
      "jitter is only for the pattern regular",
    ],
    ["weight: 1, pattern: regular, rate: 100, jitter: 6 ms", "at most half an interval, 5 ms"],
    ["weight: 1, pattern: volleys, rate: 8, together: on", "not possible with volleys"],
    ["weight: 1, times: [3]", "a time needs its unit"],
    ["weight: 1, times: []", "expected at least one time"],
    ["weight: 1, times: 3 s, seed: 7", "seed requires a pattern"],
    ["weight: 1, rate: 3, pattern: poisson, receptor: GABA", "expected one of AMPA, NMDA, GABA-"],
    ["weight: 1, rate: 3, patern: poisson", "patern"],
  ])("%s", (stimulus, message) => {
    expect(problem(stimulus)).toContain(message);
    expect(problem(stimulus)).toMatch(/^a\.yaml:2: timeline\[1\]/m);
  });

  it("shuffled without an end", () => {
    const stimulus = "weight: 1, rate: 8, pattern: volleys, shuffled: on";
    expect(problem(stimulus)).toBe("");
    expect(problem(stimulus, "from: 1 s")).toContain("requires an end");
  });
});

it("more inputs at one instant than an engine takes are refused by name of the number", () => {
  const parameters = resolveParameters(quiet);
  const network = buildNetwork({ ...parameters, sizeFactor: 0.1 });
  const engine = new Engine(parameters, network);
  const count = 4096 + 8 * network.cellCount;
  const many = (inputs: number) => ({
    receptor: "ampaDistal" as const,
    weightMv: 1,
    inputs: () => Array.from({ length: inputs }, () => ({ timeMs: 5, cell: 0 })).values(),
  });
  engine.setStimuli([many(count)]);
  engine.advance(10, () => {});
  expect(engine.cellState().lastUpdateMs[0]).toBe(5);
  const other = new Engine(parameters, network);
  other.setStimuli([many(count + 1)]);
  expect(() => other.advance(10, () => {})).toThrow(`More than ${count} inputs`);
});
