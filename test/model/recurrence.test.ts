import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { MOST_RECORDS, occurrences, recurrences } from "../../src/model/recurrence.ts";

function errorOf(overrides: ParameterOverrides): string {
  try {
    resolveParameters(overrides);
    return "";
  } catch (error) {
    if (!(error instanceof InvalidParametersError)) throw error;
    return error.message;
  }
}

const short = { learningDurationS: 0, recallDurationS: 0 } as const;

describe("an interval", () => {
  it.each(["deletionIntervalMs", "samplingIntervalMs", "trialDurationMs"] as const)(
    "%s is not below what the run's times resolve",
    (name) => {
      const overrides = { protocol: "deletion", ...short, baselineDurationS: 300 } as const;
      expect(errorOf({ ...overrides, [name]: 1e-13 })).toBe(
        `${name} = 1e-13: expected at least 6.7e-11 ms, to which times at the end of this run are resolved.`,
      );
    },
  );

  it("does not give more records than are allowed, and says how many these would be", () => {
    const run = { protocol: "training", ...short, baselineDurationS: 120 } as const;
    expect(errorOf({ ...run, samplingStartMs: 0, samplingIntervalMs: 0.001 })).toBe(
      "samplingIntervalMs = 0.001: expected at least 0.012 ms, for at most 10000000 samples of all cells; these would be 120000001.",
    );
    expect(errorOf({ protocol: "deletion", trialDurationMs: 0.08 })).toMatch(
      /^trialDurationMs = 0.08: expected at least 0.96 ms, for .* trials; these would be 120000001\.$/,
    );
  });

  it("may be short where it does not recur", () => {
    const run = { ...short, baselineDurationS: 10 } as const;
    expect(errorOf({ ...run, protocol: "training", trialDurationMs: 1e-13 })).toBe("");
    expect(errorOf({ ...run, samplingStartMs: 1e6, samplingIntervalMs: 1e-13 })).toBe("");
    // There are no more rounds than cells to lose.
    expect(errorOf({ ...run, protocol: "deletion", deletionIntervalMs: 1e-5 })).toBe("");
    expect(errorOf({ ...run, deletionIntervalMs: 1e-5, deletionStepCells: 0 })).toMatch(/rounds/);
  });
});

it("accepts only intervals whose times advance from the first to the last", () => {
  const exponent = fc.double({ min: -13, max: 9, noNaN: true });
  let accepted = 0;
  const property = fc.property(exponent, exponent, exponent, (duration, start, interval) => {
    const overrides: ParameterOverrides = {
      protocol: "deletion",
      ...short,
      baselineDurationS: 10 ** duration,
      samplingStartMs: 10 ** start,
      samplingIntervalMs: 10 ** interval,
      deletionIntervalMs: 10 ** interval,
      trialDurationMs: 10 ** interval,
    };
    if (errorOf(overrides) !== "") return;
    accepted++;
    for (const recurrence of recurrences(resolveParameters(overrides), 470)) {
      expect(occurrences(recurrence)).toBeLessThanOrEqual(MOST_RECORDS);
      const endMs = 1000 * 10 ** duration;
      expect(endMs + recurrence.intervalMs).toBeGreaterThan(endMs);
    }
  });
  fc.assert(property, { numRuns: 2000, seed: 1 });
  expect(accepted).toBeGreaterThan(200);
});
