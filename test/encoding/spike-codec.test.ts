import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BLOCK_SPIKES,
  decodeSpikes,
  encodeSpikes,
  type Spikes,
  spikeRoom,
} from "../../src/encoding/spike-codec.ts";
import { plainlyDecoded } from "../recording/plain-spikes.ts";
import { randomSpikes } from "../recording/small-run.ts";

const room = spikeRoom(BLOCK_SPIKES);

function expectRoundTrip(spikes: Spikes): void {
  const { timesMs, cells } = spikes;
  const payload = encodeSpikes(spikes);
  expect(decodeSpikes(payload, cells.length, timesMs[0]!)).toEqual(spikes);
  // Of whatever it held before, nothing is left.
  room.timesMs.fill(Number.NaN);
  room.cells.fill(7);
  expect(decodeSpikes(payload, cells.length, timesMs[0]!, Infinity, room)).toEqual(spikes);
}

/** Non-negative doubles of every magnitude, many of them equal. */
const timeMs = fc.oneof(
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 1e5, noNaN: true }),
  fc.constantFrom(0, Number.MIN_VALUE, 1, 2 ** 32, Number.MAX_VALUE),
);
/** Cells of networks of every size. */
const cell = fc.nat(31).chain((width) => fc.nat(2 ** (width + 1) - 1));
const randomBlock = fc
  .array(fc.tuple(timeMs, cell), { minLength: 1, maxLength: 700 })
  .map((rows) => ({
    // + 0 makes 0 of −0.
    timesMs: Float64Array.from(rows, ([value]) => value + 0).sort(),
    cells: Uint32Array.from(rows, ([, value]) => value),
  }));

describe("spikes come back as they were", () => {
  test("at any times ≥ 0, of any cells", () => {
    fc.assert(fc.property(randomBlock, expectRoundTrip));
  });

  test.each([1, 2, 511, 8191, BLOCK_SPIKES])("in a block of %i", (count) => {
    expectRoundTrip(randomSpikes(count, 470));
  });

  test.each([1, 2, 512, 513, 65_536, 65_537])("in a network of %i cells", (cellCount) => {
    const { timesMs, cells } = randomSpikes(100, cellCount);
    cells[50] = cellCount - 1;
    expectRoundTrip({ timesMs, cells });
  });

  test("all at one time", () => {
    const { cells } = randomSpikes(BLOCK_SPIKES, 470);
    expectRoundTrip({ timesMs: new Float64Array(BLOCK_SPIKES).fill(1234.5), cells });
  });

  test("from the least time to the greatest, of the greatest cells", () => {
    const patterns = new BigInt64Array(BLOCK_SPIKES).map(
      (_, k) => (BigInt(k) * 0x7fef_ffff_ffff_ffffn) / BigInt(BLOCK_SPIKES - 1),
    );
    const timesMs = new Float64Array(patterns.buffer);
    expect(timesMs.at(-1)).toBe(Number.MAX_VALUE);
    expectRoundTrip({ timesMs, cells: new Uint32Array(BLOCK_SPIKES).fill(2 ** 32 - 1) });
  });

  test("from a view on a part of longer arrays", () => {
    const { timesMs, cells } = randomSpikes(500, 470);
    expectRoundTrip({ timesMs: timesMs.subarray(100, 300), cells: cells.subarray(100, 300) });
  });
});

