import type { Potentials } from "../engine/potentials.ts";
import { RecordingError } from "./errors.ts";
import {
  blockReadings,
  eachPotential,
  type PotentialReadings,
  potentialNames,
} from "./potentials.ts";

/** Collects readings of potentials until there is a block of them. */
export class PotentialBuffer {
  readonly #cells: number;
  readonly #timesMs: Float64Array;
  readonly #columns: Potentials;
  #count = 0;

  constructor(cells: number) {
    const most = blockReadings(cells);
    this.#cells = cells;
    this.#timesMs = new Float64Array(most);
    this.#columns = eachPotential(() => new Float64Array(most * cells));
  }

  /**
   * Adds a reading, and hands out the block that it may fill; its arrays are reused afterwards.
   *
   * @throws {RecordingError} when it is not of as many cells as are recorded
   */
  add(timeMs: number, potentials: Potentials, onBlock: (block: PotentialReadings) => void): void {
    for (const name of potentialNames) {
      const values = potentials[name];
      if (values.length !== this.#cells) {
        throw new RecordingError(
          `Got ${values.length} values; expected one for each of ${this.#cells} recorded cells.`,
        );
      }
      this.#columns[name].set(values, this.#count * this.#cells);
    }
    this.#timesMs[this.#count++] = timeMs;
    if (this.#count === this.#timesMs.length) this.take(onBlock);
  }

  /** Puts back what `copy` gave, in a buffer that is empty. */
  fill(readings: PotentialReadings): void {
    this.#timesMs.set(readings.timesMs);
    for (const name of potentialNames) this.#columns[name].set(readings[name]);
    this.#count = readings.timesMs.length;
  }

  /** Hands out what there is, if anything. */
  take(onBlock: (block: PotentialReadings) => void): void {
    if (this.#count > 0) onBlock(this.#view((values, end) => values.subarray(0, end)));
    this.#count = 0;
  }

  /** A copy of what there is. */
  copy(): PotentialReadings {
    return this.#view((values, end) => values.slice(0, end));
  }

  #view(part: (values: Float64Array, end: number) => Float64Array): PotentialReadings {
    return {
      timesMs: part(this.#timesMs, this.#count),
      ...eachPotential((name) => part(this.#columns[name], this.#count * this.#cells)),
    };
  }
}
