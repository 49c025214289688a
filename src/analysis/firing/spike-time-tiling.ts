import { momentsOf } from "../statistics/moments.ts";
import { placesOfCells } from "./cell-groups.ts";
import { checkInterval, type Interval } from "./interval.ts";
import type { Spikes } from "./spikes.ts";

/** Mean spike-time tiling coefficient over pairs of cells. */
export interface SpikeTimeTilingResult {
  /** Mean over the pairs, −1 … 1; NaN if there are none. */
  readonly mean: number;
  /** Population standard deviation over the pairs. */
  readonly standardDeviation: number;
  /** Number of pairs of cells that both fire. */
  readonly pairCount: number;
  /** Largest distance of spikes that coincide, ms. */
  readonly windowMs: number;
}

/**
 * Spike-time tiling coefficient of pairs of cells A, B (Cutts & Eglen 2014, J Neurosci 34:14288):
 *
 *   STTC = ½ ((P_A − T_B) / (1 − P_A T_B) + (P_B − T_A) / (1 − P_B T_A))
 *
 * where P_A is the fraction of A's spikes within ± the window of a spike of B, and T_A the fraction
 * of time within ± the window of A's spikes. Unlike the correlation of counts it does not depend on
 * rates. Spikes are added block by block, in the memory of one window.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations).subarray(0, 20);
 * const tiling = new analysis.SpikeTimeTiling(cells, { startMs: 0, endMs: 2000 }, 50);
 * for (const spikes of run.spikeBlocks()) tiling.add(spikes);
 * console.log(tiling.result().mean);
 * ```
 */
export class SpikeTimeTiling {
  readonly #interval: Interval;
  readonly #windowMs: number;
  readonly #placeOfCell: Int32Array;
  readonly #counts: Float64Array;
  readonly #firstMs: Float64Array;
  readonly #lastMs: Float64Array;
  /** Time within the window of each cell's spikes, between its first and last. */
  readonly #tiledMs: Float64Array;
  /** Spikes of cell i near one of cell j, at i n + j. */
  readonly #near: Float64Array;
  /** Cells in order of their last spikes: the one that fired before each, and after it; n is the end. */
  readonly #earlier: Uint32Array;
  readonly #later: Uint32Array;
  /** Spikes in order of time, all of the last window among them. */
  #recentMs = new Float64Array(FEWEST_KEPT);
  #recentPlaces = new Uint32Array(FEWEST_KEPT);
  #recentCount = 0;

