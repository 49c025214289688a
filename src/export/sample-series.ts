import type { RunExcerpt } from "./excerpt.ts";
import { type SampleQuantity, type SampleRow, sampleQuantities } from "./sample-quantities.ts";

/** Bytes of decoded values that may wait for their turn. */
export const MOST_WAITING_BYTES = 2 ** 26;

/** A quantity with its values: a row of all cells for each sample. */
export interface SampleSeries {
  readonly quantity: SampleQuantity;
  readonly rows: () => Generator<SampleRow>;
}

/**
 * Quantities of a run's samples, to be read in this order: while one is read, the rows of those
 * that follow wait, as far as there is room. What does not fit is decoded again.
 */
export function sampleSeries(run: RunExcerpt, mostBytes = MOST_WAITING_BYTES): SampleSeries[] {
  const quantities = sampleQuantities(run);
  const waiting = new WaitingRows(quantities.length, mostBytes);
  return quantities.map((quantity, place) => ({
    quantity,
    *rows() {
      for (const index of run.sampleTimesMs.keys()) {
        const row = waiting.take(place, index);
        if (row) run.rowsRead += row.length;
        yield row ?? decoded(place, index);
      }
    },
  }));

  function decoded(place: number, index: number): SampleRow {
    const sample = run.sample(index);
    for (let later = place + 1; later < quantities.length; later++) {
      waiting.put(later, index, quantities[later]!.values(sample));
    }
    return quantities[place]!.values(sample);
  }
}

/** Rows by the place of their quantity and the index of their sample; equal neighbours are one. */
class WaitingRows {
  readonly #rows: Map<number, SampleRow>[];
  #freeBytes: number;

  constructor(places: number, mostBytes: number) {
    this.#rows = Array.from({ length: places }, () => new Map());
    this.#freeBytes = mostBytes;
  }

  /** Keeps a row, if there is room. */
  put(place: number, index: number, row: SampleRow): void {
    const rows = this.#rows[place]!;
    if (rows.has(index)) return;
    const before = rows.get(index - 1);
    if (before && isSame(before, row)) {
      rows.set(index, before);
    } else if (row.byteLength <= this.#freeBytes) {
      rows.set(index, row);
      this.#freeBytes -= row.byteLength;
    }
  }

  take(place: number, index: number): SampleRow | undefined {
    const rows = this.#rows[place]!;
    const row = rows.get(index);
    rows.delete(index);
    const isShared = row === rows.get(index - 1) || row === rows.get(index + 1);
    if (row && !isShared) this.#freeBytes += row.byteLength;
    return row;
  }
}

/** True of the same bytes. */
function isSame(one: SampleRow, other: SampleRow): boolean {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: SampleRow) =>
  new Uint8Array(buffer, byteOffset, byteLength);
