import { expect, it } from "vitest";
import { type ClaimId, claims, type Evidence } from "../../src/paper/claims.ts";
import { effects } from "../../src/paper/effects.ts";
import { alike, calm, hyperactive, quiet } from "./run-evidence.ts";

const training = { withoutScaling: hyperactive, withScaling: calm, learning: alike };
const deletion = { withoutScaling: quiet, withScaling: calm, learning: null };
const nothing = { withoutScaling: calm, withScaling: calm, learning: { ...alike, correlation: 1 } };
const delayed = { ...training, withScaling: { ...hyperactive, onsetS: 8700 } };

/** Of 8800 s after the baseline, 2710 are left at the onset at 6890 s. */
const hyperactivePart = 2710 / 8800;

it.each<[ClaimId, Required<Evidence>, number]>([
  ["deletion-silences", deletion, Math.log(1 / 3)],
  ["scaling-sustains-deleted", deletion, 0.57],
  ["scaling-slows-silence", deletion, Math.log(3)],
  ["scaling-keeps-target", nothing, 0],
  ["training-ends-in-hyperactivity", training, hyperactivePart],
  ["training-ends-in-hyperactivity", nothing, 0],
  ["scaling-prevents-hyperactivity", training, hyperactivePart],
  ["scaling-prevents-hyperactivity", delayed, hyperactivePart - 900 / 8800],
  ["scaling-prevents-hyperactivity", nothing, 0],
  ["scaling-leaves-learning", training, 0.03],
  ["scaling-leaves-learning", nothing, 0],
  ["training-changes-spectrum", training, 0.2],
  ["hyperactivity-has-another-spectrum", training, 0.6],
  ["hyperactivity-has-another-spectrum", nothing, 0],
])("the effect of %s is what tells the runs apart", (id, evidence, expected) => {
  expect(effects[id].of(evidence)).toBeCloseTo(expected, 12);
});

it("there is one for each claim, and none where the evidence is missing", () => {
  expect(Object.keys(effects).sort()).toEqual(Object.keys(claims).sort());
  const blank = { ...calm, spectrum: null };
  const evidence = { withoutScaling: blank, withScaling: blank, learning: null };
  for (const id of [
    "scaling-leaves-learning",
    "training-changes-spectrum",
    "hyperactivity-has-another-spectrum",
  ] as const) {
    expect(effects[id].of(evidence)).toBeNull();
  }
});
