import type { CellState } from "../engine/cell-state.ts";
import type { Column } from "../timeline/column.ts";
import { measures } from "../timeline/condition-measures.ts";
import { type Condition, LOOK_MS } from "../timeline/when.ts";

/** Looks, again and again, whether a condition holds. */
export class ConditionWatch {
  readonly #condition: Condition;
  readonly #cells: readonly number[];
  readonly #isCounted: Uint8Array;
  readonly #looks: number;
  /** Spikes since each of the last looks, the earliest first; those since the last one at the end. */
  #counts: number[] = [0];

  constructor(condition: Condition, column: Column) {
    this.#condition = condition;
    this.#cells = column.cells(condition.cells);
    this.#isCounted = new Uint8Array(column.network.cellCount);
    for (const cell of this.#cells) this.#isCounted[cell] = 1;
    this.#looks = condition.overMs / LOOK_MS;
  }

  get countsSpikes(): boolean {
    return this.#condition.measure === "rate";
  }

  countSpikes(cells: Uint32Array, count: number): void {
    let own = 0;
    for (let k = 0; k < count; k++) own += this.#isCounted[cells[k]!]!;
    this.#counts[this.#counts.length - 1]! += own;
  }

  /** State for a checkpoint. */
  get counts(): readonly number[] {
    return [...this.#counts];
  }

  set counts(counts: readonly number[]) {
    this.#counts = counts.length > 0 ? [...counts] : [0];
  }

  /** True if the condition holds now; never before spikes have been counted for long enough. */
  look(state: () => CellState): boolean {
    const { measure, isAbove, limit, overMs } = this.#condition;
    const isFull = this.#counts.length >= this.#looks;
    const spikes = this.#counts.reduce((sum, one) => sum + one, 0);
    this.#counts.push(0);
    if (this.#counts.length > this.#looks) this.#counts.shift();
    if (!isFull) return false;
    const value = measures[measure].measure({ cells: this.#cells, state: state(), spikes, overMs });
    return isAbove ? value > limit : value < limit;
  }
}
