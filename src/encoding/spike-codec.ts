import { BitWriter } from "../numeric/bit-writer.ts";

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
  const timesMs = new Float64Array(count);
  const cells = new Uint32Array(count);
  // Fields can be read near the end, too: beyond it, all bits are 0.
  const bytes = new Uint8Array(payload.length + 20);
  bytes.set(payload);
  const [gapWidth, cellWidth] = [bytes[0]!, bytes[1]!];
  if (gapWidth > 63 || cellWidth > 32) throw new RangeError(`it does not contain ${count} spikes`);
  const packed = { bytes, endBit: 8 * payload.length, gapWidth, cellWidth };
  const bit =
    unpackUsual(packed, firstMs, timesMs, cells) ?? unpackAny(packed, firstMs, timesMs, cells);
  if (bit > packed.endBit) throw new RangeError(`it does not contain ${count} spikes`);
  checkCells(cells, cellCount);
  return { timesMs, cells };
}

/** A block's bits, and the widths of the fields in them. */
interface PackedSpikes {
  readonly bytes: Uint8Array;
  readonly endBit: number;
  readonly gapWidth: number;
  readonly cellWidth: number;
}

/** Bits of a word of 32 that are there whatever bit of a byte it begins at. */
const WORD_BITS = 25;

/** Widest gaps of which so many are exact in a double as a word has leading zeros. */
const WIDEST_USUAL_GAP = 48;

/**
 * Unpacks spikes as nearly all records have them, many times as fast as `unpackAny`; the bit
 * after the last, undefined where something is unusual.
 *
 * From one power of two to the next, times are a unit apart, and a gap is added as so many units;
 * nothing is rounded.
 */
function unpackUsual(
  { bytes, endBit, gapWidth, cellWidth }: PackedSpikes,
  firstMs: number,
  timesMs: Float64Array,
  cells: Uint32Array,
): number | undefined {
  if (gapWidth > WIDEST_USUAL_GAP || gapWidth === 0) return undefined;
  if (cellWidth > WORD_BITS || cellWidth === 0) return undefined;
  if (!(firstMs >= 0) || Object.is(firstMs, -0)) return undefined;
  const view = new DataView(bytes.buffer);
  const highWidth = gapWidth > WORD_BITS ? gapWidth - 24 : gapWidth;
  const lowWidth = gapWidth - highWidth;
  const [zeroUnits, highUnits] = [2 ** gapWidth, 2 ** lowWidth];
  // Of more, with those of another word, the units might not be exact.
  const mostZeros = 2 ** 53 / zeroUnits - WORD_BITS;
  const [highShift, lowShift, cellShift] = [32 - highWidth, 32 - lowWidth, 32 - cellWidth];
  let timeMs = firstMs;
  let { unitMs, limitMs } = spacingAt(timeMs);
  let bit = 16;
  for (let spike = 0; spike < cells.length; spike++) {
    if (bit > endBit) return undefined;
    let zeros = 0;
    let ahead = view.getUint32(bit >>> 3) << (bit & 7);
    while (ahead >>> (32 - WORD_BITS) === 0) {
      bit += WORD_BITS;
      zeros += WORD_BITS;
      if (bit > endBit || zeros > mostZeros) return undefined;
      ahead = view.getUint32(bit >>> 3) << (bit & 7);
    }
    const leading = Math.clz32(ahead);
    bit += leading + 1;
    zeros += leading;
    const high = (view.getUint32(bit >>> 3) << (bit & 7)) >>> highShift;
    bit += highWidth;
    let units = zeros * zeroUnits + high * highUnits;
    if (lowWidth > 0) {
      units += (view.getUint32(bit >>> 3) << (bit & 7)) >>> lowShift;
      bit += lowWidth;
    }
    const nextMs = timeMs + units * unitMs;
    if (nextMs < limitMs) {
      timeMs = nextMs;
    } else {
      timeMs = timeAfter(timeMs, units);
      if (!(timeMs < Infinity)) return undefined;
      ({ unitMs, limitMs } = spacingAt(timeMs));
    }
    timesMs[spike] = timeMs;
    cells[spike] = (view.getUint32(bit >>> 3) << (bit & 7)) >>> cellShift;
    bit += cellWidth;
  }
  return bit;
}

/** The distance from a time to the next that a double can be, and where it becomes another, ms. */
function spacingAt(timeMs: number) {
  // The distance stays the same down to 0 below the least power of two with all bits.
  let exponent = -1022;
  if (timeMs >= 2 ** -1022) {
    exponent = Math.floor(Math.log2(timeMs));
    if (timeMs < 2 ** exponent) exponent--;
    else if (timeMs >= 2 ** (exponent + 1)) exponent++;
  }
  return { unitMs: 2 ** (exponent - 52), limitMs: 2 ** (exponent + 1) };
}

/** The time that is so many doubles after another. */
function timeAfter(timeMs: number, units: number): number {
  const time = new Float64Array([timeMs]);
  const pattern = new BigUint64Array(time.buffer);
  pattern[0]! += BigInt(units);
  return time[0]!;
}

/** Unpacks any spikes, bit by bit; the bit after the last. */
function unpackAny(
  { bytes, endBit, gapWidth, cellWidth }: PackedSpikes,
  firstMs: number,
  timesMs: Float64Array,
  cells: Uint32Array,
): number {
  timesMs.fill(firstMs);
  const patterns = new BigUint64Array(timesMs.buffer);
  let bit = 16;
  const nextBit = () => {
    const value = ((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1;
    bit++;
    return value;
  };
  const field = (width: number) => {
    let value = 0n;
    for (let k = 0; k < width; k++) value = 2n * value + BigInt(nextBit());
    return value;
  };
  for (let spike = 0; spike < cells.length; spike++) {
    let zeros = 0n;
    while (nextBit() === 0) {
      if (bit > endBit) throw new RangeError("it is too short");
      zeros++;
    }
    const gap = (zeros << BigInt(gapWidth)) + field(gapWidth);
    patterns[spike] = patterns[Math.max(spike - 1, 0)]! + gap;
    cells[spike] = Number(field(cellWidth));
  }
  return bit;
}

/** @throws {RangeError} when a cell is not one of so many */
export function checkCells(cells: ArrayLike<number>, cellCount: number): void {
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k]!;
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
