import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunExcerpt } from "../../src/export/excerpt.ts";
import { sampleOf, smallEvents, smallSpikes } from "../recording/small-run.ts";
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
