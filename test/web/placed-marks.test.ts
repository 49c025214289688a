import { describe, expect, it } from "vitest";
import { placedMarks } from "../../src/web/page/placed-marks.ts";

const touch = (timeMs: number, label: string) => ({
  ...{ id: `${label}-${timeMs}`, label, timeMs },
  untilMs: undefined,
  isTouched: true,
});

const leastGap = (places: readonly number[]) =>
  Math.min(...places.slice(1).map((place, k) => place - places[k]!));

describe("marks on the bar of time", () => {
  it("gives every time a mark of its own, however near to each other they are", () => {
    const marks = [touch(100, "learning"), touch(100, "scaling"), touch(110, "7 cells deleted")];
    const placed = placedMarks(marks, 60_000);
    expect(placed.map(({ timeMs, label }) => [timeMs, label])).toEqual([
      [100, "learning, scaling"],
      [110, "7 cells deleted"],
    ]);
    expect(leastGap(placed.map(({ place }) => place))).toBeCloseTo(0.011);
  });

  it("keeps marks on the bar at its end, and where they are many", () => {
    const late = [59_900, 59_950, 60_000].map((timeMs) => touch(timeMs, "a"));
    const places = placedMarks(late, 60_000).map(({ place }) => place);
    expect(places.at(-1)).toBe(1);
    expect(leastGap(places)).toBeCloseTo(0.011);
    const many = Array.from({ length: 500 }, (_, k) => touch(10 * k, "a"));
    const crowd = placedMarks(many, 60_000).map(({ place }) => place);
    expect(crowd).toEqual([...crowd].sort((one, other) => one - other));
    expect(Math.max(...crowd)).toBeLessThanOrEqual(1);
  });

  it("leaves out what the experiment itself does, and what lies beyond the bar", () => {
    const own = { ...touch(500, "training"), isTouched: false };
    expect(placedMarks([own, touch(70_000, "late")], 60_000)).toEqual([]);
  });
});
