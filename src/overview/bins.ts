/** Widths of bins, each a multiple of the one before, ms. */
export const binWidthsMs = [
  0.01, 0.05, 0.2, 1, 5, 20, 100, 500, 2000, 10_000, 50_000, 200_000, 1_000_000,
] as const;

/** Width of the widest bins that are not wider than a time, ms. */
export const widthWithin = (mostMs: number): number =>
  binWidthsMs.findLast((binMs) => binMs <= mostMs) ?? binWidthsMs[0];

/** Counts below this have a code of their own. */
const EXACT = 64;

/** Steps of a code from one power of two to the next. */
const STEPS = 16;

/** A count as a byte: exact below 64, to 3 % above. */
export function countCode(count: number): number {
  if (count < EXACT) return count;
  const exponent = 31 - Math.clz32(count);
  const step = (count >>> (exponent - 4)) - STEPS;
  return Math.min(255, EXACT + STEPS * (exponent - 6) + step);
}

/** Count of each code: the middle of those that have it. */
export const codeCounts: Uint32Array = Uint32Array.from({ length: 256 }, (_, code) => {
  if (code < EXACT) return code;
  const exponent = 6 + Math.floor((code - EXACT) / STEPS);
  const width = 2 ** (exponent - 4);
  return (STEPS + ((code - EXACT) % STEPS)) * width + Math.floor(width / 2);
});
