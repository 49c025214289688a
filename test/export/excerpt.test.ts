import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { deathTimesMs } from "../../src/recording/lifetimes.ts";
import type { Ancestry } from "../../src/recording/manifest.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import type { Past } from "../../src/recording/past.ts";
import type { RunDescription } from "../../src/recording/run-description.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import type { TimeRange } from "../../src/recording/time-range.ts";
import {
  description,
  progressAt,
  sampleOf,
  smallEvents,
  smallNetwork,
  smallSpikes,
} from "../recording/small-run.ts";
import { smallExcerpt } from "./recorded-excerpt.ts";

function spikesOf(run: RunExcerpt) {
  const blocks = [...run.spikeBlocks()];
  return {
    timesMs: blocks.flatMap(({ timesMs }) => [...timesMs]),
    cells: blocks.flatMap(({ cells }) => [...cells]),
  };
}

describe("an excerpt", () => {
  it("of everything is the whole record", () => {
    const run = smallExcerpt();
    expect(spikesOf(run)).toEqual({
      timesMs: [...smallSpikes.timesMs],
      cells: [...smallSpikes.cells],
    });
    expect(run.spikeCount).toBe(20_000);
    expect([run.startMs, run.endMs]).toEqual([0, 20_000]);
    expect([...run.sampleTimesMs]).toEqual([5000, 10_000]);
    expect([...run.gainTimesMs]).toEqual([10_000, 20_000]);
    expect(run.events()).toEqual(smallEvents);
  });

  it("of a stretch has what is in it, its start included and its end not", () => {
    const time = fc.double({ min: 0, max: 25_000, noNaN: true });
    fc.assert(
      fc.property(time, time, (startMs, endMs) => {
        const run = smallExcerpt({ startMs, endMs });
        const { timesMs } = spikesOf(run);
        const expected = [...smallSpikes.timesMs].filter((t) => t >= startMs && t < endMs);
        expect(timesMs).toEqual(expected);
        expect(run.spikeCount).toBe(expected.length);
      }),
      { numRuns: 30 },
    );
    const run = smallExcerpt({ startMs: 10_000, endMs: 20_000 });
    expect([...run.sampleTimesMs]).toEqual([10_000]);
    expect(run.sample(0)).toEqual(sampleOf(6, 2));
    expect([...run.gainTimesMs]).toEqual([10_000]);
    expect(run.gains(0)[0]).toBe(2);
    expect(run.events()).toEqual(smallEvents.slice(2));
    expect([run.startMs, run.endMs]).toEqual([10_000, 20_000]);
  });

  it("knows of cells that died before it", () => {
    const run = smallExcerpt({ startMs: 15_000 });
    expect([...run.deletionTimesMs()]).toEqual([
      10_000,
      Infinity,
      Infinity,
      Infinity,
      10_000,
      Infinity,
    ]);
    expect([...run.populations()]).toEqual([0, 0, 0, 1, 1, 2]);
  });

  it("counts what is read of it", () => {
    const run = smallExcerpt({ endMs: 10_000 });
    for (const _ of run.spikeBlocks());
    run.sample(0);
    expect(run.rowsRead).toBe(run.spikeCount + 6);
  });
});

/** A run of 20 s in three phases with trials at 0, 8 and 20 s, of which so much was recorded. */
function recorded(status: "complete" | "killed", changes: Partial<RunDescription> = {}) {
  const store = new MemoryStore();
  const phases = [
    { name: "baseline", startMs: 0, endMs: 4000 },
    { name: "nothing", startMs: 4000, endMs: 4000 },
    { name: "training", startMs: 4000, endMs: 20_000 },
  ];
  const writer = RunWriter.create(store, { ...description, phases, ...changes }, smallNetwork);
  // Of 10 000 spikes, a killed run has those in its file that fill a block.
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 10_000);
  for (const timeMs of [0, 8000, 20_000]) {
    writer.recordEvent({ kind: "trial", timeMs, input: timeMs === 8000 ? "repeat" : "unique" });
  }
  for (const k of [1, 2, 3]) writer.appendSample(5000 * k, sampleOf(6, k));
  if (status === "complete") writer.finish(status, progressAt(20_000));
  else writer.flush(progressAt(15_000));
  return store;
}

const excerptOf = (store: MemoryStore, range?: TimeRange) =>
  new RunExcerpt(new RunReader(store), range);

