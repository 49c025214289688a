import { describe, expect, it } from "vitest";
import { type ClaimId, claims, type Evidence, judge } from "../../src/paper/claims.ts";
import type { RunEvidence } from "../../src/paper/evidence.ts";
import { figure2013, figureNumbers2013 } from "../../src/paper/figures-2013.ts";
import { alike, calm, hyperactive, quiet } from "./run-evidence.ts";

const supporting: Record<ClaimId, Evidence> = {
  "deletion-silences": { withoutScaling: quiet },
  "scaling-sustains-deleted": { withScaling: calm },
  "scaling-slows-silence": { withoutScaling: quiet, withScaling: calm },
  "scaling-keeps-target": { withScaling: calm },
  "training-ends-in-hyperactivity": { withoutScaling: hyperactive },
  "scaling-prevents-hyperactivity": { withScaling: calm },
  "scaling-leaves-learning": { withoutScaling: hyperactive, withScaling: calm, learning: alike },
  "training-changes-spectrum": { withScaling: calm },
  "hyperactivity-has-another-spectrum": { withoutScaling: hyperactive, withScaling: calm },
};

const still: RunEvidence = {
  ...calm,
  spectrum: { withinBaseline: 0.3, baselineToEnd: 0.3, baselinePeakHz: 3, endPeakHz: 3 },
};

/** What would speak against each. */
const refuting: Record<ClaimId, Evidence> = {
  "deletion-silences": { withoutScaling: calm },
  "scaling-sustains-deleted": { withScaling: quiet },
  "scaling-slows-silence": { withoutScaling: quiet, withScaling: quiet },
  "scaling-keeps-target": { withScaling: quiet },
  "training-ends-in-hyperactivity": { withoutScaling: { ...hyperactive, end: calm.end } },
  "scaling-prevents-hyperactivity": { withScaling: { ...calm, onsetS: 5000 } },
  "scaling-leaves-learning": {
    withoutScaling: hyperactive,
    withScaling: calm,
    learning: { ...alike, meanWith: 1.2 },
  },
  "training-changes-spectrum": { withScaling: still },
  "hyperactivity-has-another-spectrum": { withoutScaling: calm, withScaling: hyperactive },
};

const ids = Object.keys(claims) as ClaimId[];

describe.each(ids)("the claim %s", (id) => {
  it("holds when the numbers are for it, and only then", () => {
    expect(judge(id, supporting[id]).holds).toBe(true);
    expect(judge(id, refuting[id]).holds).toBe(false);
  });

  it("says by what numbers", () => {
    const { measured, criterion } = judge(id, supporting[id]);
    expect(measured.length).toBeGreaterThanOrEqual(2);
    expect(new Set(measured.map(({ name }) => name)).size).toBe(measured.length);
    expect(criterion).toMatch(/\.$/);
  });

  it("needs its runs", () => {
    expect(() => judge(id, {})).toThrow(RangeError);
  });
});

it("is not tested where something could not be measured", () => {
  const blank = { ...calm, spectrum: null };
  const pair = { withoutScaling: calm, withScaling: calm };
  expect(judge("scaling-leaves-learning", { ...pair, learning: null }).holds).toBe(null);
  expect(judge("scaling-leaves-learning", pair).holds).toBe(null);
  const unlike = { ...alike, correlation: 0.5 };
  expect(judge("scaling-leaves-learning", { ...pair, learning: unlike }).holds).toBe(false);
  expect(
    judge("hyperactivity-has-another-spectrum", { ...pair, withoutScaling: blank }).holds,
  ).toBe(null);
  expect(judge("training-changes-spectrum", { withScaling: blank })).toMatchObject({
    holds: null,
    measured: [{ value: null }, { value: null }],
  });
});

it("is part of a figure that has the runs it needs", () => {
  const figures = [
    ...figureNumbers2013.map((number) => figure2013(number)),
    figure2013(2, "deposited"),
  ];
  for (const figure of figures) {
    for (const id of figure.claims) {
      const roles = figure.conditions.map(({ role }) => role);
      expect(roles, `${figure.number}`).toEqual(expect.arrayContaining([...claims[id].needs]));
    }
  }
  expect(new Set(figures.flatMap((figure) => figure.claims))).toEqual(new Set(ids));
});
