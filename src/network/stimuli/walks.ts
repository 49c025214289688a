import { mcellRan4 } from "../../random/mcell-ran4.ts";

/** Properties common to the random walks of several cells. */
export interface WalkPlan {
  /** Lower index of their draws. */
  readonly low: number;
  readonly steps: number;
  /** Factors of the steps by their place; 1 by default. */
  readonly placeFactors?: Float64Array | undefined;
  /** Sum of all steps, once they are multiplied by one factor, ms. */
  readonly lengthMs: number;
}

/** The random walk of a cell, of which some points are wanted. */
export interface CellWalk {
  /** Upper index of its first draw. */
  readonly high: number;
  /** Factor of its steps. */
  readonly factor: number;
  /** Places of the points, ascending. */
  readonly places: Uint32Array;
}

export type Walks = (plan: WalkPlan, walks: readonly CellWalk[]) => Float64Array[];

/** Distance of neighbouring draws. */
const UNIT = 1 / 0x1_0000_0000;

/** Points of walks, whose sums are in the order of the steps. */
export const plainWalks: Walks = (plan, walks) => walks.map((walk) => plainWalk(plan, walk));

function plainWalk(plan: WalkPlan, { high, factor, places }: CellWalk): Float64Array {
  const { low, steps, placeFactors, lengthMs } = plan;
  const stepAt = (place: number) =>
    mcellRan4(high + place, low) * UNIT * factor * (placeFactors ? placeFactors[place]! : 1);
  let sum = 0;
  for (let place = 0; place < steps; place++) sum += stepAt(place);
  let point = 0;
  let place = -1;
  return Float64Array.from(places, (wanted) => {
    while (place < wanted) point += stepAt(++place) * (lengthMs / sum);
    return point;
  });
}
