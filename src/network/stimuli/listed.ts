import type { StimulusInput } from "./stimulus.ts";

/** Inputs as a list in order of time: entry k reaches `cells[k]` at `timesMs[k]`. */
export interface InputList {
  readonly timesMs: Float64Array;
  readonly cells: ArrayLike<number>;
  /** Their weights, where these differ. */
  readonly weightsMv?: Float64Array;
}

/** The listed inputs at `fromMs` and later, moved by `shiftMs`. */
export function* listedInputs(
  { timesMs, cells, weightsMv }: InputList,
  fromMs: number,
  shiftMs = 0,
): Generator<StimulusInput, void> {
  for (let k = firstAt(timesMs, fromMs, shiftMs); k < timesMs.length; k++) {
    const timeMs = timesMs[k]! + shiftMs;
    const cell = cells[k]!;
    yield weightsMv ? { timeMs, cell, weightMv: weightsMv[k]! } : { timeMs, cell };
  }
}

/** The place of the first time that is not before `fromMs`. */
function firstAt(timesMs: Float64Array, fromMs: number, shiftMs: number): number {
  let [first, end] = [0, timesMs.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (timesMs[middle]! + shiftMs < fromMs) first = middle + 1;
    else end = middle;
  }
  return first;
}
