import { describe, expect, test } from "vitest";
import { RecordingError } from "../../src/recording/errors.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { testRecord } from "./record-conformance.ts";
import { referenceSpikes } from "./reference-spikes.ts";
import {
  description,
  networkOf,
  progressAt,
  recordSmallRun,
  smallNetwork,
  smallSpikes,
} from "./small-run.ts";

testRecord(() => new MemoryStore());

describe("a range of time", () => {
  const store = new MemoryStore();
  recordSmallRun(store);
  const reader = new RunReader(store);
  const { timesMs, cells } = smallSpikes;
  const lastMs = timesMs.at(-1)!;

  test.each([
    [0, 1],
    [100, 250],
    [timesMs[8190]!, timesMs[8193]!],
    [timesMs[8192]!, timesMs[8192]!],
    [lastMs, Infinity],
    [lastMs + 1, Infinity],
    [500, 400],
  ])("from %d to %d ms gives the spikes in it", (startMs, endMs) => {
    const inside = timesMs.map((timeMs) => (timeMs >= startMs && timeMs < endMs ? 1 : 0));
    expect(reader.spikes({ startMs, endMs })).toEqual({
      timesMs: timesMs.filter((_, spike) => inside[spike]),
      cells: cells.filter((_, spike) => inside[spike]),
    });
  });

  test("includes all spikes of its first instant and none of its last", () => {
    const tie = timesMs.findIndex((timeMs, spike) => timeMs === timesMs[spike + 1]);
    const startMs = timesMs[tie]!;
    expect(reader.spikes({ startMs }).timesMs[1]).toBe(startMs);
    expect(reader.spikes({ endMs: startMs }).timesMs).toHaveLength(tie);
  });

  test("is read block by block", () => {
    const lengths = [...reader.spikeBlocks()].map((block) => block.cells.length);
    expect(lengths).toEqual([8192, 8192, 20_000 - 2 * 8192]);
  });

  test("is kept as blocks, each with memory of its own", () => {
    const blocks = [...reader.spikeBlocks()];
    expect(
      new Set(blocks.flatMap((block) => [block.timesMs.buffer, block.cells.buffer])).size,
    ).toBe(2 * blocks.length);
    expect(blocks.flatMap((block) => [...block.timesMs])).toEqual([...timesMs]);
    expect(blocks.flatMap((block) => [...block.cells])).toEqual([...cells]);
  });

  test.each([{}, { startMs: 100, endMs: 250 }])(
    "of %o is lent as the same blocks, all in one memory",
    (range) => {
      const kept = [...reader.spikeBlocks(range)];
      const buffers = new Set<ArrayBufferLike>();
      let k = 0;
      for (const block of reader.lentSpikeBlocks(range)) {
        expect(block).toEqual(kept[k++]);
        buffers.add(block.timesMs.buffer).add(block.cells.buffer);
      }
      expect(k).toBe(kept.length);
      expect(buffers.size).toBe(2);
    },
  );

  test("is lent to several readers in turn, each in memory of its own", () => {
    const [one, other] = [reader.lentSpikeBlocks(), reader.lentSpikeBlocks({ startMs: 100 })];
    const first = one.next().value!;
    const before = { timesMs: first.timesMs.slice(), cells: first.cells.slice() };
    other.next();
    expect(first).toEqual(before);
  });
});

describe("what cannot be recorded", () => {
  const write = (times: number[], cells: number[]) => {
    const store = new MemoryStore();
    const writer = RunWriter.create(store, description, smallNetwork);
    writer.appendSpikes(Float64Array.of(10), Uint32Array.of(1), 1);
    const append = () =>
      writer.appendSpikes(Float64Array.from(times), Uint32Array.from(cells), times.length);
    return { store, writer, append };
  };

  test.each([
    ["an earlier spike", [11, 10.5], [0, 0]],
    ["one earlier than the call before", [9], [0]],
    ["a time that is no number", [Number.NaN], [0]],
    ["an infinite time", [Number.POSITIVE_INFINITY], [0]],
    ["a cell beyond the network", [11, 12], [0, 6]],
  ])("%s is refused with all that came with it", (_, times, cells) => {
    const { store, writer, append } = write(times, cells);
    expect(append).toThrow(RecordingError);
    writer.finish("interrupted", progressAt(10));
    expect(new RunReader(store).spikes().timesMs).toEqual(Float64Array.of(10));
  });

  test("the message names both times", () => {
    expect(write([9], [0]).append).toThrow("A spike at 9 ms cannot be recorded after one at 10 ms");
  });

  test("samples and gains of other lengths than the network's are refused", () => {
    const { writer } = write([], []);
    expect(() => writer.appendGains(1, new Float64Array(5))).toThrow(
      "Got 5 values; expected one for each of 4 synapses.",
    );
    const column = new Float64Array(6);
    const sample = { sensedRateKhz: column, targetRateKhz: column, scaleFactor: column };
    expect(() => writer.appendSample(1, { ...sample, alive: new Uint8Array(7) })).toThrow(
      RecordingError,
    );
    expect(writer.position.files.gains.blocks).toBe(0);
    expect(writer.position.files.samples.blocks).toBe(0);
  });
});

test("a spike at −0 ms is one at 0 ms", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(Float64Array.of(-0, -0, 1), Uint32Array.of(0, 1, 2), 3);
  writer.finish("complete", progressAt(1));
  expect(new RunReader(store).spikes().timesMs).toEqual(Float64Array.of(0, 0, 1));
});

test.each([
  ["training-with-scaling-20s", 470, 0, 6.37],
  ["double-size-10s", 940, 0, 6.49],
  ["deletion-60s", 470, 0, 6.14],
  ["strong-scaling-70s", 470, 0, 6.09],
  ["fast-stdp-60s", 470, 0, 6.12],
  ["fast-stdp-60s", 470, 60, 5.85],
  ["fast-stdp-60s", 470, 120, 5.73],
  ["fast-stdp-60s", 470, 400, 5.59],
  ["fast-stdp-60s", 470, 9600, 4.96],
  ["fast-stdp-60s", 470, 160_000, 4.46],
])("%s, %i cells, recorded without loss from %i s on, takes %d bytes a spike", (...row) => {
  const [name, cellCount, startS, bytesPerSpike] = row;
  const { timesMs, cells } = referenceSpikes(name);
  const spikes = { timesMs: timesMs.map((timeMs) => timeMs + 1000 * startS), cells };
  const store = new MemoryStore();
  const durationMs = 1000 * startS + 80_000;
  const writer = RunWriter.create(store, { ...description, durationMs }, networkOf(cellCount));
  writer.appendSpikes(spikes.timesMs, cells, cells.length);
  writer.finish("complete", progressAt(durationMs));
  expect(new RunReader(store).spikes()).toEqual(spikes);
  // Two decimal places, as in docs/run-format.md.
  expect(store.size(runFiles.spikes)! / cells.length).toBeCloseTo(bytesPerSpike, 2);
});
