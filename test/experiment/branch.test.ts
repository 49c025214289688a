import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { branchParameters, changedParameters } from "../../src/experiment/branch.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import type { RunEvent } from "../../src/recording/run-event.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { stateText } from "../simulation/state-text.ts";
import { everything } from "../simulation/tiny-run.ts";

type Spike = readonly [timeMs: number, cell: number];

/** What a simulation does up to a time. */
interface Course {
  readonly spikes: readonly Spike[];
  readonly events: readonly RunEvent[];
}

function follow(simulation: Simulation, untilMs = Infinity): Course {
  const spikes: Spike[] = [];
  const events: RunEvent[] = [];
  simulation.advance(
    untilMs,
    (timesMs, cells, count) => {
      for (let k = 0; k < count; k++) spikes.push([timesMs[k]!, cells[k]!]);
    },
    (event) => events.push(event),
  );
  if (untilMs === Infinity) simulation.finish((event) => events.push(event));
  return { spikes, events };
}

/** A branch at a time of a run with these overrides, and what the run did until then. */
function branchAt(timeMs: number, overrides: ParameterOverrides, changes: ParameterOverrides) {
  const parameters = resolveParameters(overrides);
  const parent = new Simulation(parameters);
  const past = follow(parent, timeMs);
  const branch = new Simulation(branchParameters(parameters, changes, timeMs));
  branch.branchFrom(parent);
  return { parent, past, branch };
}

const wholeCourse = (overrides: ParameterOverrides) =>
  follow(new Simulation(resolveParameters(overrides)));

const joined = (past: Course, future: Course): Course => ({
  spikes: [...past.spikes, ...future.spikes],
  events: [...past.events, ...future.events],
});

const aTime = fc.double({ min: 0, max: 1000, noNaN: true });
const lively: ParameterOverrides = {
  ...everything,
  externalGain: 20,
  trainingRateHz: 40,
  plasticIncrementEE: 0.2,
  scalingBeta: 4e-3,
};
/** Makes scale factors differ enough to decide which cells are deleted. */
const strongScaling = { deletionIntervalMs: 450, deletionStepCells: 12, scalingBeta: 0.04 };

const training: ParameterOverrides = {
  ...everything,
  protocol: "training",
  externalGain: 18,
  trainingRateHz: 40,
};

describe("a branch without changes", () => {
  it.each([
    ["deletion", everything],
    ["deletion by scale factor", { ...everything, deletionSelection: "scale-factor" }],
    ["training", training],
  ] as const)("goes on as its parent, to the bit (%s)", (_, overrides) => {
    const expected = wholeCourse(overrides);
    expect(expected.spikes.length).toBeGreaterThan(50);
    // Times of samples, switches and the end are the likeliest to be mistaken.
    const times = fc.oneof(aTime, fc.constantFrom(0, 130, 170, 200, 250, 340, 800, 1000));
    fc.assert(
      fc.property(times, (timeMs) => {
        const { parent, past, branch } = branchAt(timeMs, overrides, {});
        expect(joined(past, follow(branch))).toEqual(expected);
        expect(joined(past, follow(parent))).toEqual(expected);
        expect(stateText(branch.snapshot())).toEqual(stateText(parent.snapshot()));
      }),
      { numRuns: 20, seed: 2 },
    );
  });
});

