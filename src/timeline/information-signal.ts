import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";

/** Means of consecutive blocks of a signal over 1 / `meanRateHz`, as far as `lengthMs` reaches. */
export function blockMeans(
  values: ArrayLike<number>,
  { rateHz, meanRateHz, lengthMs }: { rateHz: number; meanRateHz: number; lengthMs: number },
): number[] {
  const size = Math.max(1, Math.floor(rateHz / meanRateHz));
  const used = Math.min(values.length, Math.floor((rateHz * lengthMs) / 1000));
  return Array.from({ length: Math.floor(used / size) }, (_, block) => {
    let sum = 0;
    for (let k = block * size; k < (block + 1) * size; k++) sum += values[k]!;
    return sum / size;
  });
}

/** Seed of the synthetic signal. */
const SEED = 154_096;

/**
 * A synthetic signal of the range of the original's recorded one, about ±0.08, which cannot be
 * distributed: correlated noise, the same in every run.
 */
export function syntheticSignal(count: number): number[] {
  const generator = new AdditiveCongruentialGenerator(SEED);
  let value = 0;
  return Array.from({ length: count }, () => {
    value = 0.6 * value + 0.032 * (2 * generator.uniform() - 1);
    return Number(value.toPrecision(6));
  });
}
