import type { StimulusInput } from "./stimulus.ts";

/** Inputs as a list in order of time: entry k reaches `cells[k]` at `timesMs[k]`. */
export interface InputList {
  readonly timesMs: Float64Array;
  readonly cells: ArrayLike<number>;
}

/** The listed inputs at `fromMs` and later, moved by `shiftMs`. */
export function* listedInputs(
  { timesMs, cells }: InputList,
  fromMs: number,
  shiftMs = 0,
): Generator<StimulusInput, void> {
  for (let k = firstAt(timesMs, fromMs, shiftMs); k < timesMs.length; k++) {
    yield { timeMs: timesMs[k]! + shiftMs, cell: cells[k]! };
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
