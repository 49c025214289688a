import { expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { plannedLoad } from "../../src/study/load.ts";

const loadOf = (timeline: string, startMs = 0) =>
  plannedLoad(readExperiment(`duration: 100 s\ntimeline: [${timeline}]`), startMs, 100_000);

it("a run at rest is the measure of the others", () => {
  expect(plannedLoad(readExperiment("duration: 100 s"), 0, 100_000)).toEqual({
    events: 1,
    living: 1,
  });
});

it("cells that are deleted make less work, for as long as they are dead", () => {
  const half = "{ at: 50 s, delete: { cells: all, fraction: 0.5 } }";
  expect(loadOf(half)).toEqual({ events: 0.75, living: 0.75 });
  expect(loadOf(half, 50_000)).toEqual({ events: 0.5, living: 0.5 });
  // 47 of 470 at 10, 20, … 90 s.
  const step = "{ from: 10 s, every: 10 s, until: 90 s, delete: { cells: all, count: 47 } }";
  expect(loadOf(step).living).toBeCloseTo(1 - 0.45, 10);
  // What cannot be deleted any more is not.
  const more = "{ from: 10 s, every: 10 s, delete: { cells: E4, count: 20 } }";
  expect(loadOf(more).living).toBeCloseTo(1 - (0.9 * 20) / 470, 10);
});

it("stimuli make more work, by their inputs", () => {
  const whole = loadOf(
    "{ from: 0 s, stimulate: { cells: all, rate: 100 Hz, weight: 1 mV, pattern: regular } }",
  );
  expect(whole.living).toBe(1);
  expect(whole.events).toBeGreaterThan(1.1);
  const pulses = loadOf(
    "{ from: 0 s, every: 10 s, for: 1 s, stimulate: { cells: all, rate: 100 Hz, weight: 1 mV, pattern: regular } }",
  );
  expect(pulses.events - 1).toBeCloseTo((whole.events - 1) / 10, 10);
  const times = loadOf("{ at: 5 s, stimulate: { cells: all, weight: 1 mV, times: [1 s, 2 s] } }");
  expect(times.events - 1).toBeCloseTo((whole.events - 1) / 5000, 10);
});
