import { BLOCK_SPIKES, type Spikes } from "../encoding/spike-codec.ts";
import { RecordingError } from "./errors.ts";

/** Collects spikes until there is a block of them. */
export class SpikeBuffer {
  readonly #timesMs = new Float64Array(BLOCK_SPIKES);
  readonly #cells = new Uint32Array(BLOCK_SPIKES);
  readonly #cellCount: number;
  #count = 0;
  #lastMs: number;

  /** @param lastMs no spike may be earlier. */
  constructor(cellCount: number, lastMs = 0) {
    this.#cellCount = cellCount;
    this.#lastMs = lastMs;
  }

  get count(): number {
    return this.#count;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /** Adds spikes and hands out every block that they fill; its arrays are reused afterwards. */
  add({ timesMs, cells }: Spikes, count: number, onBlock: (block: Spikes) => void): void {
    this.#check(timesMs, cells, count);
    for (let spike = 0; spike < count; spike++) {
      // + 0 makes 0 of −0, whose bit pattern is greater than that of all times.
      this.#timesMs[this.#count] = timesMs[spike]! + 0;
      this.#cells[this.#count] = cells[spike]!;
      this.#count += 1;
      if (this.#count === BLOCK_SPIKES) this.take(onBlock);
    }
    if (count > 0) this.#lastMs = timesMs[count - 1]!;
  }

  /** Hands out what there is, if anything. */
  take(onBlock: (block: Spikes) => void): void {
    if (this.#count > 0) onBlock(this.#view());
    this.#count = 0;
  }

  /** A copy of what there is. */
  copy(): Spikes {
    const { timesMs, cells } = this.#view();
    return { timesMs: timesMs.slice(), cells: cells.slice() };
  }

  #view(): Spikes {
    return {
      timesMs: this.#timesMs.subarray(0, this.#count),
      cells: this.#cells.subarray(0, this.#count),
    };
  }

  #check(timesMs: Float64Array, cells: Uint32Array, count: number): void {
    let lastMs = this.#lastMs;
    for (let spike = 0; spike < count; spike++) {
      const timeMs = timesMs[spike]!;
      if (!(timeMs >= lastMs && timeMs < Number.POSITIVE_INFINITY)) {
        throw new RecordingError(
          `A spike at ${timeMs} ms cannot be recorded after one at ${lastMs} ms: ` +
            "spikes must come in order of time, from 0 ms on.",
        );
      }
      const cell = cells[spike]!;
      if (!(cell < this.#cellCount)) {
        throw new RecordingError(
          `A spike of cell ${cell} cannot be recorded: the network has cells 0 to ${this.#cellCount - 1}.`,
        );
      }
      lastMs = timeMs;
    }
  }
}
