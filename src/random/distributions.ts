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
  const { a, stretch } = polarPair(generator);
  return a * stretch * Math.sqrt(variance) + mean;
}

/** Standard normal deviates by the same method, of which every second one is used, too. */
export class NormalDeviates {
  readonly #generator: UniformGenerator;
  #kept: number | undefined;

  constructor(generator: UniformGenerator) {
    this.#generator = generator;
  }

  next(): number {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) return kept;
    const { a, b, stretch } = polarPair(this.#generator);
    this.#kept = b * stretch;
    return a * stretch;
  }
}

/** A point in the unit circle, and the factor of its coordinates that makes them normal deviates. */
function polarPair(generator: UniformGenerator) {
  for (;;) {
    const a = 2 * generator.uniform() - 1;
    const b = 2 * generator.uniform() - 1;
    const w = a * a + b * b;
    if (w <= 1) return { a, b, stretch: Math.sqrt((-2 * logarithm(w)) / w) };
  }
}
