import type { SharedStream } from "./shared-stream.ts";

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
 * Times of one cell's train, ascending: a fixed number of the points of a random walk that fills
 * the interval. The original's arithmetic, as all cells' last times coincide but for rounding.
 */
export function trainTimes(plan: TrainPlan, seed: number, stream: SharedStream): Float64Array {
  const { fromMs, untilMs, rateHz, points } = plan;
  const walk = randomWalk(plan, seed, stream);
  stream.high = seed;
  const count = Math.min(points, Math.floor(((untilMs - fromMs) * rateHz) / 1000));
  const chosen = stream.choose(count, points);
  return Float64Array.from(chosen, (place) => walk[place]! + fromMs).sort();
}

/** Ascending times within the interval, from 0 to its length. */
function randomWalk(
  { fromMs, untilMs, points, signal }: TrainPlan,
  seed: number,
  stream: SharedStream,
): Float64Array {
  const steps = new Float64Array(points);
  // The original takes the seed for the range of the draws, which only shifts rounding.
  const sum = stream.fill(steps, seed, signal);
  const factor = (untilMs - fromMs) / sum;
  let time = 0;
  for (let point = 0; point < points; point++) {
    time += steps[point]! * factor;
    steps[point] = time;
  }
  return steps;
}
