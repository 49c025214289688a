import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pattern } from "../../src/network/stimuli/pattern.ts";
import { findPattern, patternNames, type patterns } from "../../src/network/stimuli/patterns.ts";
import { type Stimulus, scheduledInputs } from "../../src/network/stimuli/stimulus.ts";

type Plan = Parameters<Pattern["inputs"]>[0];

const cells = [3, 4, 7, 20];

const planOf = (changes: Partial<Plan> = {}): Plan => ({
  ...{ cells, rateHz: 40, seed: 1, together: false, startMs: 100, endMs: 10_100 },
  values: { spread: 1, shuffled: false, jitter: 0 },
  ...changes,
});

/** A plan with the values that a pattern has where none are given. */
const ownPlan = (name: keyof typeof patterns, plan: Plan): Plan => {
  const keys = Object.entries(findPattern(name).keys);
  const defaults = Object.fromEntries(keys.map(([key, { default: value }]) => [key, value]));
  return { ...plan, values: { ...defaults, ...plan.values } };
};

const isPossible = (name: keyof typeof patterns, plan: Plan): boolean =>
  findPattern(name).problem?.(ownPlan(name, plan)) === undefined;

/** Times and cells of all inputs from a time on. */
function inputsOf(name: keyof typeof patterns, plan: Plan, fromMs = 0) {
  const stimulus: Stimulus = {
    receptor: "ampaDistal",
    weightMv: 1,
    inputs: (earliestMs) => findPattern(name).inputs(ownPlan(name, plan), earliestMs),
  };
  return [...scheduledInputs([stimulus], fromMs)].map(({ timeMs, cell }) => ({ timeMs, cell }));
}

const plans = fc
  .record({
    rateHz: fc.constantFrom(0.3, 7, 40, 900),
    seed: fc.nat(0xffffffff),
    startMs: fc.constantFrom(0, 13.7, 5000),
    lengthMs: fc.constantFrom(1, 999, 3000),
    together: fc.boolean(),
    jitter: fc.constantFrom(0, 0.5),
  })
  .map(({ lengthMs, jitter, ...plan }) =>
    planOf({
      ...plan,
      endMs: plan.startMs + lengthMs,
      values: { spread: 2, shuffled: false, jitter },
    }),
  );

describe.each(patternNames)("input %s", (name) => {
  it("comes in order, to the chosen cells, between its beginning and its end", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        fc.pre(isPossible(name, plan));
        const inputs = inputsOf(name, plan);
        const lateMs = name === "volleys" ? 3 : 0;
        const misplaced = inputs.filter(
          ({ timeMs, cell }, k) =>
            timeMs < plan.startMs ||
            timeMs >= plan.endMs + lateMs ||
            timeMs < (inputs[k - 1]?.timeMs ?? 0) ||
            !plan.cells.includes(cell),
        );
        expect(misplaced).toEqual([]);
      }),
      { seed: 147141, numRuns: 50 },
    );
  });

  it("goes on from any time with the inputs that come from then on", () => {
    fc.assert(
      fc.property(plans, fc.double({ min: 0, max: 1, noNaN: true }), (plan, fraction) => {
        fc.pre(isPossible(name, plan));
        const all = inputsOf(name, plan);
        const ownMs = all[Math.floor(fraction * all.length)]?.timeMs ?? plan.startMs;
        for (const fromMs of [0, ownMs, ownMs + 1e-9, plan.startMs + 3000 * fraction]) {
          expect(inputsOf(name, plan, fromMs)).toEqual(
            all.filter(({ timeMs }) => timeMs >= fromMs),
          );
        }
      }),
      { seed: 147141, numRuns: 50 },
    );
  });
});

it.each([
  ["poisson", 1],
  ["regular", 1],
  ["volleys", Math.trunc(1.1 * cells.length) / cells.length],
] as const)("%s input has its rate, and depends on its seed", (name, perCell) => {
  const plan = planOf();
  const expected = cells.length * 40 * 10 * perCell;
  const inputs = inputsOf(name, plan);
  expect(inputs.length).toBeGreaterThan(expected - 4 * Math.sqrt(expected));
  expect(inputs.length).toBeLessThan(expected + 4 * Math.sqrt(expected));
  expect(inputsOf(name, plan)).toEqual(inputs);
  expect(inputsOf(name, { ...plan, seed: 2 })).not.toEqual(inputs);
});

describe("trains", () => {
  it.each(["poisson", "regular"] as const)(
    "%s are the same for all cells where asked for",
    (name) => {
      const inputs = inputsOf(name, planOf({ together: true }));
      expect(inputs.length).toBeGreaterThan(1000);
      expect(inputs.slice(0, 8).map(({ cell }) => cell)).toEqual([...cells, ...cells]);
      expect(new Set(inputs.slice(0, 4).map(({ timeMs }) => timeMs)).size).toBe(1);
      const apart = inputsOf(name, planOf());
      expect(new Set(apart.map(({ timeMs }) => timeMs)).size).toBe(apart.length);
    },
  );

  it("of Poisson input have exponential intervals, across their blocks as well", () => {
    const plan = planOf({ cells: [0], rateHz: 50, startMs: 0, endMs: 2e6 });
    const timesMs = inputsOf("poisson", plan).map(({ timeMs }) => timeMs);
    const intervals = timesMs.slice(1).map((timeMs, k) => timeMs - timesMs[k]!);
    const mean = intervals.reduce((sum, one) => sum + one, 0) / intervals.length;
    const variance = intervals.reduce((sum, one) => sum + (one - mean) ** 2, 0) / intervals.length;
    // 100 000 intervals: means are good to 0.3 %, variances to 0.9 %.
    expect(Math.abs(mean / 20 - 1)).toBeLessThan(0.015);
    expect(Math.abs(variance / 400 - 1)).toBeLessThan(0.04);
    const longer = intervals.filter((one) => one > 40).length / intervals.length;
    expect(Math.abs(longer - Math.exp(-2))).toBeLessThan(0.005);
    // Correlated neighbours would show where a block begins.
    const product = intervals.slice(1).map((one, k) => (one - mean) * (intervals[k]! - mean));
    const correlation = product.reduce((sum, one) => sum + one, 0) / product.length / variance;
    expect(Math.abs(correlation)).toBeLessThan(0.015);
  });

  it("of regular input keep phase and jitter", () => {
    const values = { phase: 4, jitter: 3, spread: 1, shuffled: false };
    const plan = planOf({ cells: [0], startMs: 1000, endMs: 11_000, values });
    const shifts = inputsOf("regular", plan).map(({ timeMs }, k) => timeMs - 1004 - 25 * k);
    expect(shifts).toHaveLength(400);
    expect(Math.max(...shifts)).toBeLessThanOrEqual(3);
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...shifts) - Math.min(...shifts)).toBeGreaterThan(5.5);
    expect(findPattern("regular").problem?.(planOf({ values: { jitter: 13 } }))).toMatchObject({
      key: "jitter",
    });
  });
});
