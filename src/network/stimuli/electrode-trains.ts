import { walkPoints } from "./compiled-walks.ts";
import type { SharedStream } from "./shared-stream.ts";
import type { CellWalk } from "./walks.ts";

/** Regularity and length of the trains of one stimulus list. */
export interface TrainPlan {
  /** The interval that the trains fill, ms. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly rateHz: number;
  /** Number of times from which those of the train are chosen. */
  readonly points: number;
  /** A recorded signal by which intervals are divided, one value for each of the points. */
  readonly signal?: readonly number[] | undefined;
}

/**
 * Times of the trains of cells with these seeds, ascending: a fixed number of the points of a random
 * walk that fills the interval. The original's arithmetic, as all cells' last times coincide but for
 * rounding; it takes the seed for the range of the draws, which only shifts rounding.
 */
export function trainTimes(
  { fromMs, untilMs, rateHz, points, signal }: TrainPlan,
  seeds: readonly number[],
  stream: SharedStream,
): Float64Array[] {
  const lengthMs = untilMs - fromMs;
  const count = Math.min(points, Math.floor((lengthMs * rateHz) / 1000));
  const walks = seeds.map((seed): CellWalk => {
    const { high } = stream.position;
    stream.high = seed;
    return { high, factor: seed, places: stream.choose(count, points).sort() };
  });
  const placeFactors = signal && Float64Array.from(signal, (value) => 1 / value);
  const plan = { low: stream.position.low, steps: points, placeFactors, lengthMs };
  return walkPoints(plan, walks).map((walk) => walk.map((timeMs) => timeMs + fromMs).sort());
}
