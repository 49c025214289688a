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
 * Adds spikes to each cell's count, and to the pairs of spikes in the same bin.
 *
 * @param pairs those of which the later is of cell i and the earlier of cell j, at i n + j
 * @param counts each cell's count in the current bin; `active` has the places of those above 0
 * @param current how many are active, and the bin
 */
export function correlation(
  timesMs: f64s,
  cells: u32s,
  places: i32s,
  sums: f64s,
  pairs: f64s,
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
      for (let j: i32 = 0; j < activeCount; j++) setF64(counts, i32(u32At(active, j)), 0);
      activeCount = 0;
      currentBin = bin;
    }
    const row = place * cellCount;
    for (let j: i32 = 0; j < activeCount; j++) {
      const other = i32(u32At(active, j));
      setF64(pairs, row + other, f64At(pairs, row + other) + f64At(counts, other));
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
