import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { curveNames, type RunCurves, thinned } from "../../src/measures/curves.ts";
import { writeRunCurves } from "../../src/study/curve-file.ts";
import { curveLines } from "../../src/study/curves.ts";
import type { Study } from "../../src/study/folder.ts";
import type { StudyRun } from "../../src/study/table.ts";
import { temporaryFolder } from "../cli/command.ts";

const durationMs = 10_000;

/** A study of runs that hold a value until they end; samples are 10 ms apart. */
function studyOf(runs: readonly { readonly value: number; readonly endMs: number }[]) {
  const folder = temporaryFolder();
  const runDirectory = ({ seed }: { readonly seed: number }) => join(folder, String(seed));
  runs.forEach(({ value, endMs }, seed) => {
    const timesMs = Float64Array.from({ length: endMs / 10 }, (_, k) => 10 * k);
    const curve = thinned({ timesMs, values: timesMs.map(() => value) }, durationMs);
    mkdirSync(runDirectory({ seed }));
    writeRunCurves(
      runDirectory({ seed }),
      Object.fromEntries(curveNames.map((name) => [name, curve])) as RunCurves,
    );
  });
  const found = runs.map((_, seed) => ({ task: { seed } }) as StudyRun);
  return curveLines(
    { runDirectory } as unknown as Study,
    [found],
    [""],
    "rateEHz",
    "Rate",
    undefined,
  );
}

test("runs that end early are drawn until then, and medians are over the others", () => {
  const { lines, notes } = studyOf([
    { value: 1, endMs: 4010 },
    { value: 2, endMs: durationMs },
    { value: 4, endMs: durationMs },
  ]);
  const { timesMs, middle, count, traces } = lines[0]!;
  const at = (timeMs: number) => timesMs.findIndex((one) => one >= timeMs);
  expect([middle[at(3900)], count[at(3900)]]).toEqual([2, 3]);
  expect([middle[at(5000)], count[at(5000)]]).toEqual([3, 2]);
  expect(traces!.map(({ values }) => values.findLastIndex(Number.isFinite))).toEqual([
    at(4000) - 1,
    timesMs.length - 1,
    timesMs.length - 1,
  ]);
  expect(notes).toEqual(["Runs that end early: drawn until then; medians are over the others."]);
});

test("runs with other times are left out, and counted", () => {
  const { lines, notes } = studyOf([
    { value: 1, endMs: durationMs },
    { value: 2, endMs: 2 * durationMs },
  ]);
  expect([...new Set(lines[0]!.middle)]).toEqual([2]);
  expect(notes).toEqual(["Rate: 1 of 2 runs are shown."]);
});
