import type { CellState } from "../../engine/cell-state.ts";

/** Data on which a choice of a cell can depend. */
export interface ChoiceContext {
  /** Cells to choose from, ascending; not empty. */
  readonly living: readonly number[];
  readonly state: CellState;
  /** The next number in [0, 1) of the entry's own generator. */
  uniform(): number;
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
      "the one whose sensed rate is highest relative to its target, among cells that have a target",
    choose: ({ living, state: { sensedRateKhz, targetRateKhz } }) =>
      highest(living, (cell) =>
        targetRateKhz[cell]! > 0 ? sensedRateKhz[cell]! / targetRateKhz[cell]! : -1,
      ),
  },
} as const satisfies Readonly<Record<string, Choice>>;

export type ChoiceName = keyof typeof choices;

export const choiceNames = Object.keys(choices) as ChoiceName[];

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