describe("a change that comes into effect later than the branch", () => {
  // What these decide happens after 400 ms only: a run that had them from its beginning is the same.
  const later: readonly (readonly [string, ParameterOverrides, ParameterOverrides])[] = [
    ["scaling on", { scaling: false }, { scaling: true, scalingStartMs: 500 }],
    ["scaling later", { scalingStartMs: 600 }, { scalingStartMs: 500 }],
    ["scaling off", { scaling: true, scalingStartMs: 500 }, { scaling: false }],
    ["β and γ", { scalingStartMs: 500 }, { scalingBeta: 1e-4, scalingGamma: 1e-6 }],
    ["inhibitory scaling", { scalingStartMs: 500 }, { scaleInhibitoryCells: true }],
    ["STDP's end", {}, { plasticityEndMs: 500 }],
    [
      "STDP",
      { plasticityStartMs: 450 },
      { plasticIncrementEE: 0.5, plasticMaximumEE: 3, plasticIncrementEI: 0.1 },
    ],
    ["training off", { trainingStartMs: 450 }, { trainingRateHz: 0 }],
    ["training", { trainingStartMs: 450 }, { trainingRateHz: 100, trainingWeightMv: 3 }],
    ["training's seed", { trainingStartMs: 450 }, { trainingSeed: 77, trainingVolleyMs: 5 }],
    ["deletion's size", { deletionIntervalMs: 450 }, { deletionStepCells: 9 }],
    ["deletion's choice", strongScaling, { deletionSelection: "scale-factor" }],
    ["deletion's seed", { deletionIntervalMs: 450 }, { deletionSeed: 5 }],
    ["deletion's interval", { deletionIntervalMs: 900 }, { deletionIntervalMs: 450 }],
    ["deletion's input", { deletionIntervalMs: 450 }, { externalReduction: 1 }],
    ["trials", { trialDurationMs: 900 }, { trialDurationMs: 450 }],
    ["a longer run", {}, { recallDurationS: 0.5 }],
  ];

  it.each(later)("makes the run that it would make from the beginning: %s", (_, base, changes) => {
    const overrides = { ...lively, ...base };
    const expected = wholeCourse({ ...overrides, ...changes });
    const unchanged = wholeCourse(overrides);
    expect(expected).not.toEqual(unchanged);
    for (const timeMs of [100, 400]) {
      const { past, branch } = branchAt(timeMs, overrides, changes);
      expect(joined(past, follow(branch))).toEqual(expected);
    }
  });
});

describe("a change of what is under way", () => {
  it("turns scaling on at the time of the branch", () => {
    const { branch } = branchAt(600, { ...everything, scaling: false }, { scaling: true });
    const { events } = follow(branch);
    expect(events.filter(({ kind }) => kind === "scaling-on")).toEqual([
      { kind: "scaling-on", timeMs: 600 },
    ]);
    expect(branch.scalingOn).toBe(true);
  });

  it("turns scaling off: scale factors stay as they were", () => {
    const { parent, branch } = branchAt(600, everything, { scaling: false });
    const before = parent.cellState().scaleFactor;
    expect(new Set(before).size).toBeGreaterThan(5);
    follow(branch);
    expect(branch.cellState().scaleFactor).toEqual(before);
  });

  it("begins deletion and trials as a run does", () => {
    const { branch } = branchAt(600, training, { protocol: "deletion" });
    const { events } = follow(branch);
    expect(events[0]).toEqual({ kind: "trial", timeMs: 600, input: "unique" });
    expect(events.find(({ kind }) => kind === "deletion")?.timeMs).toBe(770);
  });

  it("ends deletion; the dead stay dead", () => {
    const { parent, branch } = branchAt(600, everything, { protocol: "training" });
    const { events } = follow(branch);
    expect(events.filter(({ kind }) => kind !== "intervention")).toEqual([]);
    const { alive } = branch.cellState();
    expect(alive).toEqual(parent.cellState().alive);
    expect(alive).toContain(0);
  });

  it("counts another interval from the last round", () => {
    const { branch } = branchAt(400, everything, { deletionIntervalMs: 100 });
    const rounds = follow(branch).events.filter(({ kind }) => kind === "deletion");
    expect(rounds.map(({ timeMs }) => timeMs)).toEqual([440, 540, 640, 740, 840, 940]);
  });

  it("reseeds the input, and only that", () => {
    const { parent, past, branch } = branchAt(400, training, { inputSeed: 99 });
    const [theirs, ours] = [follow(parent), follow(branch)];
    expect(ours.spikes).not.toEqual(theirs.spikes);
    expect(past.spikes.at(-1)![0]).toBeLessThan(400);
    const again = branchAt(400, training, { inputSeed: 99 });
    expect(follow(again.branch)).toEqual(ours);
  });
});

