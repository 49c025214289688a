import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { populationRanges } from "../../src/network/network.ts";
import { cellOrder } from "../../src/recording/cell-order.ts";
import { BLOCK_SPIKES, SpikeCodec } from "../../src/recording/spike-codec.ts";
import { randomSpikes } from "./small-run.ts";

const published = cellOrder(populationRanges(1));

function expectRoundTrip(codec: SpikeCodec, timesMs: Float64Array, cells: Uint32Array): void {
  const payload = codec.encode(timesMs, cells, cells.length);
  const decoded = codec.decode(payload, cells.length, timesMs[0]!);
  expect(decoded.timesMs).toEqual(timesMs);
  expect(decoded.cells).toEqual(cells);
}

/** Non-negative doubles of every magnitude, many of them equal. */
const times = fc
  .array(
    fc.oneof(
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.constantFrom(0, Number.MIN_VALUE, 1, 2 ** 32, Number.MAX_VALUE),
    ),
    { minLength: 1, maxLength: 700 },
  )
  // + 0 makes 0 of −0.
  .map((values) => Float64Array.from(values, (value) => value + 0).sort());

describe("spikes come back as they were", () => {
  test("at any times ≥ 0, of any cells", () => {
    const codec = new SpikeCodec(published);
    fc.assert(
      fc.property(times, fc.infiniteStream(fc.nat(469)), (timesMs, cells) => {
        expectRoundTrip(
          codec,
          timesMs,
          Uint32Array.from(timesMs, () => cells.next().value),
        );
      }),
    );
  });

  test.each([1, 2, 255, 256, 257, 512, 8191, BLOCK_SPIKES])("in a block of %i", (count) => {
    const { timesMs, cells } = randomSpikes(count, 470);
    expectRoundTrip(new SpikeCodec(published), timesMs, cells);
  });

  test("all at one time", () => {
    const cells = Uint32Array.from({ length: BLOCK_SPIKES }, (_, k) => k % 470);
    const timesMs = new Float64Array(BLOCK_SPIKES).fill(1234.5);
    expectRoundTrip(new SpikeCodec(published), timesMs, cells);
  });

  test("from the least time to the greatest, with all cells escaped", () => {
    const order = cellOrder([{ cellClass: "E", cellCount: 70_000 }]);
    const cells = Uint32Array.from({ length: BLOCK_SPIKES }, (_, k) => 69_999 - (k % 3) * 20_000);
    const pattern = new BigInt64Array(BLOCK_SPIKES).map(
      (_, k) => (BigInt(k) * 0x7fef_ffff_ffff_ffffn) / BigInt(BLOCK_SPIKES),
    );
    expectRoundTrip(new SpikeCodec(order), new Float64Array(pattern.buffer), cells);
  });

  test("whatever the codec did before", () => {
    const codec = new SpikeCodec(published);
    const { timesMs, cells } = randomSpikes(500, 470);
    const first = codec.encode(timesMs, cells, 500);
    codec.encode(timesMs.subarray(100), cells.subarray(100), 300);
    expect(codec.encode(timesMs, cells, 500)).toEqual(first);
    codec.decode(first, 500, timesMs[0]!);
    expect(codec.decode(first, 500, timesMs[0]!).cells).toEqual(cells);
  });
});
