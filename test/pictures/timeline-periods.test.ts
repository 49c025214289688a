import { expect, it } from "vitest";
import { periodSentence, periodsWithin } from "../../src/drawing/period-strip.ts";
import { timeAxis } from "../../src/drawing/time-axis.ts";
import { timelinePeriods } from "../../src/pictures/timeline-periods.ts";
import { entryCourses } from "../../src/recording/course.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import type { RunEvent } from "../../src/recording/run-event.ts";

const entry = (id: string, what: string, label: string, origin = "experiment") => ({
  id,
  origin,
  what,
  label,
  entry: {},
  when: {},
  action: null,
  cells: {},
});

const manifest = {
  durationMs: 9000,
  timeline: [
    entry("learning", "plasticity", "plasticity", "parameters"),
    entry("homeostasis", "scaling", "scaling"),
    entry("silence-2", "silence", "L4 silent"),
    entry("loss", "delete", "3 of E deleted"),
    entry("never", "external", "external input × 2"),
  ],
} as unknown as Manifest;

const state = (timeMs: number, name: string, what: string, phase: "begin" | "end"): RunEvent => ({
  kind: "intervention",
  timeMs,
  entry: name,
  what,
  phase,
});
const death = (timeMs: number): RunEvent => ({
  kind: "deletion",
  timeMs,
  entry: "loss",
  cells: [1],
  scaleFactors: [1],
  livingCount: 9,
});

const events: readonly RunEvent[] = [
  { kind: "intervention", timeMs: 500, what: "plasticity", phase: "begin" },
  { kind: "scaling-on", timeMs: 1000, entry: "homeostasis" },
  state(2000, "silence-2", "silence", "begin"),
  state(3000, "silence-2", "silence", "end"),
  death(4000),
  state(5000, "silence-2", "silence", "begin"),
  death(6000),
  state(7000, "silence-2", "silence", "end"),
  { kind: "intervention", timeMs: 8000, entry: "loss", what: "delete", phase: "exhausted" },
];

const part = (startMs: number, endMs = startMs) => ({ startMs, endMs });

const courses = entryCourses([{ manifest, events, untilMs: 9000 }]);

it("an experiment's own entries are periods, of the stretches and instants that its events tell", () => {
  expect(timelinePeriods(courses)).toEqual([
    { label: "homeostasis: scaling", ...part(1000, 9000), parts: [part(1000, 9000)] },
    { label: "L4 silent", ...part(2000, 7000), parts: [part(2000, 3000), part(5000, 7000)] },
    { label: "loss: 3 of E deleted", ...part(4000, 6000), parts: [part(4000), part(6000)] },
  ]);
});

it("a figure has of them what lies in its interval, and says when", () => {
  const shown = periodsWithin(timelinePeriods(courses), part(3000, 6000));
  expect(shown.map(({ label, parts }) => [label, parts])).toEqual([
    ["homeostasis: scaling", [part(1000, 9000)]],
    ["L4 silent", [part(5000, 7000)]],
    ["loss: 3 of E deleted", [part(4000), part(6000)]],
  ]);
  expect(periodSentence(timeAxis(part(0, 9000)), timelinePeriods(courses))).toBe(
    " Bars on top: homeostasis: scaling 1 to 9 s, L4 silent 2 times from 2 to 7 s, loss: 3 of E deleted 2 times from 4 to 6 s.",
  );
});
