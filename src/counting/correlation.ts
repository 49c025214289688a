import {
  f64,
  f64At,
  type f64s,
  floor,
  i32,
  type i32s,
  setF64,
  setU32,
  u32,
  u32At,
  type u32s,
} from "../rules/prelude.ts";
import { placeOf } from "./places.ts";

/**
 * Adds spikes to each cell's sum of counts in bins, and to the products of two cells' counts, once
 * the bin has ended.
 *
 * @param products x_i x_j summed over bins, at i n + j or j n + i
 * @param counts each cell's count in the current bin; `active` has the places of those above 0
 * @param current number of these, and the bin
 */
export function correlation(
  timesMs: f64s,
  cells: u32s,
  places: i32s,
  sums: f64s,
  products: f64s,
  counts: f64s,
  active: u32s,
  current: f64s,
  spikeCount: i32,
  placeCount: i32,
  cellCount: i32,
  startMs: f64,
  binMs: f64,
  binCount: f64,
): i32 {
  let activeCount = i32(f64At(current, 0));
  let currentBin = f64At(current, 1);
  for (let k: i32 = 0; k < spikeCount; k++) {
    const place = placeOf(u32At(cells, k), places, placeCount);
    const bin = floor((f64At(timesMs, k) - startMs) / binMs);
    // What follows the last whole bin is left out.
    if (place < 0 || bin < 0 || bin >= binCount) continue;
    if (bin !== currentBin) {
      closeBin(products, counts, active, activeCount, cellCount);
      activeCount = 0;
      currentBin = bin;
    }
    const count = f64At(counts, place);
    // A cell that is active already is put where the next one comes.
    setU32(active, activeCount, u32(place));
    activeCount += i32(count === 0);
    setF64(counts, place, count + 1);
    setF64(sums, place, f64At(sums, place) + 1);
  }
  setF64(current, 0, f64(activeCount));
  setF64(current, 1, currentBin);
  return spikeCount;
}

/** Adds the products of a bin's counts, and begins the next. */
function closeBin(
  products: f64s,
  counts: f64s,
  active: u32s,
  activeCount: i32,
  cellCount: i32,
): void {
  for (let k: i32 = 0; k < activeCount; k++) {
    const place = i32(u32At(active, k));
    const row = place * cellCount;
    const count = f64At(counts, place);
    for (let j: i32 = 0; j <= k; j++) {
      const at = row + i32(u32At(active, j));
      setF64(products, at, f64At(products, at) + count * f64At(counts, i32(u32At(active, j))));
    }
  }
  for (let k: i32 = 0; k < activeCount; k++) setF64(counts, i32(u32At(active, k)), 0);
}
