import { expect, test } from "vitest";
import { durationText, timeAxis, timeUnitFor } from "../../src/drawing/time-axis.ts";

test.each([
  [8000, "s"],
  [8000.001, "h"],
  [80_000, "h"],
  [80_000.001, "d"],
])("%d s are shown in %s", (durationS, unit) => {
  expect(timeUnitFor(durationS * 1000)).toBe(unit);
});

test("an axis converts times and names its unit", () => {
  const axis = timeAxis({ startMs: 0, endMs: 36_000_000 });
  expect(axis.domain).toEqual([0, 10]);
  expect(axis.label).toBe("Time (h)");
  expect(axis.at(5_400_000)).toBe(1.5);
  expect(axis.words({ startMs: 0, endMs: 800_000 })).toBe("0 to 0.2222 h");
});

test("a short interval late in a long run is in seconds, unless a unit is given", () => {
  const late = { startMs: 9_000_000, endMs: 9_010_000 };
  expect(timeAxis(late).domain).toEqual([9000, 9010]);
  expect(timeAxis(late, "h").domain[0]).toBe(2.5);
});

test("durations are in ms below a second", () => {
  expect([durationText(0.2), durationText(999), durationText(1000), durationText(1500)]).toEqual([
    "0.2 ms",
    "999 ms",
    "1 s",
    "1.5 s",
  ]);
});
