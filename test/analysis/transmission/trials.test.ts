import { expect, test } from "vitest";
import { wholeTrials } from "../../../src/analysis/transmission/trials.ts";
import type { RunEvent } from "../../../src/recording/run-event.ts";

/** As runs record them. */
const events: RunEvent[] = [
  { kind: "trial", timeMs: 0, input: "unique" },
  { kind: "scaling-on", timeMs: 50 },
  { kind: "trial", timeMs: 80, input: "repeat" },
  { kind: "deletion", timeMs: 160, cells: [3], scaleFactors: [1], livingCount: 469 },
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
