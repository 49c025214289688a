import { expect, it } from "vitest";
import { WorkProgress } from "../../src/terminal/work-progress.ts";

const report = (simulatedMs: number) => ({
  simulatedMs,
  durationMs: 1000,
  wallMs: 0,
  speed: 60,
  remainingMs: 0,
  rateEHz: 0.6,
  rateIHz: 5,
});

it("tells how all tasks are going, and each of those at work", () => {
  let now = 0;
  const progress = new WorkProgress({ tasks: 4, simulatedMs: 3750 }, () => now);
  expect(progress.summary).toEqual(["  0 %  0 of 4 done", "– left", "0:00 so far"]);
  progress.begin("a", "the first", 0);
  progress.begin("b", "a branch", 250);
  expect(progress.details).toEqual([["  –    the first"], ["  –    a branch"]]);
  now = 10_000;
  progress.report("a", report(500));
  // Of the branch, 125 ms are simulated.
  progress.report("b", report(375));
  expect(progress.summary).toEqual([" 16 %  0 of 4 done", "0:50 left", "0:10 so far"]);
  expect(progress.details[1]).toEqual([
    " 37 %  a branch",
    "60.0 × real time",
    "E 0.60 Hz  I 5.00 Hz",
  ]);
  progress.end("a", "complete", 1000);
  progress.end("b", "failed", 750);
  progress.end("c", "not begun", 1000);
  expect(progress.summary).toEqual([" 26 %  1 of 4 done", "2 failed", "0:28 left", "0:10 so far"]);
  expect(progress.details).toEqual([]);
});
