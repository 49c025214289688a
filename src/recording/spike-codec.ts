import { unzlibSync, zlibSync } from "fflate";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";
import { type CellOrder, escapeWidth, RecencyRanks } from "./cell-order.ts";

/** Spikes per full block. */
export const BLOCK_SPIKES = 8192;

/** Consecutive spikes whose intervals are coded alike. */
const GROUP_SPIKES = 256;

/** Ranks from here on take this byte and an escape. */
const ESCAPE = 255;

const TWO_32 = 2 ** 32;

/** Spikes in order of time: cell `cells[k]` fired at `timesMs[k]`. */
export interface Spikes {
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
}

/**
 * How many low bits of a group's intervals are written as they are (Golomb–Rice coding): the
 * shortest code for exponentially distributed intervals of the given mean.
 */
function riceWidth(mean: number): number {
  let width = 0;
  // 0.4812 = −ln((√5 − 1) / 2)
  for (let rest = 0.4812 * mean; rest >= 1; rest /= 2) width++;
  return width;
}

/**
 * Packs spikes into the payload of a block, and back, without loss; see docs/run-format.md.
 *
 * Of each time, the difference of its IEEE 754 bit pattern, read as an integer, from that of the
 * time before is Rice coded; of each cell, the recency rank is Huffman coded by zlib.
 */
export class SpikeCodec {
  readonly #ranks: RecencyRanks;
  readonly #escapeWidth: number;
  readonly #bits: BitWriter;
  /** One byte per rank, then the widths of all groups. */
  readonly #bytes = new Uint8Array(BLOCK_SPIKES + BLOCK_SPIKES / GROUP_SPIKES);

  constructor(order: CellOrder) {
    this.#ranks = new RecencyRanks(order);
    this.#escapeWidth = escapeWidth(order.cells.length);
    // A time takes at most 63 low bits and, on average, less than 6 others; an escape at most 32.
    this.#bits = new BitWriter(BLOCK_SPIKES * 13);
  }

  /** Packs the first `count` spikes, 1 … BLOCK_SPIKES of them, in order of time and all ≥ 0 ms. */
  encode(timesMs: Float64Array, cells: Uint32Array, count: number): Uint8Array {
    const bytes = this.#bytes;
    let length = count;
    this.#ranks.reset();
    for (let first = 0; first < count; first += GROUP_SPIKES) {
      const end = Math.min(first + GROUP_SPIKES, count);
      bytes[length++] = this.#encodeGroup(timesMs, cells, first, end);
    }
    // Level 1, as the search for repetitions of the others finds none here.
    const packed = zlibSync(bytes.subarray(0, length), { level: 1 });
    const bits = this.#bits.take();
    const payload = new Uint8Array(4 + packed.length + bits.length);
    new DataView(payload.buffer).setUint32(0, packed.length, true);
    payload.set(packed, 4);
    payload.set(bits, 4 + packed.length);
    return payload;
  }

  /** Writes the spikes `first` … `end` − 1 and returns their width. */
  #encodeGroup(timesMs: Float64Array, cells: Uint32Array, first: number, end: number): number {
    const bytes = this.#bytes;
    const bits = this.#bits;
    const ranks = this.#ranks;
    const escapeBits = this.#escapeWidth;
    const words = new Uint32Array(timesMs.buffer, timesMs.byteOffset, 2 * end);
    const before = Math.max(first - 1, 0);
    let low = words[2 * before]!;
    let high = words[2 * before + 1]!;
    const spanHigh = words[2 * end - 1]! - high;
    const span = spanHigh * TWO_32 + words[2 * end - 2]! - low;
    const width = riceWidth(span / (end - first));

    for (let spike = first; spike < end; spike++) {
      const nextLow = words[2 * spike]!;
      const nextHigh = words[2 * spike + 1]!;
      const borrow = nextLow < low ? 1 : 0;
      const gapLow = nextLow - low + borrow * TWO_32;
      const gapHigh = nextHigh - high - borrow;
      low = nextLow;
      high = nextHigh;
      if (width < 32) {
        bits.writeUnary((gapHigh << (32 - width)) | (gapLow >>> width));
        bits.write(gapLow, width);
      } else {
        bits.writeUnary(gapHigh >>> (width - 32));
        bits.write(gapHigh, width - 32);
        bits.write(gapLow, 32);
      }
      const rank = ranks.rankOf(cells[spike]!);
      if (rank < ESCAPE) {
        bytes[spike] = rank;
      } else {
        bytes[spike] = ESCAPE;
        bits.write(rank - ESCAPE, escapeBits);
      }
    }
    return width;
  }

  /** Unpacks a block of `count` spikes of which the first was at `firstMs`. */
  decode(payload: Uint8Array, count: number, firstMs: number): Spikes {
    const packedLength = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
    const bytes = unzlibSync(payload.subarray(4, 4 + packedLength));
    const bits = new BitReader(payload.subarray(4 + packedLength));
    const spikes = { timesMs: new Float64Array(count), cells: new Uint32Array(count) };
    spikes.timesMs[0] = firstMs;
    this.#ranks.reset();
    for (let first = 0; first < count; first += GROUP_SPIKES) {
      const width = bytes[count + first / GROUP_SPIKES]!;
      const end = Math.min(first + GROUP_SPIKES, count);
      this.#decodeGroup(bits, bytes, width, spikes, first, end);
    }
    return spikes;
  }

  /** Reads the spikes `first` … `end` − 1. */
  #decodeGroup(
    bits: BitReader,
    bytes: Uint8Array,
    width: number,
    { timesMs, cells }: Spikes,
    first: number,
    end: number,
  ): void {
    const ranks = this.#ranks;
    const escapeBits = this.#escapeWidth;
    const words = new Uint32Array(timesMs.buffer);
    const before = Math.max(first - 1, 0);
    let low = words[2 * before]!;
    let high = words[2 * before + 1]!;

    for (let spike = first; spike < end; spike++) {
      const quotient = bits.readUnary();
      if (width < 32) {
        // Not in one shift, as that by 32 would be one by 0.
        high += (quotient >>> 1) >>> (31 - width);
        low += ((quotient << width) >>> 0) + bits.read(width);
      } else {
        high += (quotient << (width - 32)) + bits.read(width - 32);
        low += bits.read(32);
      }
      if (low >= TWO_32) {
        low -= TWO_32;
        high += 1;
      }
      words[2 * spike] = low;
      words[2 * spike + 1] = high;
      const byte = bytes[spike]!;
      cells[spike] = ranks.cellAt(byte < ESCAPE ? byte : ESCAPE + bits.read(escapeBits));
    }
  }
}
