import {
  f64,
  f64At,
  type f64s,
  floor,
  type i32,
  type i32s,
  setF64,
  u32At,
  type u32s,
} from "../rules/prelude.ts";
import { placeOf } from "./places.ts";

/**
 * Adds spikes to each cell's count and sum of squared counts in bins, and to those of all together.
 *
 * @param lastBins each cell's last bin with spikes; its count there in `lastCounts`
 * @param totals sum and sum of squares of all, their last bin with spikes, and the count there
 */
export function synchrony(
  timesMs: f64s,
  cells: u32s,
  places: i32s,
  sums: f64s,
  squares: f64s,
  lastBins: f64s,
  lastCounts: f64s,
  totals: f64s,
  spikeCount: i32,
  placeCount: i32,
  startMs: f64,
  binMs: f64,
  binCount: f64,
): i32 {
  let total = f64At(totals, 0);
  let totalSquares = f64At(totals, 1);
  let current = f64At(totals, 2);
  let count = f64At(totals, 3);
  for (let k: i32 = 0; k < spikeCount; k++) {
    const place = placeOf(u32At(cells, k), places, placeCount);
    // Divisions overlap; whether the bin is that of the spike before cannot be predicted.
    const bin = floor((f64At(timesMs, k) - startMs) / binMs);
    // What follows the last whole bin is left out.
    if (place < 0 || bin < 0 || bin >= binCount) continue;
    // Another spike adds (n + 1)² − n² to the square of a count; no branch can foretell which do.
    const own = 1 + f64At(lastCounts, place) * f64(f64At(lastBins, place) === bin);
    setF64(lastBins, place, bin);
    setF64(lastCounts, place, own);
    setF64(sums, place, f64At(sums, place) + 1);
    setF64(squares, place, f64At(squares, place) + (2 * own - 1));
    count = 1 + count * f64(bin === current);
    current = bin;
    total += 1;
    totalSquares += 2 * count - 1;
  }
  setF64(totals, 0, total);
  setF64(totals, 1, totalSquares);
  setF64(totals, 2, current);
  setF64(totals, 3, count);
  return spikeCount;
}
