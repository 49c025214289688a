import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { NormalDeviates } from "../random/distributions.ts";

/**
 * Index of the first draw of a kick-start that names no cell in the original, where the rest of it
 * is abandoned; undefined if all `count` draws succeed.
 */
export function failingDraw(seed: number, count: number): number | undefined {
  const deviates = new NormalDeviates(new AdditiveCongruentialGenerator(seed));
  for (let draw = 0; draw < count; draw++) if (deviates.next() <= -2) return draw;
  return undefined;
}
