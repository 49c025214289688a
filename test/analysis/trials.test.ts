import { expect, test } from "vitest";
import { type TrialEvent, wholeTrials } from "../../src/analysis/trials.ts";

const events: TrialEvent[] = [
  { kind: "trial", timeMs: 0, input: "unique" },
  { kind: "scaling-on", timeMs: 50 },
  { kind: "trial", timeMs: 80, input: "repeat" },
  { kind: "deletion", timeMs: 160 },
  { kind: "trial", timeMs: 160, input: "unique" },
];

test("trials last from one event to the next, the last to the end of the run", () => {
  expect(wholeTrials(events, 240)).toEqual([
    { startMs: 0, endMs: 80, input: "unique" },
    { startMs: 80, endMs: 160, input: "repeat" },
    { startMs: 160, endMs: 240, input: "unique" },
  ]);
});

test("a trial that the end cuts off is left out, one that rounding shortens is not", () => {
  expect(wholeTrials(events, 239)).toHaveLength(2);
  expect(wholeTrials(events, 240 - 1e-7)).toHaveLength(3);
  expect(wholeTrials(events, 100).map(({ endMs }) => endMs)).toEqual([80]);
});

test("without trial events there are no trials", () => {
  expect(wholeTrials([{ kind: "scaling-on", timeMs: 0 }], 100)).toEqual([]);
});