describe("decoding gives what the plain decoder gives", () => {
  /** Spikes, or the message of the error. */
  const outcome = (decode: typeof decodeSpikes, ...given: Parameters<typeof decodeSpikes>) => {
    try {
      const { timesMs, cells } = decode(...given);
      return { patterns: new BigUint64Array(timesMs.buffer), cells };
    } catch (error) {
      return error;
    }
  };
  const expectEqual = (payload: Uint8Array, count: number, firstMs: number, cellCount?: number) =>
    expect(outcome(decodeSpikes, payload, count, firstMs, cellCount)).toEqual(
      outcome(plainlyDecoded, payload, count, firstMs, cellCount),
    );

  const interval = fc
    .integer({ min: -40, max: 30 })
    .chain((exponent) => fc.double({ min: 0, max: 2 ** exponent, noNaN: true }));
  /** Spikes of a column, from any time on, across powers of two. */
  const train = fc
    .record({
      startMs: fc.oneof(fc.constantFrom(0, Number.MIN_VALUE, 2 ** -1022, 4095.9999, 1e8), timeMs),
      rows: fc.array(fc.tuple(interval, cell), { minLength: 1, maxLength: 300 }),
    })
    .map(({ startMs, rows }) => {
      let lastMs = Math.min(startMs, 1e300) + 0;
      const timesMs = Float64Array.from(rows, ([gapMs]) => {
        lastMs += gapMs;
        return lastMs;
      });
      return { timesMs, cells: Uint32Array.from(rows, ([, value]) => value) };
    });
  const block = fc.oneof(randomBlock, train);

  test("of intact blocks", () => {
    fc.assert(
      fc.property(block, (spikes) => {
        const { timesMs, cells } = spikes;
        const payload = encodeSpikes(spikes);
        expect(plainlyDecoded(payload, cells.length, timesMs[0]!)).toEqual(spikes);
        expectEqual(payload, cells.length, timesMs[0]!);
      }),
      { numRuns: 300 },
    );
  });

  test("of damaged blocks: with other bits, cut off, or of other counts, times and cells", () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 200 });
    const header = fc.tuple(fc.nat(66), fc.nat(34));
    const changed = fc.record({
      spikes: block,
      bits: fc.array(fc.nat(20_000), { maxLength: 4 }),
      cutBytes: fc.oneof(fc.constant(0), fc.nat(100)),
      moreSpikes: fc.constantFrom(0, 1, 1000, BLOCK_SPIKES),
    });
    const damaged = changed.map(({ spikes, bits, cutBytes, moreSpikes }) => {
      const whole = encodeSpikes(spikes);
      const payload = whole.slice(0, Math.max(0, whole.length - cutBytes));
      if (payload.length > 0) {
        for (const bit of bits) payload[(bit >>> 3) % payload.length]! ^= 1 << (bit & 7);
      }
      return { payload, count: spikes.cells.length + moreSpikes, firstMs: spikes.timesMs[0]! };
    });
    const nonsense = fc
      .record({ bytes, header, count: fc.nat(500), firstMs: fc.oneof(timeMs, fc.double()) })
      .map(({ bytes: rest, header: widths, ...block }) => {
        return { ...block, payload: Uint8Array.of(...widths, ...rest) };
      });
    fc.assert(
      fc.property(fc.oneof(damaged, nonsense), ({ payload, count, firstMs }) => {
        expectEqual(payload, count, firstMs, 470);
      }),
      { numRuns: 1000 },
    );
  });
});

test("a payload is what docs/run-format.md says", () => {
  // Of 5 units of the last place, then of 2: with a width of 1, 001 1 and 01 0.
  const timesMs = Float64Array.of(1, 1 + 5 * 2 ** -52, 1 + 7 * 2 ** -52);
  const payload = encodeSpikes({ timesMs, cells: Uint32Array.of(6, 0, 3) });
  const bits = "00000001 00000011" + "10 110" + "0011 000" + "010 011";
  const bytes = bits.replaceAll(" ", "").padEnd(40, "0").match(/.{8}/g)!;
  expect([...payload]).toEqual(bytes.map((byte) => Number.parseInt(byte, 2)));
});

test("no other width makes a shorter code", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.array(fc.nat(1000), { minLength: 1 }), (exponent, steps) => {
      const gaps = [0, ...steps.map((step) => (step * 2 ** exponent) / 64)].map(Math.floor);
      let pattern = 0;
      const patterns = BigInt64Array.from(gaps, (gap) => {
        pattern += gap;
        return BigInt(pattern);
      });
      const cells = new Uint32Array(gaps.length);
      const payload = encodeSpikes({ timesMs: new Float64Array(patterns.buffer), cells });
      const lengths = Array.from({ length: 63 }, (_, k) => {
        const zeros = gaps.reduce((sum, gap) => sum + Math.floor(gap / 2 ** (k + 1)), 0);
        return 2 + Math.ceil((zeros + gaps.length * (1 + (k + 1) + 1)) / 8);
      });
      expect(payload).toHaveLength(Math.min(...lengths));
    }),
  );
});
