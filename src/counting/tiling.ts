import {
  f64,
  f64At,
  type f64s,
  i32,
  type i32s,
  min,
  setF64,
  setU32,
  u32,
  u32At,
  type u32s,
} from "../rules/prelude.ts";
import { placeOf } from "./places.ts";

/**
 * Adds spikes to the numbers of each cell's spikes near those of each other, and to the time that is
 * near each cell's spikes; the number of those that were added before there was no room for another.
 *
 * @param near spikes of cell i near one of cell j, at i n + j
 * @param recentMs spikes in order of time, all of the last window among them: of the cells at
 *   `recentPlaces`, the `recentOrders`th of each cell
 * @param recent their number
 */
export function tiling(
  timesMs: f64s,
  cells: u32s,
  places: i32s,
  counts: f64s,
  firstMs: f64s,
  lastMs: f64s,
  tiledMs: f64s,
  near: f64s,
  recentMs: f64s,
  recentPlaces: u32s,
  recentOrders: f64s,
  recent: u32s,
  spikeCount: i32,
  placeCount: i32,
  cellCount: i32,
  room: i32,
  startMs: f64,
  endMs: f64,
  windowMs: f64,
): i32 {
  let recentCount = i32(u32At(recent, 0));
  let k: i32 = 0;
  for (; k < spikeCount; k++) {
    const place = placeOf(u32At(cells, k), places, placeCount);
    const timeMs = f64At(timesMs, k);
    if (place < 0 || timeMs < startMs || timeMs >= endMs) continue;
    const sinceMs = timeMs - windowMs;
    if (recentCount === room) {
      recentCount = keepRecent(recentMs, recentPlaces, recentOrders, room, sinceMs);
      if (recentCount === room) break;
    }
    const count = f64At(counts, place);
    const beforeMs = f64At(lastMs, place);
    const row = place * cellCount;
    for (let j = recentCount - 1; j >= 0; j--) {
      const recentSpikeMs = f64At(recentMs, j);
      if (!(recentSpikeMs >= sinceMs)) break;
      const other = i32(u32At(recentPlaces, j));
      // This spike is near other cells' last spikes.
      const isLast = f64At(recentOrders, j) === f64At(counts, other);
      setF64(near, row + other, f64At(near, row + other) + f64(isLast));
      // And all are near this, unless this cell's spike before was near them, too.
      const column = other * cellCount + place;
      setF64(near, column, f64At(near, column) + f64(recentSpikeMs - beforeMs > windowMs));
    }
    if (count === 0) setF64(firstMs, place, timeMs);
    else setF64(tiledMs, place, f64At(tiledMs, place) + min(timeMs - beforeMs, 2 * windowMs));
    setF64(counts, place, count + 1);
    setF64(lastMs, place, timeMs);
    setF64(recentMs, recentCount, timeMs);
    setU32(recentPlaces, recentCount, u32(place));
    setF64(recentOrders, recentCount, count + 1);
    recentCount++;
  }
  setU32(recent, 0, u32(recentCount));
  return k;
}

/** Keeps those from a time on; their number. */
function keepRecent(
  recentMs: f64s,
  recentPlaces: u32s,
  recentOrders: f64s,
  recentCount: i32,
  sinceMs: f64,
): i32 {
  let first: i32 = 0;
  while (first < recentCount && f64At(recentMs, first) < sinceMs) first++;
  for (let k = first; k < recentCount; k++) {
    setF64(recentMs, k - first, f64At(recentMs, k));
    setU32(recentPlaces, k - first, u32At(recentPlaces, k));
    setF64(recentOrders, k - first, f64At(recentOrders, k));
  }
  return recentCount - first;
}