describe("external input of a branch", () => {
  /** Only its external input makes a network of silent cells work. */
  const quiet: ParameterOverrides = {
    protocol: "training",
    sizeFactor: 0.3,
    baselineDurationS: 8,
    learningDurationS: 0,
    recallDurationS: 0,
    scaling: false,
    externalGain: 1e-9,
  };

  const inputs = (simulation: Simulation, untilMs: number) => {
    const before = simulation.cellEventCount;
    follow(simulation, untilMs);
    return simulation.cellEventCount - before;
  };

  it.each([
    ["more often", { externalAmpaRateEHz: 900 }],
    ["more rarely", { externalAmpaRateEHz: 20, externalNmdaRateHz: 5 }],
    ["not at all onto a receptor", { externalAmpaRateEHz: 0, externalAmpaRateIHz: 0 }],
    ["not at all", { externalAmpaRateEHz: 0, externalAmpaRateIHz: 0, externalGabaRateEHz: 0 }],
  ] as const)("comes %s from its first second on", (_, changes) => {
    const { branch } = branchAt(3000, quiet, changes);
    const other = new Simulation(resolveParameters({ ...quiet, ...changes }));
    for (const fromMs of [3000, 4000, 5000]) {
      const expected = inputs(other, fromMs + 1000) / (fromMs === 3000 ? 4 : 1);
      // Ten standard deviations of a Poisson count.
      expect(Math.abs(inputs(branch, fromMs + 1000) - expected)).toBeLessThan(
        10 * Math.sqrt(expected + 1),
      );
    }
  });

  it("begins where there was none", () => {
    const none = { ...quiet, externalAmpaRateEHz: 0, externalNmdaRateHz: 0 };
    const { branch } = branchAt(3000, none, { externalAmpaRateEHz: 300 });
    const other = new Simulation(resolveParameters({ ...none, externalAmpaRateEHz: 300 }));
    const expected = inputs(other, 3000) / 3;
    expect(Math.abs(inputs(branch, 4000) - expected)).toBeLessThan(10 * Math.sqrt(expected));
  });

  it("goes on as before where only another input changes", () => {
    // Streams are numbered anew, but keep their generators.
    const off = branchAt(3000, quiet, { externalGabaRateEHz: 0, externalGabaRateIHz: 0 });
    const on = branchAt(3000, quiet, {});
    const gaba = 2 * 125 * off.branch.network.cellCount * 5;
    const [without, withAll] = [inputs(off.branch, 8000), inputs(on.branch, 8000)];
    expect(Math.abs(withAll - without - gaba)).toBeLessThan(10 * Math.sqrt(gaba));
  });

  it("is weighed anew", () => {
    const { branch } = branchAt(3000, quiet, { externalGain: 60 });
    expect(follow(branch, 3500).spikes.length).toBeGreaterThan(100);
    const { branch: silent } = branchAt(500, training, { externalGain: 1e-9, trainingRateHz: 0 });
    follow(silent, 700);
    expect(follow(silent).spikes).toEqual([]);
  });

  it("lasts as long as a longer run", () => {
    const { branch } = branchAt(7900, { ...quiet, sizeFactor: 0.1 }, { recallDurationS: 20 });
    const perSecond = inputs(branch, 8900);
    inputs(branch, 26_900);
    expect(inputs(branch, 27_900)).toBeGreaterThan(0.95 * perSecond);
  });
});

describe("parameters of a branch", () => {
  const parent = resolveParameters({ protocol: "training", baselineDurationS: 1, scalingBeta: 1 });

  it("derive defaults anew, but keep what was chosen", () => {
    const branch = branchParameters(parent, { learningDurationS: 3 }, 500);
    expect(branch).toMatchObject({ plasticityEndMs: 4000, trainingEndMs: 4000, scalingBeta: 1 });
    const chosen = resolveParameters({ protocol: "training", plasticityEndMs: 2e6 });
    const longer = branchParameters(chosen, { learningDurationS: 9000 }, 500);
    expect(longer).toMatchObject({ plasticityEndMs: 2e6, trainingEndMs: 9_800_000 });
    expect(changedParameters(chosen, longer)).toEqual(["learningDurationS", "trainingEndMs"]);
  });

  it.each([
    ["sizeFactor", { sizeFactor: 2 }],
    ["gainEI", { gainEI: 3 }],
    ["wiringSeed", { wiringSeed: 3 }],
    ["columnSideUm", { columnSideUm: 60 }],
    ["afterhyperpolarizationTimeConstantEMs", { afterhyperpolarizationTimeConstantEMs: 100 }],
    ["sensorTimeConstantMs", { sensorTimeConstantMs: 5 }],
  ])("cannot change what is built: %s is refused by name", (name, changes) => {
    const refused = () => branchParameters(parent, { ...changes, scalingBeta: 2 }, 500);
    expect(refused).toThrow(InvalidParametersError);
    expect(refused).toThrow(new RegExp(`^${name} cannot change in a branch: .*$`));
  });

  it("may name what cannot change, as long as it does not", () => {
    expect(branchParameters(parent, { sizeFactor: 1 }, 500)).toEqual(parent);
  });

  it("must reach beyond the branch", () => {
    expect(() => branchParameters(parent, { learningDurationS: 0 }, 900_000)).toThrow(
      /at least 900 s, the start of the branch/,
    );
  });
});
