import { expect, it } from "vitest";
import {
  type CourseRecord,
  entryCourses,
  firstOf,
  type RecordedEntry,
} from "../../src/recording/course.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import type { RunEvent } from "../../src/recording/run-event.ts";

type When = RecordedEntry["when"];

const at = (timeMs: number): When => ({ form: "at", timesMs: [timeMs], forMs: null });

const entry = (
  id: string,
  what: string,
  action: RecordedEntry["action"],
  when: When,
): RecordedEntry => ({
  ...{ id, what, action, when, label: `${id} ${action}`, entry: {}, cells: {} },
  origin: id === "homeostasis" || id === "learning" ? "parameters" : "experiment",
});

const event = (timeMs: number, what: string, phase: "begin" | "end", id?: string): RunEvent => ({
  ...{ kind: "intervention", timeMs, what, phase },
  ...(id !== undefined && { entry: id }),
});

const record = (
  timeline: readonly RecordedEntry[] | undefined,
  events: readonly RunEvent[],
  untilMs: number,
  ancestry?: Partial<Manifest["ancestry"]>,
): CourseRecord => ({
  manifest: { durationMs: untilMs, timeline, ancestry } as unknown as Manifest,
  events,
  untilMs,
});

/** The stretches of each entry, by its label. */
const partsOf = (records: readonly CourseRecord[]) =>
  Object.fromEntries(
    entryCourses(records)
      .filter(({ parts }) => parts.length > 0)
      .map(({ entry: { label }, parts }) => [
        label,
        parts.map(({ startMs, endMs }) => [startMs, endMs]),
      ]),
  );

const scaling = entry("homeostasis", "scaling", true, at(1000));
const on: RunEvent = { kind: "scaling-on", timeMs: 1000 };
const off = entry("off", "scaling", false, at(4000));
const break_ = entry("break", "scaling", false, { form: "during", fromMs: 2000, untilMs: 3000 });

it("of what is turned on and off the last that began is in effect, until it ends", () => {
  const events = [
    on,
    event(2000, "scaling", "begin", "break"),
    event(3000, "scaling", "end", "break"),
    event(4000, "scaling", "begin", "off"),
  ];
  const records = [record([scaling, break_, off], events, 9000)];
  expect(partsOf(records)).toEqual({
    "homeostasis true": [
      [1000, 2000],
      [3000, 4000],
    ],
    "break false": [[2000, 3000]],
    "off false": [[4000, 9000]],
  });
  const courses = entryCourses(records);
  expect(firstOf(courses, ["scaling"])).toBe(1000);
  expect(firstOf(courses, ["plasticity"])).toBe(Infinity);
});

it("a branch goes on with what its parent began, unless its own timeline has it no longer", () => {
  const loud = entry("loud", "external", 2, at(1500));
  const parent = record(
    [scaling, loud],
    [on, event(1500, "external", "begin", "loud"), event(6000, "scaling", "begin", "late")],
    5000,
  );
  const ancestry = { timeMs: 5000, scalingOn: true };
  const events = [event(7000, "scaling", "begin", "off")];
  const later = { ...off, when: at(7000) };
  const both = [parent, record([scaling, loud, later], events, 9000, ancestry)];
  expect(partsOf(both)).toEqual({
    "homeostasis true": [[1000, 7000]],
    "loud 2": [[1500, 9000]],
    "off false": [[7000, 9000]],
  });
  expect(partsOf([parent, record([later], events, 9000, ancestry)])).toEqual({
    "homeostasis true": [[1000, 5000]],
    "loud 2": [[1500, 5000]],
    "off false": [[7000, 9000]],
  });
});

it("a branch whose past is lost shows from its beginning what its timeline says, and scaling", () => {
  const pulse = entry("pulse", "external", 2, {
    ...{ form: "every", fromMs: 1000, untilMs: null },
    ...{ everyMs: 1000, forMs: 200 },
  });
  const learning = entry("learning", "plasticity", true, {
    form: "during",
    fromMs: 0,
    untilMs: 6000,
  });
  const ancestry = { timeMs: 5100, scalingOn: true };
  const events = [
    event(5200, "external", "end", "pulse"),
    event(6000, "plasticity", "end"),
    event(7000, "scaling", "begin", "off"),
  ];
  const timeline = [learning, pulse, { ...off, when: at(7000) }];
  expect(partsOf([record(timeline, events, 9000, ancestry)])).toEqual({
    "pulse 2": [[5100, 5200]],
    "learning true": [[5100, 6000]],
    scaling: [[5100, 7000]],
    "off false": [[7000, 9000]],
  });
});

it("a record of version 0.2.0, which lists no entries, tells by its events", () => {
  const death = { kind: "deletion", cells: [1], scaleFactors: [1], livingCount: 9 } as const;
  expect(partsOf([record(undefined, [on, { ...death, timeMs: 2000 }], 9000)])).toEqual({
    scaling: [[1000, 9000]],
    delete: [[2000, 2000]],
  });
});
