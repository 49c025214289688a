import { expect, it } from "vitest";
import { SpikeDigests } from "../../src/simulation/spike-digest.ts";

/** FNV-1a of 32 bits over whole numbers, in arithmetic without limits. */
const hashOf = (cells: readonly number[]) =>
  Number(
    cells.reduce((hash, cell) => ((hash ^ BigInt(cell)) * 16_777_619n) % 2n ** 32n, 2_166_136_261n),
  );

const timesMs = Float64Array.of(0, 1.5, 99_999.5, 100_000, 250_000, 399_999);
const cells = Uint32Array.of(469, 0, 7, 65_000, 3, 3);
const expected = [
  { count: 3, hash: hashOf([469, 0, 7]), sum: 100_001 },
  { count: 1, hash: hashOf([65_000]), sum: 0 },
  { count: 1, hash: hashOf([3]), sum: 50_000 },
  { count: 1, hash: hashOf([3]), sum: 99_999 },
  { count: 0, hash: hashOf([]), sum: 0 },
];

it("each 100 s have a count, a hash of cells in order, and a sum of times", () => {
  const digests = new SpikeDigests();
  digests.add(timesMs, cells);
  expect(digests.until(500_000)).toEqual(expected);
});

it("stretches that have not ended have no digest, and spikes may come one by one", () => {
  const digests = new SpikeDigests();
  timesMs.forEach((_, k) => {
    digests.add(timesMs.subarray(k, k + 2), cells.subarray(k, k + 2), 1);
  });
  expect(digests.until(399_999.5)).toEqual(expected.slice(0, 3));
  expect(digests.until(400_000)).toEqual(expected.slice(0, 4));
});

it("the order of cells counts", () => {
  const [one, other] = [
    [1, 2],
    [2, 1],
  ].map((pair) => {
    const digests = new SpikeDigests();
    digests.add(Float64Array.of(5, 5), Uint32Array.from(pair));
    return digests.until(100_000)[0]!;
  });
  expect(one!.sum).toBe(other!.sum);
  expect(one!.hash).not.toBe(other!.hash);
});
