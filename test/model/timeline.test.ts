import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { durationMs, usesPlasticity, usesTraining } from "../../src/model/timeline.ts";

test("a run lasts as long as its phases, unrounded", () => {
  expect(durationMs(resolveParameters())).toBe(9_600_000);
  const phases = { baselineDurationS: 1234.5678, learningDurationS: 0, recallDurationS: 0 };
  expect(durationMs(phases)).toBe(1234567.8);
});

test("without a learning phase there is neither STDP nor training", () => {
  const parameters = resolveParameters({ protocol: "training", learningDurationS: 0 });
  expect(usesPlasticity(parameters)).toBe(false);
  expect(usesTraining(parameters)).toBe(false);
});

test("without rate or weight there is STDP alone", () => {
  for (const none of [{ trainingRateHz: 0 }, { trainingWeightMv: 0 }]) {
    const parameters = resolveParameters({ protocol: "training", ...none });
    expect(usesPlasticity(parameters)).toBe(true);
    expect(usesTraining(parameters)).toBe(false);
  }
  expect(usesTraining(resolveParameters())).toBe(true);
});
