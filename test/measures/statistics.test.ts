import { expect, it } from "vitest";
import { compareRuns } from "../../src/measures/comparison.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import {
  description,
  progressAt,
  sampleOf,
  smallNetwork,
  smallSpikes,
} from "../recording/small-run.ts";

const livingIn = (run: RunReader, toMs?: number) =>
  runStatistics(new RunHistory(run), { toMs }).rates.map(({ cellRateHz }) => cellRateHz.count);

it("cells that die at the very end of a run do not live to its end", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 15_000);
  const death = { kind: "deletion", scaleFactors: [1], livingCount: 5 } as const;
  writer.recordEvent({ ...death, timeMs: 15_000, cells: [4] });
  writer.recordEvent({ ...death, timeMs: 20_000, cells: [0] });
  writer.finish("complete", progressAt(20_000));
  const run = new RunReader(store);
  expect(livingIn(run)).toEqual([2, 1, 1]);
  expect(livingIn(run, 19_999)).toEqual([3, 1, 1]);
  expect(livingIn(run, 14_999)).toEqual([3, 2, 1]);
});

it("statistics and comparisons of a run that was killed end with its last spike", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 10_000);
  for (const k of [1, 2, 3]) writer.appendSample(5000 * k, sampleOf(6, k));
  writer.flush(progressAt(15_000));
  const run = new RunReader(store);
  const endMs = smallSpikes.timesMs[8191]!;
  expect(run.reachedMs).toBe(endMs);
  expect(runStatistics(new RunHistory(run))).toMatchObject({
    interval: { startMs: 0, endMs },
    scaleFactors: { timeMs: 5000 },
  });
  expect(compareRuns(new RunHistory(run), new RunHistory(run))).toMatchObject({
    interval: { startMs: 0, endMs },
    a: { endMs },
  });
});
