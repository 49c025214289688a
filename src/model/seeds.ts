import { ParameterError, throwIfAny } from "./parameter-error.ts";
import type { ParameterOverrides } from "./parameters.ts";

const largestSeed = 0xffffffff;

/**
 * Scrambles a seed and a purpose into 32 bits: multiply, then twice xor-shift and multiply.
 *
 * For one purpose, different seeds never give the same result: every step can be undone.
 */
function scramble(seed: number, purpose: number): number {
  let word = Math.imul(seed, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca77);
  word = Math.imul(word ^ (word >>> 15), 0x2c1b3c6d);
  word = Math.imul(word ^ (word >>> 12), 0x297a2d39);
  return (word ^ (word >>> 15)) >>> 0;
}

/**
 * The seeds of one replicate: 0 gives the published network and input, any other an independent one.
 *
 * In the 2014 model these are the replicates of the paper, 1 to 60, whose batch scripts set all seeds
 * to one number and divide the variance of the weights by it.
 *
 * Equal in every version. In the 2013 model, the input and trial seeds have 31 bits, as stream j of
 * the external input uses inputSeed + 10·j; the training seed is odd, so that no two volleys share a
 * seed.
 *
 * @param seed a whole number, 0 to 4294967295
 * @param parameters the model; 2013 by default
 * @throws {InvalidParametersError} if `seed` is not one
 *
 * @example
 * ```ts
 * import { resolveParameters, seedOverrides } from "isocortex";
 *
 * const replicate = resolveParameters({ protocol: "training", ...seedOverrides(3) });
 * console.log(replicate.wiringSeed);
 * ```
 */
export function seedOverrides(
  seed: number,
  { model = "2013" }: { readonly model?: "2013" | "2014" } = {},
): ParameterOverrides {
  if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed) {
    const allowed = `a whole number from 0 to ${largestSeed}`;
    const problem = { parameter: "seed", given: String(seed), allowed };
    throwIfAny([new ParameterError(`seed = ${seed}: expected ${allowed}.`, problem)]);
  }
  if (seed === 0) return {};
  if (model === "2014") return batchSeeds(seed);
  return {
    positionSeed: scramble(seed, 1),
    wiringSeed: scramble(seed, 2),
    weightSeed: scramble(seed, 3),
    inputSeed: scramble(seed, 4) >>> 1,
    trainingSeed: (scramble(seed, 5) | 1) >>> 0,
    trialSeed: scramble(seed, 7) >>> 1,
    deletionSeed: scramble(seed, 6),
  };
}

const batchSeeds = (seed: number): ParameterOverrides => ({
  positionSeed: seed,
  wiringSeed: seed,
  inputSeed: seed,
  stimulationSeed: seed,
  weightRandomization: -seed,
});
