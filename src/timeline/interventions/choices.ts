import type { CellState } from "../../engine/cell-state.ts";

/** Data on which a choice of a cell can depend. */
export interface ChoiceContext {
  /** Cells to choose from, ascending; not empty. */
  readonly living: readonly number[];
  readonly state: CellState;
  /** Quantity of each cell that scaling compares with its target. */
  readonly regulated: Float64Array;
  /** The next number in [0, 1) of the entry's own generator. */
  uniform(): number;
  /** The next normal deviate of mean 0 and variance 1. */
  normal(): number;
}

/** A way to choose a cell; the place of the chosen one among the living. */
export interface Choice {
  readonly description: string;
  choose(context: ChoiceContext): number;
}

/** The ways to choose cells that die, by the names that files have for them. */
export const choices = {
  random: {
    description: "each with the same probability",
    choose({ living, uniform }) {
      return Math.floor(living.length * drawn(uniform));
    },
  },
  "scale-factor": {
    description: "with a probability proportional to the scale factor",
    choose({ living, state: { scaleFactor }, uniform }) {
      const u = drawn(uniform);
      const total = living.reduce((sum, cell) => sum + scaleFactor[cell]!, 0);
      let sum = 0;
      const place = living.findIndex((cell) => {
        sum += scaleFactor[cell]!;
        return sum > u * total;
      });
      return place < 0 ? living.length - 1 : place;
    },
  },
  "scale-factor-squared": {
    description: "with a probability proportional to the square of the scale factor",
    choose({ living, state: { scaleFactor }, uniform }) {
      const u = drawn(uniform);
      const squared = (cell: number) => scaleFactor[cell]! * scaleFactor[cell]!;
      const total = living.reduce((sum, cell) => sum + squared(cell), 0);
      let sum = 0;
      const place = living.findIndex((cell) => {
        sum += squared(cell);
        return sum - TOLERANCE > u * total;
      });
      return place < 0 ? living.length - 1 : place;
    },
  },
  "extreme-scale-factor": {
    description: "the one with the highest scale factor or reciprocal scale factor, above 1",
    choose({ living, state: { scaleFactor }, uniform }) {
      const fallback = Math.floor(living.length * drawn(uniform));
      return mostExtreme(living, fallback, (cell, best) => {
        const scale = scaleFactor[cell]!;
        if (scale > best + TOLERANCE) return scale;
        return scale < 1 - TOLERANCE && 1 / scale > best + TOLERANCE ? 1 / scale : undefined;
      });
    },
  },
  "kick-start": {
    description:
      "the one with the highest scale factor above 1; if there is none, one of the first cells",
    choose({ living, state: { scaleFactor }, normal }) {
      const first = Math.max(0, Math.trunc(normal()));
      return mostExtreme(living, first, (cell, best) =>
        scaleFactor[cell]! > best + TOLERANCE ? scaleFactor[cell]! : undefined,
      );
    },
  },
  "highest-scale-factor": {
    description: "the one with the highest scale factor",
    choose: ({ living, state: { scaleFactor } }) => highest(living, (cell) => scaleFactor[cell]!),
  },
  "highest-rate": {
    description: "the one whose sensed rate is highest",
    choose: ({ living, state: { sensedRateKhz } }) =>
      highest(living, (cell) => sensedRateKhz[cell]!),
  },
  "lowest-rate": {
    description: "the one whose sensed rate is lowest",
    choose: ({ living, state: { sensedRateKhz } }) =>
      highest(living, (cell) => -sensedRateKhz[cell]!),
  },
  "excess-rate": {
    description:
      "the one whose sensed rate (2014 model: sensed charge) is highest relative to its target, among " +
      "cells that have a target",
    choose: ({ living, regulated, state: { targetRateKhz } }) =>
      highest(living, (cell) =>
        targetRateKhz[cell]! > 0 ? regulated[cell]! / targetRateKhz[cell]! : -1,
      ),
  },
} as const satisfies Readonly<Record<string, Choice>>;

export type ChoiceName = keyof typeof choices;

export const choiceNames = Object.keys(choices) as ChoiceName[];

/** The original's comparisons of numbers have this slack. */
const TOLERANCE = 1e-11;

/** The place of the cell that exceeds those before it most, beginning with 1; or the given place. */
function mostExtreme(
  living: readonly number[],
  fallback: number,
  exceeding: (cell: number, best: number) => number | undefined,
): number {
  let best = 1;
  let found = fallback;
  living.forEach((cell, place) => {
    const value = exceeding(cell, best);
    if (value === undefined) return;
    best = value;
    found = place;
  });
  return found;
}

/** The second of two numbers: setting a distribution costs the original a draw. */
function drawn(uniform: () => number): number {
  uniform();
  return uniform();
}

/** The place of the highest value; the first of equal ones. */
function highest(living: readonly number[], measure: (cell: number) => number): number {
  let best = 0;
  for (let place = 1; place < living.length; place++) {
    if (measure(living[place]!) > measure(living[best]!)) best = place;
  }
  return best;
}
