import { negativeLogFraction } from "../../numeric/logarithm.ts";
import { mcellRan4 } from "../../random/mcell-ran4.ts";
import { pattern } from "./pattern.ts";
import { trainInputs, trainSeed } from "./trains.ts";

/** Events of a block on average, and draws set aside for it: far more than a block ever needs. */
const BLOCK_EVENTS = 32;
const BLOCK_DRAWS = 256;

export const poisson = pattern({
  description: "at random times, independent of each other",
  keys: {},
  inputs: (plan, fromMs) =>
    trainInputs(plan, fromMs, (train, earliestMs) =>
      poissonTimes(plan.rateHz, trainSeed(plan.seed, train), earliestMs),
    ),
});

/**
 * The times of a Poisson train at `fromMs` and later.
 *
 * Time is cut into blocks, each with draws of its own, so that a train can begin anywhere: what is
 * left of an interval at the beginning of a block is exponential as well.
 */
function* poissonTimes(rateHz: number, seed: number, fromMs: number): Generator<number, void> {
  const meanMs = 1000 / rateHz;
  const blockMs = BLOCK_EVENTS * meanMs;
  for (let block = Math.floor(fromMs / blockMs); ; block++) {
    const endMs = (block + 1) * blockMs;
    let timeMs = block * blockMs;
    for (let draw = block * BLOCK_DRAWS; timeMs < endMs; draw++) {
      timeMs += meanMs * negativeLogFraction(mcellRan4(draw, seed));
      if (timeMs >= fromMs && timeMs < endMs) yield timeMs;
    }
  }
}
