import { logarithm } from "../numeric/logarithm.ts";

/** Anything that draws uniformly from [0, 1). */
export interface UniformGenerator {
  uniform(): number;
}

/** One draw, uniform in [low, high). */
export function uniform(generator: UniformGenerator, low: number, high: number): number {
  return low + (high - low) * generator.uniform();
}

/**
 * A normal deviate by Marsaglia's polar method, two draws an attempt.
 *
 * With a = 2u₁ − 1, b = 2u₂ − 1 and w = a² + b² ≤ 1: mean + a·√(−2 ln w / w)·√variance.
 * The method's second deviate is thrown away, as the original does.
 */
export function normal(generator: UniformGenerator, mean: number, variance: number): number {
  for (;;) {
    const a = 2 * generator.uniform() - 1;
    const b = 2 * generator.uniform() - 1;
    const w = a * a + b * b;
    if (w <= 1) return a * Math.sqrt((-2 * logarithm(w)) / w) * Math.sqrt(variance) + mean;
  }
}
