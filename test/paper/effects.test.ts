import { expect, it } from "vitest";
import { type ClaimId, claims, type Evidence } from "../../src/paper/claims.ts";
import { effects } from "../../src/paper/effects.ts";
import { calm, hyperactive, quiet } from "./run-evidence.ts";

const training = { withoutScaling: hyperactive, withScaling: calm };
const deletion = { withoutScaling: quiet, withScaling: calm };
const nothing = { withoutScaling: calm, withScaling: calm };

const hundredfold = Math.log(100);

it.each<[ClaimId, Required<Evidence>, number]>([
  ["deletion-silences", deletion, Math.log(1 / 3)],
  ["scaling-sustains-deleted", deletion, 0.57],
  ["scaling-slows-silence", deletion, Math.log(3)],
  ["scaling-keeps-target", nothing, 0],
  ["training-ends-in-hyperactivity", training, hundredfold],
  ["training-ends-in-hyperactivity", nothing, 0],
  ["scaling-prevents-hyperactivity", training, hundredfold],
  ["scaling-prevents-hyperactivity", nothing, 0],
  ["scaling-lets-learn", training, Math.log(1.14)],
  ["firing-differs-after-training", training, hundredfold],
  ["training-changes-spectrum", training, 0.2],
  ["hyperactivity-has-another-spectrum", training, 0.6],
  ["hyperactivity-has-another-spectrum", nothing, 0],
])("the effect of %s is what tells the runs apart", (id, evidence, expected) => {
  expect(effects[id].of(evidence)).toBeCloseTo(expected, 12);
});

it("there is one for each claim, and none where the evidence is missing", () => {
  expect(Object.keys(effects).sort()).toEqual(Object.keys(claims).sort());
  const blank = { ...calm, gain: null, spectrum: null };
  const evidence = { withoutScaling: blank, withScaling: blank };
  for (const id of [
    "scaling-lets-learn",
    "training-changes-spectrum",
    "hyperactivity-has-another-spectrum",
  ] as const) {
    expect(effects[id].of(evidence)).toBeNull();
  }
});
