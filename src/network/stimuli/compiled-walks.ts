import {
  BLOCK,
  END,
  GROUP,
  MOST_DRAWS,
  MOST_SLOTS,
  OFFSET,
  PLACE_FACTORS,
  POINTS,
  SCALES,
  SLOT,
  SLOTS,
  SPAN,
  STEP_FACTORS,
  SUMS,
} from "../../kernel/walk-memory.ts";
import { instantiate, loader } from "../../webassembly/loading.ts";
import { kernelBase64 } from "./walk-binary.ts";
import { type CellWalk, plainWalks, type WalkPlan, type Walks } from "./walks.ts";

/** The functions of kernel/walks.ts. */
interface WalkKernel {
  begin(): void;
  draw(high: number, low: number, count: number): void;
  walk(firstSlot: number, count: number): void;
  walkByPlace(firstSlot: number, count: number): void;
}

/** Random walks in WebAssembly: the bits of `plainWalks`, many times as fast. */
export class CompiledWalks {
  readonly #kernel: WalkKernel;
  readonly #placeFactors: Float64Array;
  readonly #points: Float64Array;
  readonly #slots: Float64Array;
  readonly #slotWords: Int32Array;

  /** @throws {Error} where the environment cannot compile them */
  constructor() {
    const { exports, memory } = instantiate(kernelBase64, END);
    this.#kernel = exports as unknown as WalkKernel;
    this.#placeFactors = new Float64Array(memory.buffer, PLACE_FACTORS, BLOCK);
    this.#points = new Float64Array(memory.buffer, POINTS, 2 * BLOCK * GROUP);
    this.#slots = new Float64Array(memory.buffer, SLOTS, SLOT * MOST_SLOTS);
    this.#slotWords = new Int32Array(memory.buffer, SLOTS, 2 * SLOT * MOST_SLOTS);
    this.#kernel.begin();
  }

  points(plan: WalkPlan, walks: readonly CellWalk[]): Float64Array[] {
    return neighbourhoods(walks).flatMap((near) => {
      const lanes = lanesOf(near);
      const firstHigh = near[0]!.high - SPAN / 2;
      this.#sum(plan, lanes, firstHigh);
      this.#walk(plan, lanes, firstHigh);
      return lanes.map(({ points }) => points);
    });
  }

  /** Sums up the steps of each walk, and sets the factor by which they fill the interval. */
  #sum(plan: WalkPlan, lanes: readonly Lane[], firstHigh: number): void {
    this.#slots.fill(0);
    for (const { walk, at } of lanes) {
      this.#slots[at + STEP_FACTORS] = walk.factor;
      this.#slots[at + SCALES] = 1;
      // The slot's first walk comes first, and only it sets where the draws of both begin.
      if (at % SLOT === 0) this.#slotWords[2 * (at + OFFSET)] = (walk.high - firstHigh) | 0;
    }
    const walk = this.#stepping(plan);
    const slots = lanes.at(-1)!.at / SLOT;
    for (const { count } of this.#blocks(plan, firstHigh, plan.steps)) {
      for (let slot = 0; slot <= slots; slot += GROUP) walk(slot, count);
    }
    for (const { at } of lanes) {
      this.#slots[at + SCALES] = plan.lengthMs / this.#slots[at + SUMS]!;
      this.#slots[at + SUMS] = 0;
    }
  }

  /** Goes the walks again, up to the last point that is wanted, and keeps those that are. */
  #walk(plan: WalkPlan, lanes: readonly Lane[], firstHigh: number): void {
    const walk = this.#stepping(plan);
    const end = lanes.reduce((most, { walk }) => Math.max(most, (walk.places.at(-1) ?? -1) + 1), 0);
    for (const { first, count } of this.#blocks(plan, firstHigh, end)) {
      let served = -1;
      for (const lane of lanes) {
        const slot = Math.floor(lane.at / SLOT);
        if (slot > served) {
          walk(slot, count);
          served = slot + GROUP - 1;
        }
        this.#keep(lane, first, count);
      }
    }
  }

  #stepping({ placeFactors }: WalkPlan): WalkKernel["walk"] {
    return placeFactors ? this.#kernel.walkByPlace : this.#kernel.walk;
  }

  #keep(lane: Lane, first: number, count: number): void {
    const { places } = lane.walk;
    const ofLane = 2 * (Math.floor(lane.at / SLOT) % GROUP) + (lane.at % SLOT);
    while (places[lane.kept]! < first + count) {
      const step = places[lane.kept]! - first;
      lane.points[lane.kept++] = this.#points[2 * GROUP * step + ofLane]!;
    }
  }

  /** Draws steps block by block. */
  *#blocks({ low, placeFactors }: WalkPlan, firstHigh: number, steps: number) {
    for (let first = 0; first < steps; first += BLOCK) {
      const count = Math.min(BLOCK, steps - first);
      this.#kernel.draw(firstHigh + first, low, MOST_DRAWS);
      if (placeFactors) this.#placeFactors.set(placeFactors.subarray(first, first + count));
      yield { first, count };
    }
  }
}

/** A walk in its lane of a slot. */
interface Lane {
  readonly walk: CellWalk;
  /** Place of the lane's first number among those of all slots. */
  readonly at: number;
  readonly points: Float64Array;
  /** Number of points that are there. */
  kept: number;
}

/** Lanes of walks: two whose draws begin one apart share a slot. */
function lanesOf(walks: readonly CellWalk[]): Lane[] {
  let at = -SLOT;
  let shared = true;
  return walks.map((walk, k) => {
    shared = !shared && ((walk.high - walks[k - 1]!.high) | 0) === 1;
    at = shared ? at + 1 : SLOT * (Math.floor(at / SLOT) + 1);
    return { walk, at, points: new Float64Array(walk.places.length), kept: 0 };
  });
}

/** Walks divided into successive ones whose first draws are near each other. */
function neighbourhoods(walks: readonly CellWalk[]): CellWalk[][] {
  const found: CellWalk[][] = [];
  for (const walk of walks) {
    const near = found.at(-1);
    const distance = near ? Math.abs((walk.high - near[0]!.high) | 0) : Infinity;
    if (near && distance < SPAN / 2 && near.length < MOST_SLOTS) near.push(walk);
    else found.push([walk]);
  }
  return found;
}

const walks = loader<{ points: Walks }>(
  () => new CompiledWalks(),
  () => ({ points: plainWalks }),
);

/** Points of each of several walks, compiled where the environment can, to the same bits. */
export const walkPoints: Walks = (plan, each) => walks().points(plan, each);
