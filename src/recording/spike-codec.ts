import { BitWriter } from "./bit-writer.ts";

/** Spikes per full block. */
export const BLOCK_SPIKES = 8192;

/** Spikes in order of time: cell `cells[k]` fires at `timesMs[k]`. */
export interface Spikes {
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
}

/**
 * Packs spikes, at least one and all at times ≥ 0 ms, into the payload of a block, without loss.
 *
 * The bit patterns of IEEE 754 numbers ≥ 0, read as integers, grow with the numbers. The gap from
 * each pattern to the next is Golomb–Rice coded, and the cell follows in as many bits as the
 * block's largest needs; see docs/run-format.md.
 */
export function encodeSpikes({ timesMs, cells }: Spikes): Uint8Array {
  const patterns = new BigUint64Array(timesMs.buffer, timesMs.byteOffset, timesMs.length);
  const gaps = patterns.map((pattern, spike) => pattern - patterns[Math.max(spike - 1, 0)]!);
  const gapWidth = shortestWidth(gaps);
  const cellWidth = 32 - Math.clz32(cells.reduce((all, cell) => all | cell, 1));
  // A gap takes at most 63 bits, a one and, on average, 2 zeros; a cell at most 32 bits.
  const bits = new BitWriter(2 + 13 * cells.length);
  bits.write(gapWidth, 8);
  bits.write(cellWidth, 8);
  const shift = BigInt(gapWidth);
  for (let spike = 0; spike < cells.length; spike++) {
    const gap = gaps[spike]!;
    bits.writeUnary(Number(gap >> shift));
    bits.writeLong(gap, gapWidth);
    bits.write(cells[spike]!, cellWidth);
  }
  return bits.finish();
}

/**
 * Unpacks a block of `count` spikes of which the first was at `firstMs`.
 *
 * @throws {RangeError} when it does not hold that many, or some of other cells than the network's
 */
export function decodeSpikes(
  payload: Uint8Array,
  count: number,
  firstMs: number,
  cellCount = Number.POSITIVE_INFINITY,
): Spikes {
  if (count > BLOCK_SPIKES) throw new RangeError(`it cannot contain ${count} spikes`);
  const timesMs = new Float64Array(count).fill(firstMs);
  const cells = new Uint32Array(count);
  // Words can be read near the end, too: beyond it, all bits are 0.
  const bytes = new Uint8Array(payload.length + 12);
  bytes.set(payload);
  const [gapWidth, cellWidth] = [bytes[0]!, bytes[1]!];
  if (gapWidth > 63 || cellWidth > 32) throw new RangeError(`it does not contain ${count} spikes`);
  const endBit = 8 * payload.length;
  const bit = unpackSpikes(bytes, endBit, gapWidth, cellWidth, timesMs, cells);
  if (bit > endBit) throw new RangeError(`it does not contain ${count} spikes`);
  checkCells(cells, cellCount);
  return { timesMs, cells };
}

/**
 * Unpacks spikes into arrays, the first of which holds the first time everywhere; the bit after the
 * last.
 *
 * A time's pattern is kept as two words of 32 bits: an order of magnitude faster than one of 64.
 */
function unpackSpikes(
  bytes: Uint8Array,
  endBit: number,
  gapWidth: number,
  cellWidth: number,
  timesMs: Float64Array,
  cells: Uint32Array,
): number {
  const words = new Uint32Array(timesMs.buffer);
  // Fields of up to 32 bits in two halves: a word holds 25 bits from any bit on.
  const highWidth = Math.max(gapWidth - 32, 0);
  const lowWidth = gapWidth - highWidth;
  const zerosPerWord = 2 ** (32 - lowWidth);
  let [low, high] = [words[0]!, words[1]!];
  let bit = 16;
  for (let spike = 0; spike < cells.length; spike++) {
    let zeros = 0;
    let ahead = wordAt(bytes, bit);
    while (ahead >>> 7 === 0) {
      if (bit > endBit) throw new RangeError("it is too short");
      bit += 25;
      zeros += 25;
      ahead = wordAt(bytes, bit);
    }
    const leading = Math.clz32(ahead);
    zeros += leading;
    bit += leading + 1;
    high += highWidth > 0 ? zeros * 2 ** highWidth : Math.floor(zeros / zerosPerWord);
    high += fieldAt(bytes, bit, highWidth);
    bit += highWidth;
    low += highWidth > 0 || lowWidth === 32 ? 0 : (zeros << lowWidth) >>> 0;
    low += fieldAt(bytes, bit, lowWidth);
    bit += lowWidth;
    if (low >= 4294967296) {
      low -= 4294967296;
      high++;
    }
    words[2 * spike] = low;
    words[2 * spike + 1] = high;
    cells[spike] = fieldAt(bytes, bit, cellWidth);
    bit += cellWidth;
  }
  return bit;
}

/** The bits from one on, the first of them the highest; at least 25 of them. */
function wordAt(bytes: Uint8Array, bit: number): number {
  const at = bit >>> 3;
  const word = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  return word << (bit & 7);
}

/** A number of 0 to 32 bits. */
function fieldAt(bytes: Uint8Array, bit: number, width: number): number {
  if (width === 0) return 0;
  if (width <= 25) return wordAt(bytes, bit) >>> (32 - width);
  const high = wordAt(bytes, bit) >>> (48 - width);
  return ((high << 16) | (wordAt(bytes, bit + width - 16) >>> 16)) >>> 0;
}

/** @throws {RangeError} when a cell is not one of so many */
export function checkCells(cells: Iterable<number>, cellCount: number): void {
  for (const cell of cells) {
    if (!(cell < cellCount)) throw new RangeError(`cell ${cell} exceeds the ${cellCount} cells`);
  }
}

/** Number of low bits of each gap that are stored unchanged, 1 … 63, for the shortest code. */
function shortestWidth(gaps: BigUint64Array): number {
  const sizes = Float64Array.from(gaps, Number);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  // The best width is near log2 of the mean gap; two less is never too much.
  const first = Math.max(1, Math.floor(Math.log2(mean)) - 2);
  for (let width = first, scale = 2 ** -(first + 1); ; width++, scale /= 2) {
    // One more would add a bit to every gap, and save half of its zeros, rounded up.
    let saved = 0;
    for (const size of sizes) saved += Math.floor(size * scale + 0.5);
    if (saved <= sizes.length) return width;
  }
}
