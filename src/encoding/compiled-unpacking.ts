import { instantiate, loader } from "../webassembly/loading.ts";
import { kernelBase64 } from "./unpacking-binary.ts";
import {
  CELLS,
  END,
  LARGEST_CELL,
  MOST_BYTES,
  MOST_SPIKES,
  PAYLOAD,
  TIMES,
} from "./unpacking-memory.ts";

/** Widest fields that the compiled code reads; those of records are half as wide. */
const WIDEST_GAP = 57;
const WIDEST_CELL = 32;

/** The bytes of two words, which may be read beyond the end. */
const zeros = new Uint8Array(16);

type Unpack = (
  bytes: number,
  count: number,
  firstMs: number,
  gapWidth: number,
  cellWidth: number,
) => number;

/** Unpacks blocks of spikes in WebAssembly, many times as fast as bit by bit. */
class CompiledUnpacking {
  readonly #unpack: Unpack;
  readonly #payload: Uint8Array;
  readonly #timesMs: Float64Array;
  readonly #cells: Uint32Array;
  readonly #largestCell: Uint32Array;

  /** @throws {Error} where the environment cannot compile it */
  constructor() {
    const { exports, memory } = instantiate(kernelBase64, END);
    this.#unpack = exports["unpack"] as Unpack;
    this.#payload = new Uint8Array(memory.buffer, PAYLOAD, MOST_BYTES);
    this.#timesMs = new Float64Array(memory.buffer, TIMES, MOST_SPIKES);
    this.#cells = new Uint32Array(memory.buffer, CELLS, MOST_SPIKES);
    this.#largestCell = new Uint32Array(memory.buffer, LARGEST_CELL, 1);
  }

  /**
   * Unpacks a payload of as many spikes as there is room for, the first at `firstMs`; the largest of
   * their cells, or undefined where something is unusual, or damaged.
   */
  unpack(
    payload: Uint8Array,
    firstMs: number,
    { timesMs, cells }: { readonly timesMs: Float64Array; readonly cells: Uint32Array },
  ): number | undefined {
    const [gapWidth = 0, cellWidth = 0] = payload;
    if (gapWidth === 0 || gapWidth > WIDEST_GAP) return undefined;
    if (cellWidth === 0 || cellWidth > WIDEST_CELL) return undefined;
    if (payload.length + zeros.length > MOST_BYTES) return undefined;
    this.#payload.set(payload);
    this.#payload.set(zeros, payload.length);
    const count = cells.length;
    const bit = this.#unpack(payload.length, count, firstMs, gapWidth, cellWidth);
    if (bit < 0 || bit > 8 * payload.length) return undefined;
    timesMs.set(this.#timesMs.subarray(0, count));
    cells.set(this.#cells.subarray(0, count));
    return this.#largestCell[0]!;
  }
}

/** The compiled code; undefined where there is none, as in a page that does not allow WebAssembly. */
export const compiledUnpacking = loader<CompiledUnpacking | undefined>(
  () => new CompiledUnpacking(),
  () => undefined,
);
