import { expect, it } from "vitest";
import {
  durationFromText,
  memoryFromText,
  wallTimeFromText,
} from "../../../src/study/planning/resources.ts";

it.each([
  ["90 min", 5_400_000],
  ["2h", 7_200_000],
  ["1.5 d", 129_600_000],
  ["30 s", 30_000],
  ["2", undefined],
  ["0 h", undefined],
  ["-1 h", undefined],
  ["2 hours", undefined],
  ["2 constructor", undefined],
  ["1e9 d", undefined],
  ["3651 d", undefined],
])("%j is a length of time", (text, expected) => {
  expect(durationFromText(text)).toBe(expected);
});

it.each([
  ["400 MB", 4e8],
  ["1.5GB", 1.5e9],
  ["400", undefined],
  ["400 mb", undefined],
])("%j is an amount of memory", (text, expected) => {
  expect(memoryFromText(text)).toBe(expected);
});

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

it.each([
  ["90 min", 90 * minute],
  ["90", 90 * minute],
  ["90:30", 90 * minute + 30 * second],
  ["01:30:00", 1.5 * hour],
  ["100:00:01", 100 * hour + second],
  ["1-12", 1.5 * day],
  ["1-00:30", day + 30 * minute],
  ["2-01:30:00", 2 * day + 1.5 * hour],
  ["0", undefined],
  ["00:00:00", undefined],
  ["-1", undefined],
  ["1:2:3:4", undefined],
  ["1-2-3", undefined],
  ["1:30 h", undefined],
  ["01:30:00\n--export=ALL", undefined],
  ["UNLIMITED", undefined],
  ["9999-00:00:00", undefined],
])("%j is a wall time as schedulers have it", (text, expected) => {
  expect(wallTimeFromText(text)).toBe(expected);
});