  /**
   * @param cells the cells whose pairs are compared, each once
   * @param windowMs largest distance of spikes that coincide, ms
   * @throws {IntervalError} if the interval is empty
   */
  constructor(cells: Uint32Array, interval: Interval, windowMs: number) {
    checkInterval(interval);
    this.#interval = interval;
    this.#windowMs = windowMs;
    this.#placeOfCell = placesOfCells(cells);
    const count = cells.length;
    this.#counts = new Float64Array(count);
    this.#firstMs = new Float64Array(count);
    this.#lastMs = new Float64Array(count + 1).fill(-Infinity);
    this.#tiledMs = new Float64Array(count);
    this.#near = new Float64Array(count ** 2);
    this.#earlier = Uint32Array.from(
      { length: count + 1 },
      (_, place) => (place + count) % (count + 1),
    );
    this.#later = Uint32Array.from({ length: count + 1 }, (_, place) => (place + 1) % (count + 1));
  }

  /** Adds spikes, in order of time; those outside the interval are left out. */
  add({ timesMs, cells }: Spikes): void {
    const { startMs, endMs } = this.#interval;
    const placeOfCell = this.#placeOfCell;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      const timeMs = timesMs[k]!;
      if (place >= 0 && timeMs >= startMs && timeMs < endMs) this.#addSpike(place, timeMs);
    }
  }

  /** Coefficients over all spikes added. */
  result(): SpikeTimeTilingResult {
    const tiled = this.#counts.map((_, place) => this.#tiledFraction(place));
    const coefficients: number[] = [];
    for (let i = 0; i < this.#counts.length; i++) {
      for (let j = 0; j < i; j++) {
        if (this.#counts[i] === 0 || this.#counts[j] === 0) continue;
        const ofA = tilingTerm(this.#nearFraction(i, j), tiled[j]!);
        const ofB = tilingTerm(this.#nearFraction(j, i), tiled[i]!);
        coefficients.push((ofA + ofB) / 2);
      }
    }
    const pairCount = coefficients.length;
    return { ...momentsOf(Float64Array.from(coefficients)), pairCount, windowMs: this.#windowMs };
  }

  #addSpike(place: number, timeMs: number): void {
    const [lastMs, near, earlier] = [this.#lastMs, this.#near, this.#earlier];
    const [recentMs, recentPlaces] = [this.#recentMs, this.#recentPlaces];
    const [count, windowMs, beforeMs] = [this.#counts.length, this.#windowMs, lastMs[place]!];
    const [sinceMs, row] = [timeMs - windowMs, place * count];
    const latest = this.#takeOut(place);
    // This spike is near other cells' last spikes.
    for (let other = latest; lastMs[other]! >= sinceMs; other = earlier[other]!) {
      near[row + other]! += 1;
    }
    // And all spikes of the window are near this, unless this cell's spike before was near them, too.
    for (let k = this.#recentCount - 1; k >= 0; k--) {
      if (!(recentMs[k]! >= sinceMs && recentMs[k]! - beforeMs > windowMs)) break;
      near[recentPlaces[k]! * count + place]! += 1;
    }
    if (this.#counts[place] === 0) this.#firstMs[place] = timeMs;
    else this.#tiledMs[place]! += Math.min(timeMs - beforeMs, 2 * windowMs);
    this.#counts[place]! += 1;
    lastMs[place] = timeMs;
    this.#putLast(place, latest);
    this.#keep(place, timeMs);
  }

  /** Takes a cell out of the order of last spikes; the cell of the latest then, n if there is none. */
  #takeOut(place: number): number {
    const [earlier, later] = [this.#earlier, this.#later];
    const [before, after] = [earlier[place]!, later[place]!];
    earlier[after] = before;
    later[before] = after;
    return earlier[this.#counts.length]!;
  }

  #putLast(place: number, latest: number): void {
    const end = this.#counts.length;
    this.#earlier[place] = latest;
    this.#later[latest] = place;
    this.#earlier[end] = place;
    this.#later[place] = end;
  }

  /** Keeps a spike among the recent ones; where there is no room, older ones give way. */
  #keep(place: number, timeMs: number): void {
    if (this.#recentCount === this.#recentMs.length) {
      const inWindow = this.#recentMs.findIndex((recentMs) => recentMs >= timeMs - this.#windowMs);
      const first = inWindow < 0 ? this.#recentCount : inWindow;
      this.#recentCount -= first;
      const room = Math.max(FEWEST_KEPT, 2 * this.#recentCount);
      const [keptMs, keptPlaces] = [
        this.#recentMs.subarray(first),
        this.#recentPlaces.subarray(first),
      ];
      this.#recentMs = new Float64Array(room);
      this.#recentPlaces = new Uint32Array(room);
      this.#recentMs.set(keptMs);
      this.#recentPlaces.set(keptPlaces);
    }
    this.#recentMs[this.#recentCount] = timeMs;
    this.#recentPlaces[this.#recentCount++] = place;
  }

  #nearFraction(place: number, other: number): number {
    return this.#near[place * this.#counts.length + other]! / this.#counts[place]!;
  }

  #tiledFraction(place: number): number {
    const { startMs, endMs } = this.#interval;
    const before = Math.min(this.#windowMs, this.#firstMs[place]! - startMs);
    const after = Math.min(this.#windowMs, endMs - this.#lastMs[place]!);
    return (this.#tiledMs[place]! + before + after) / (endMs - startMs);
  }
}

/** Room for recent spikes, at least. */
const FEWEST_KEPT = 4096;

/** One half of the coefficient; 1 where all spikes are near and all time is tiled. */
const tilingTerm = (near: number, tiled: number): number =>
  near * tiled === 1 ? 1 : (near - tiled) / (1 - near * tiled);
