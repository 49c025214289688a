import { AdditiveCongruentialGenerator } from "../../src/random/additive-congruential.ts";

/** Numbers from 0 to 1 whose successors do not depend on them, the same at every start. */
export function uniformNumbers(seed: number): () => number {
  const generator = new AdditiveCongruentialGenerator(seed);
  return () => generator.uniform();
}

/** Normal deviates of mean 0 and variance 1, the same at every start (Box & Muller 1958). */
export function normalNumbers(seed: number): () => number {
  const random = uniformNumbers(seed);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
}
