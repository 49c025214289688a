import { describe, expect, it } from "vitest";
import { curveNames, type RunCurves, thinned } from "../../src/measures/curves.ts";
import { readRunCurves, writeRunCurves } from "../../src/study/curve-file.ts";
import { temporaryFolder } from "../cli/command.ts";

const curveOf = (length: number) => ({
  timesMs: Float64Array.from({ length }, (_, k) => 10 * k),
  values: Float64Array.from({ length }, (_, k) => k),
});

describe("a thinned curve", () => {
  it("is the curve itself where that has few points", () => {
    expect(thinned(curveOf(400), 4000)).toEqual(curveOf(400));
  });

  it("has means of neighbouring points, no more than 400", () => {
    const { timesMs, values } = thinned(curveOf(1001), 10_000);
    expect(values.length).toBe(334);
    expect([...values.subarray(0, 3)]).toEqual([1, 4, 7]);
    expect([...timesMs.subarray(0, 3)]).toEqual([10, 40, 70]);
    expect([values.at(-1), timesMs.at(-1)]).toEqual([999.5, 9995]);
  });

  it("has the times of the whole where a run has ended before it", () => {
    const whole = thinned(curveOf(1001), 10_000);
    const ended = thinned(curveOf(300), 10_000);
    expect(ended.values).toEqual(whole.values.subarray(0, 100));
    expect(ended.timesMs).toEqual(whole.timesMs.subarray(0, 100));
  });

  it("has these times up to a last bin that is narrower", () => {
    const centres = (count: number) => Float64Array.from({ length: count }, (_, bin) => bin + 0.5);
    const whole = thinned({ timesMs: centres(9600), values: centres(9600) }, 9600);
    const timesMs = Float64Array.of(...centres(4129), 4129.15);
    const ended = thinned({ timesMs, values: timesMs }, 9600);
    expect(whole.values.length).toBe(400);
    expect(ended.timesMs.subarray(0, -1)).toEqual(whole.timesMs.subarray(0, 172));
  });
});

it("curves read back as they were written, to seven digits, gaps included", () => {
  const directory = temporaryFolder();
  const curve = {
    timesMs: Float64Array.of(0, 0.1, 0.2),
    values: Float64Array.of(Number.NaN, 1 / 3, -Infinity),
  };
  const curves = Object.fromEntries(curveNames.map((name) => [name, curve])) as RunCurves;
  writeRunCurves(directory, curves);
  const read = readRunCurves(directory);
  expect(Object.keys(read)).toEqual(curveNames);
  expect(read.rateEHz).toEqual({
    timesMs: Float64Array.of(0, 0.1, 0.2),
    values: Float64Array.of(Number.NaN, 0.3333333, -Infinity),
  });
});
