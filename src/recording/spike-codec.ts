import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";

/** Spikes per full block. */
export const BLOCK_SPIKES = 8192;

/** Spikes in order of time: cell `cells[k]` fired at `timesMs[k]`. */
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
  if (count > BLOCK_SPIKES) throw new RangeError(`it cannot hold ${count} spikes`);
  const timesMs = new Float64Array(count).fill(firstMs);
  const cells = new Uint32Array(count);
  const patterns = new BigUint64Array(timesMs.buffer);
  const bits = new BitReader(payload);
  const gapWidth = bits.read(8);
  const cellWidth = bits.read(8);
  const shift = BigInt(gapWidth);
  let pattern = patterns[0]!;
  for (let spike = 0; spike < count; spike++) {
    pattern += (BigInt(bits.readUnary()) << shift) + bits.readLong(gapWidth);
    patterns[spike] = pattern;
    cells[spike] = bits.read(cellWidth);
  }
  if (bits.isExhausted) throw new RangeError(`it does not hold ${count} spikes`);
  checkCells(cells, cellCount);
  return { timesMs, cells };
}

/** @throws {RangeError} when a cell is not one of so many */
export function checkCells(cells: Iterable<number>, cellCount: number): void {
  for (const cell of cells) {
    if (!(cell < cellCount)) throw new RangeError(`cell ${cell} is none of the ${cellCount} cells`);
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
