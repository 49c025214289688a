import { randomNumbers } from "../recording/small-run.ts";

/** Normal deviates of mean 0 and variance 1, the same at every start (Box & Muller 1958). */
export function normalNumbers(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
}
