import { expect, it } from "vitest";
import {
  BLOCKED,
  FIRING,
  outcome,
  raisedThreshold,
  recoveringThreshold,
  SILENT,
} from "../../src/rules/spiking.ts";

it("a cell fires above its threshold, unless it is refractory or blocked", () => {
  const at = (potentialMv: number, refractoryUntilMs = Infinity) =>
    outcome(potentialMv, -40, refractoryUntilMs, -25);
  expect([-41, -40, -39, -25, -24].map((mv) => at(mv))).toEqual([
    SILENT,
    SILENT,
    FIRING,
    FIRING,
    BLOCKED,
  ]);
  expect(at(-39, 100)).toBe(SILENT);
});

it("the threshold rises at a spike and returns", () => {
  expect(raisedThreshold(-40, -25, 0.5)).toBe(-32.5);
  expect(recoveringThreshold(-40, -32.5, 1)).toBe(-32.5);
  expect(recoveringThreshold(-40, -32.5, 0)).toBe(-40);
});
