import { expect, it } from "vitest";
import { RunHistory } from "../../src/measures/history.ts";
import { runVolleyLocking } from "../../src/measures/volley-locking.ts";
import { runVolleys } from "../../src/measures/volleys.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";

/** A second of baseline, two of strong volleys and one of recall. */
const durations = { baselineDurationS: 1, learningDurationS: 2, recallDurationS: 1 };

async function historyOf(overrides: ParameterOverrides) {
  const parameters = resolveParameters({ protocol: "training", ...durations, ...overrides });
  const experiment = { parameters, entries: [], description: "", preset: null };
  return new RunHistory(await runExperiment(experiment));
}

const whole = { startMs: 0, endMs: 4000 };

const strengthOf = (history: RunHistory, wanted: string) => {
  const { populations, groups } = runVolleyLocking(history, whole)!;
  return groups[populations.indexOf(wanted)]!;
};

it("E4 fires with strong volleys, and not with the same input shuffled", async () => {
  const volleys = await historyOf({ trainingWeightMv: 40 });
  expect(runVolleys(volleys, whole)).toEqual({
    input: "volleys",
    periodMs: 125,
    parts: [{ originMs: 1000, startMs: 1000, endMs: 3000 }],
  });
  const locked = strengthOf(volleys, "E4");
  expect(locked.vectorStrength).toBeGreaterThan(0.8);
  expect(locked.periodP).toBeLessThan(1e-3);
  const shuffled = await historyOf({ trainingWeightMv: 40, trainingShuffled: true });
  expect(runVolleys(shuffled, whole)!.input).toBe("shuffled");
  const { vectorStrength, spikeCount, rayleighP } = strengthOf(shuffled, "E4");
  expect(spikeCount).toBeGreaterThan(200);
  expect(vectorStrength).toBeLessThan(0.2);
  expect(rayleighP).toBeGreaterThan(0.001);
});

it("silent training has the times of volleys as a control, and other runs have none", async () => {
  const silent = await historyOf({ trainingWeightMv: 0 });
  expect(runVolleys(silent, { startMs: 0, endMs: 2100 })).toEqual({
    input: "none",
    periodMs: 125,
    parts: [{ originMs: 1000, startMs: 1000, endMs: 2000 }],
  });
  expect(runVolleys(silent, { startMs: 0, endMs: 1000 })).toBeUndefined();
  expect(runVolleys(await historyOf({ learningDurationS: 0 }), whole)).toBeUndefined();
});
