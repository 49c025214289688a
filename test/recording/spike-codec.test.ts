import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BLOCK_SPIKES,
  decodeSpikes,
  encodeSpikes,
  type Spikes,
} from "../../src/recording/spike-codec.ts";
import { randomSpikes } from "./small-run.ts";

function expectRoundTrip(spikes: Spikes): void {
  const { timesMs, cells } = spikes;
  expect(decodeSpikes(encodeSpikes(spikes), cells.length, timesMs[0]!)).toEqual(spikes);
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
