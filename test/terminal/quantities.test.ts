import { describe, expect, it } from "vitest";
import {
  bytesText,
  clockText,
  countText,
  durationWords,
  secondsText,
  shortNumber,
} from "../../src/terminal/quantities.ts";

describe("numbers on a terminal", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1 000"],
    [1234567, "1 234 567"],
  ])("groups the digits of counts: %d", (count, text) => {
    expect(countText(count)).toBe(text);
  });

  it.each([
    [0, "0"],
    [0.0061, "0.01"],
    [0.6149, "0.61"],
    [5.016, "5.02"],
    [27.23, "27.2"],
    [112.6, "113"],
    [1340.2, "1340"],
    [Number.NaN, "–"],
    [Infinity, "–"],
  ])("shortens %d without an exponent", (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });

  it.each([
    [0, "0 s"],
    [250, "0.25 s"],
    [148_645.21, "148.645 s"],
    [9_600_000, "9600 s"],
  ])("gives simulated times in seconds: %d ms", (timeMs, text) => {
    expect(secondsText(timeMs)).toBe(text);
  });

  it.each([
    [0, "0:00"],
    [7_400, "0:07"],
    [59_700, "1:00"],
    [750_000, "12:30"],
    [39_900_000, "11:05:00"],
    [Infinity, "–"],
  ])("shows wall time as a stopwatch does: %d ms", (timeMs, text) => {
    expect(clockText(timeMs)).toBe(text);
  });

  it.each([
    [820, "0.8 s"],
    [9_940, "9.9 s"],
    [9_960, "10 s"],
    [59_600, "1 min 0 s"],
    [200_000, "3 min 20 s"],
    [3_900_000, "1 h 5 min"],
    [Number.NaN, "–"],
  ])("says wall time in words: %d ms", (timeMs, text) => {
    expect(durationWords(timeMs)).toBe(text);
  });

  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1_536, "1.5 kB"],
    [999_960, "1000 kB"],
    [11_830_000, "11.8 MB"],
    [250_000_000_000, "250 GB"],
  ])("sizes files: %d bytes", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