describe("phases and trials of an excerpt", () => {
  const store = recorded("complete");

  it("are those that last in it, as far as they do", () => {
    expect(excerptOf(store).phases()).toEqual([
      { name: "baseline", startMs: 0, endMs: 4000 },
      { name: "training", startMs: 4000, endMs: 20_000 },
    ]);
    // The trial that begins with the end of the run does not last.
    expect(excerptOf(store).trials()).toEqual([
      { name: "unique", startMs: 0, endMs: 8000 },
      { name: "repeat", startMs: 8000, endMs: 20_000 },
    ]);
    const stretch = excerptOf(store, { startMs: 3000, endMs: 9000 });
    expect(stretch.phases()).toEqual([
      { name: "baseline", startMs: 3000, endMs: 4000 },
      { name: "training", startMs: 4000, endMs: 9000 },
    ]);
    expect(stretch.trials()).toEqual([
      { name: "unique", startMs: 3000, endMs: 8000 },
      { name: "repeat", startMs: 8000, endMs: 9000 },
    ]);
  });

  it("cover any stretch once", () => {
    const time = fc.double({ min: 0, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(time, time, (one, other) => {
        const [startMs, endMs] = [Math.min(one, other), Math.max(one, other)];
        const run = excerptOf(store, { startMs, endMs });
        for (const intervals of [run.phases(), run.trials()]) {
          const edges = intervals.flatMap((interval) => [interval.startMs, interval.endMs]);
          expect(edges).toEqual([...edges].sort((a, b) => a - b));
          expect(edges.length === 0).toBe(startMs === endMs);
          if (edges.length > 0) expect([edges[0], edges.at(-1)]).toEqual([startMs, endMs]);
        }
      }),
    );
  });

  it("in a branch begin with what its parent had under way", () => {
    const ancestry: Ancestry = {
      directory: "../parent",
      label: "parent",
      createdAt: description.createdAt,
      networkHash: "0",
      timeMs: 30,
      changes: {},
      scalingOn: false,
      deletedCells: [1, 2, 5],
    };
    const past: Past = {
      deletions: [
        { timeMs: 10, cells: [2] },
        { timeMs: 20, cells: [5] },
      ],
      trial: { kind: "trial", timeMs: 15, input: "repeat" },
    };
    const store = new MemoryStore();
    const writer = RunWriter.create(store, { ...description, ancestry, past }, smallNetwork);
    writer.recordEvent({ kind: "trial", timeMs: 50, input: "unique" });
    writer.finish("interrupted", progressAt(70));
    const run = excerptOf(store);
    expect(run.trials()).toEqual([
      { name: "repeat", startMs: 30, endMs: 50 },
      { name: "unique", startMs: 50, endMs: 70 },
    ]);
    // Of cell 1 no one wrote down when it died.
    expect([...run.deletionTimesMs()]).toEqual([Infinity, NaN, 10, Infinity, Infinity, 20]);
    expect([...deathTimesMs(new RunReader(store))]).toEqual([
      Infinity,
      30,
      10,
      Infinity,
      Infinity,
      20,
    ]);
  });
});

describe("an excerpt of a run that was killed", () => {
  const store = recorded("killed");
  const lastMs = smallSpikes.timesMs[8191]!;

  it("ends with the last spike in the file, whatever else was written", () => {
    expect(lastMs).toBeLessThan(8500);
    const run = excerptOf(store);
    expect([run.startMs, run.endMs]).toEqual([0, lastMs]);
    expect(run.spikeCount).toBe(8192);
    expect(spikesOf(run).timesMs).toHaveLength(8192);
    expect([...run.sampleTimesMs]).toEqual([5000]);
    expect(run.events().map(({ timeMs }) => timeMs)).toEqual(lastMs < 8000 ? [0] : [0, 8000]);
    expect(run.phases().at(-1)).toEqual({ name: "training", startMs: 4000, endMs: lastMs });
    expect(run.trials().at(-1)!.endMs).toBe(lastMs);
  });

  it("has nothing where no block of spikes was filled", () => {
    const empty = new MemoryStore();
    const writer = RunWriter.create(empty, description, smallNetwork);
    writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 8000);
    writer.appendSample(5000, sampleOf(6, 1));
    writer.flush(progressAt(7000));
    const run = excerptOf(empty);
    expect([run.startMs, run.endMs, run.spikeCount]).toEqual([0, 0, 0]);
    expect([...run.sampleTimesMs]).toEqual([]);
    expect(run.phases()).toEqual([]);
  });
});
