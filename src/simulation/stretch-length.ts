import { totalCellCount } from "../model/cell-counts.ts";

/**
 * So many times the events of a stretch may come unexpectedly. Cells never all fire as often as they
 * can; hyperactive ones reach two fifths of that.
 */
const MOST_UNEXPECTED = 4;

/** Length of a stretch where it is not known what comes, ms. */
const FIRST_STRETCH_MS = 1;

/** Lengths of stretches of simulation that have a bounded number of events, ms. */
export class StretchLength {
  readonly #events: number;
  /** Of a stretch whatever comes: more where there are more cells than in the published column. */
  readonly #mostEvents: number;
  /** Estimated from the last stretch. */
  #nextMs = FIRST_STRETCH_MS;

  /**
   * @param events cell events of a stretch, as far as it can be foreseen
   * @param cellCount of the network: the end of a stretch costs time for each, so that those of large
   *   networks may have more events if these come unexpectedly
   */
  constructor(events: number, cellCount: number) {
    this.#events = events;
    this.#mostEvents = events * Math.max(MOST_UNEXPECTED, cellCount / totalCellCount(1));
  }

  /**
   * End of the stretch that begins at a time; however late in a run, time advances.
   *
   * @param mostEventsPerMs what the network can take in
   */
  endMs(beganMs: number, mostEventsPerMs: number): number {
    const lengthMs = Math.min(this.#mostEvents / mostEventsPerMs, this.#nextMs);
    return Math.max(beganMs * (1 + Number.EPSILON), beganMs + lengthMs);
  }

  /** Takes into account how many events a stretch had. */
  learn(lastedMs: number, events: number): void {
    if (lastedMs === 0) return;
    this.#nextMs = Math.min(2 * this.#nextMs, (lastedMs * this.#events) / Math.max(1, events));
  }

  /** After an intervention, it is not known what comes. */
  forget(): void {
    this.#nextMs = FIRST_STRETCH_MS;
  }
}
