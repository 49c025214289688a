import { BitWriter } from "../numeric/bit-writer.ts";
import { compiledUnpacking } from "./compiled-unpacking.ts";

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

/** Room for so many spikes. */
export const spikeRoom = (count: number): Spikes => ({
  timesMs: new Float64Array(count),
  cells: new Uint32Array(count),
});

/**
 * Unpacks a block of `count` spikes of which the first was at `firstMs`.
 *
 * @param room for a full block; without it, the spikes have arrays of their own
 * @throws {RangeError} when it does not hold that many, or some of other cells than the network's
 */
export function decodeSpikes(
  payload: Uint8Array,
  count: number,
  firstMs: number,
  cellCount = Number.POSITIVE_INFINITY,
  room?: Spikes,
): Spikes {
  if (count > BLOCK_SPIKES) throw new RangeError(`it cannot contain ${count} spikes`);
  const spikes = room
    ? { timesMs: room.timesMs.subarray(0, count), cells: room.cells.subarray(0, count) }
    : spikeRoom(count);
  const largestCell = compiledUnpacking()?.unpack(payload, firstMs, spikes);
  // Damage is found bit by bit.
  if (largestCell === undefined) unpackPlainly(payload, firstMs, spikes);
  if ((largestCell ?? Infinity) >= cellCount) checkCells(spikes.cells, cellCount);
  return spikes;
}

/** Unpacks spikes bit by bit, whatever the widths of their fields. */
function unpackPlainly(payload: Uint8Array, firstMs: number, { timesMs, cells }: Spikes): void {
  const count = cells.length;
  const [gapWidth = 0, cellWidth = 0] = payload;
  if (gapWidth > 63 || cellWidth > 32) throw new RangeError(`it does not contain ${count} spikes`);
  timesMs.fill(firstMs);
  const patterns = new BigUint64Array(timesMs.buffer, timesMs.byteOffset, count);
  const endBit = 8 * payload.length;
  let bit = 16;
  const nextBit = () => {
    const value = ((payload[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1;
    bit++;
    return value;
  };
  const field = (width: number) => {
    let value = 0n;
    for (let k = 0; k < width; k++) value = 2n * value + BigInt(nextBit());
    return value;
  };
  for (let spike = 0; spike < count; spike++) {
    let zeros = 0n;
    while (nextBit() === 0) {
      if (bit > endBit) throw new RangeError("it is too short");
      zeros++;
    }
    const gap = (zeros << BigInt(gapWidth)) + field(gapWidth);
    patterns[spike] = patterns[Math.max(spike - 1, 0)]! + gap;
    cells[spike] = Number(field(cellWidth));
  }
  if (bit > endBit) throw new RangeError(`it does not contain ${count} spikes`);
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
