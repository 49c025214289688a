import { describe, expect, it } from "vitest";
import type { Measures } from "../../src/measures/quantities.ts";
import { limitNotes, limitsShown, mediansOf, runValue } from "../../src/study/medians.ts";
import { onsetPanel, onsetsOf } from "../../src/study/onsets.ts";
import type { StudyRun } from "../../src/study/table.ts";

const runOf = (measures: Partial<Measures>, endMs = 180_000) =>
  ({ measures: { notFiniteCells: 0, ...measures }, endMs }) as StudyRun;

describe("a measure of a run", () => {
  it("is its value, if it is finite", () => {
    expect(runValue(runOf({ finalRateEHz: 0.6 }), "finalRateEHz")).toEqual({
      value: 0.6,
      isCensored: false,
    });
    expect(runValue(runOf({ scaleFactorMean: Infinity }), "scaleFactorMean")).toBeUndefined();
    expect(runValue(runOf({ relativeActivity: null }), "relativeActivity")).toBeUndefined();
  });

  it("exceeds the end of the run if it is the time of an event that did not happen", () => {
    const run = runOf({ hyperactivityOnsetS: null, outsideRangeFromS: null }, 150_000);
    const censored = { value: 150, isCensored: true };
    expect(runValue(run, "hyperactivityOnsetS")).toEqual(censored);
    expect(runValue(run, "outsideRangeFromS")).toEqual(censored);
    const older = runOf({ outsideRangeFromS: null, notFiniteCells: null });
    expect(runValue(older, "outsideRangeFromS")).toBeUndefined();
  });
});

describe("medians of a study", () => {
  const places = [
    [6, 1, 5, 2, 4, 3].map((value) => ({ value, isCensored: false })),
    [{ value: 180, isCensored: true }],
    [],
  ];
  const seeds = { text: "6 seeds", isSample: true };

  it("have limits where runs are a sample", () => {
    const { median, lower, upper, count } = mediansOf(places, seeds);
    expect([...median]).toEqual([3.5, Number.NaN, Number.NaN]);
    expect([...lower]).toEqual([1, Number.NaN, Number.NaN]);
    expect([...upper]).toEqual([6, Number.NaN, Number.NaN]);
    expect([...count]).toEqual([6, 1, 0]);
    const pool = { text: "2 seeds and 3 values of scalingBeta", isSample: false };
    expect([...mediansOf(places, pool).median]).toEqual([...median]);
    expect(mediansOf(places, pool).lower.every(Number.isNaN)).toBe(true);
    expect(limitNotes([6], pool)).toEqual([
      "No interval of these medians: values of a parameter are not a sample.",
    ]);
  });

  it("say what their limits cover, and where there are too few runs for any", () => {
    expect(limitsShown([6, 9, 1], seeds)).toBe(
      "order-statistic interval of the median over 6 seeds, coverage 96.1 to 96.9 %",
    );
    expect(limitsShown([6, 6], seeds)).toMatch(/coverage 96\.9 %$/);
    expect(limitNotes([6, 1, 0], seeds)).toEqual([]);
    expect(limitNotes([5, 3, 6], seeds)).toEqual([
      "No 95 % interval of the median over 5 runs exists: their whole range covers it with 93.8 %.",
    ]);
    expect(limitNotes([1, 1], undefined)).toEqual([]);
  });
});

it("ends of runs without hyperactivity are marked on the curve of survival", () => {
  const onsets = [100, 120, null, null].map((hyperactivityOnsetS, k) =>
    runOf({ hyperactivityOnsetS }, k === 2 ? 110_000 : 180_000),
  );
  const [line] = onsetPanel([onsetsOf(onsets)]).lines;
  // Of four networks one is hyperactive from 100 s; of the two left at 120 s, another one.
  expect(line!.censored).toEqual([
    { timeMs: 110_000, value: 3 / 4 },
    { timeMs: 180_000, value: (3 / 4) * (1 / 2) },
  ]);
});
