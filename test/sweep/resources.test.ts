import { expect, it } from "vitest";
import { durationFromText, memoryFromText } from "../../src/sweep/resources.ts";

it.each([
  ["90 min", 5_400_000],
  ["2h", 7_200_000],
  ["1.5 d", 129_600_000],
  ["30 s", 30_000],
  ["2", undefined],
  ["0 h", undefined],
  ["-1 h", undefined],
  ["2 hours", undefined],
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
