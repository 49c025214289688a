/** A mean that rises from left to right, with limits that widen. */
export function risingBand(length: number, factor = 1) {
  const mean = Float64Array.from({ length }, (_, k) => factor * (1 + k / 2));
  return {
    mean,
    lower: mean.map((value, k) => value - 0.1 * factor * (1 + k)),
    upper: mean.map((value, k) => value + 0.1 * factor * (1 + k)),
    count: new Uint32Array(length).fill(3),
    shows: "95 % Student interval of the mean over 3 seeds",
  };
}

/** Single runs: no limits. */
export function withoutLimits(length: number, factor = 1) {
  const none = new Float64Array(length).fill(Number.NaN);
  return { ...risingBand(length, factor), lower: none, upper: none };
}
