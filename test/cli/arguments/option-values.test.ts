import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { cells, seed, timeMs, timesMs } from "../../../src/cli/arguments/option-values.ts";

describe("values of options", () => {
  it("reads times in seconds as ms", () => {
    expect(timeMs("0.5")).toBe(500);
    expect(timesMs("0,800,8.8e3")).toEqual([0, 800_000, 8_800_000]);
  });

  it.each(["", "x", "-1", "1 2", "NaN"])("refuses %j as a time", (text) => {
    expect(() => timeMs(text)).toThrow(InvalidArgumentError);
    expect(() => timesMs(`1,${text}`)).toThrow(InvalidArgumentError);
  });

  it("reads seeds of 32 bits", () => {
    expect(seed("0")).toBe(0);
    expect(seed("4294967295")).toBe(4294967295);
  });

  it.each(["", "-1", "1.5", "4294967296", "one"])("refuses %j as a seed", (text) => {
    expect(() => seed(text)).toThrow(InvalidArgumentError);
  });

  it("reads cells and ranges of them, each cell once", () => {
    expect(cells("1,5-9")).toEqual([1, 5, 6, 7, 8, 9]);
    expect(cells(" 3 , 2-4 ")).toEqual([3, 2, 4]);
  });

  it.each(["", "1,", "9-5", "-3", "1.5", "a", "0-1000", "1--2"])("refuses %j as cells", (text) => {
    expect(() => cells(text)).toThrow(/1,5-9/);
  });
});
