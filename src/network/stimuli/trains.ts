import type { PatternPlan } from "./pattern.ts";
import type { StimulusInput } from "./stimulus.ts";
import { TimeQueue } from "./time-queue.ts";

/** Seed of the generator of a train: no two trains of a stimulus share one. */
export const trainSeed = (seed: number, train: number): number =>
  (seed ^ Math.imul(train + 1, 0x9e3779b1)) >>> 0;

/**
 * The inputs of a train for each cell or of one for all, in order of time.
 *
 * @param timesOf the times of a train at `fromMs` and later, ascending
 */
export function* trainInputs(
  { cells, together, startMs, endMs }: PatternPlan,
  fromMs: number,
  timesOf: (train: number, fromMs: number) => Iterator<number, void>,
): Generator<StimulusInput, void> {
  const waiting = new TimeQueue<{ timeMs: number; order: number; times: Iterator<number, void> }>();
  const awaitNext = (order: number, times: Iterator<number, void>) => {
    const timeMs = times.next().value ?? Infinity;
    if (timeMs < endMs) waiting.add({ timeMs, order, times });
  };
  for (let train = 0; train < (together ? 1 : cells.length); train++) {
    awaitNext(train, timesOf(train, Math.max(fromMs, startMs)));
  }
  while (!waiting.isEmpty) {
    const { timeMs, order, times } = waiting.take();
    if (together) for (const cell of cells) yield { timeMs, cell };
    else yield { timeMs, cell: cells[order]! };
    awaitNext(order, times);
  }
}
