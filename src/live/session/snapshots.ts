import type { EntrySource } from "../../index.ts";
import type { SimulationState } from "../../recording/checkpoint.ts";

/** A column's complete state at one time, and what was to happen to it as far as was known then. */
export interface Snapshot {
  readonly timeMs: number;
  readonly state: SimulationState;
  readonly entries: readonly EntrySource[];
}

/** Memory that all snapshots may take together. */
const MOST_BYTES = 48e6;
const MOST_SNAPSHOTS = 64;
/**
 * A multiple of the time for which engines draw their input ahead: what is drawn beyond a snapshot
 * would have to be drawn again.
 */
const FIRST_SPACING_MS = 5120;

/**
 * Snapshots of one future at even distances, in bounded memory: where they become too many, every
 * second one is given up and the distance doubles.
 */
export class Snapshots {
  #kept: readonly Snapshot[] = [];
  #spacingMs = FIRST_SPACING_MS;

  /** The first time after one at which a snapshot is to be taken, ms. */
  dueAfter(timeMs: number): number {
    return this.#spacingMs * (Math.floor(timeMs / this.#spacingMs) + 1);
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Takes one that is due, and the first of all; others, and those that are known already, change nothing. */
  add(timeMs: number, take: () => Snapshot): void {
    const isKnown = this.#kept.some((one) => one.timeMs === timeMs);
    const isFirst = this.#kept.length === 0;
    if ((timeMs % this.#spacingMs !== 0 && !isFirst) || isKnown) return;
    const taken = take();
    const most = Math.max(4, Math.min(MOST_SNAPSHOTS, MOST_BYTES / taken.state.engine.length));
    this.#kept = [...this.#kept, taken].sort((a, b) => a.timeMs - b.timeMs);
    while (this.#kept.length > most) {
      this.#spacingMs *= 2;
      const isDue = ({ timeMs: takenMs }: Snapshot) => takenMs % this.#spacingMs === 0;
      this.#kept = this.#kept.filter((one, k) => k === 0 || isDue(one));
    }
  }

  /** The last one at or before a time. */
  before(timeMs: number): Snapshot | undefined {
    return this.#kept.findLast((one) => one.timeMs <= timeMs);
  }

  /** Those up to a time alone, as what follows it will be other. */
  copyUntil(timeMs: number): Snapshots {
    const copy = new Snapshots();
    copy.#kept = this.#kept.filter((one) => one.timeMs <= timeMs);
    copy.#spacingMs = this.#spacingMs;
    return copy;
  }
}
