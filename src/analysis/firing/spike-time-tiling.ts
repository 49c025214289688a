import { momentsOf } from "../statistics/moments.ts";
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
  readonly #cellCount: number;
  /** Place of each cell among the chosen; −1 elsewhere. */
  readonly #placeOfCell: Int32Array;
  readonly #counts: Float64Array;
  readonly #firstMs: Float64Array;
  readonly #lastMs: Float64Array;
  /** Time within the window of each cell's spikes, between its first and last. */
  readonly #tiledMs: Float64Array;
  /** Spikes of cell i near one of cell j, at i n + j. */
  readonly #near: Float64Array;
  /** Spikes of the last window, from #oldest on. */
  readonly #recentMs: number[] = [];
  readonly #recentPlaces: number[] = [];
  #oldest = 0;

  /**
   * @param cells the cells whose pairs are compared, each once
   * @param windowMs largest distance of spikes that coincide, ms
   * @throws {IntervalError} if the interval is empty
   */
  constructor(cells: Uint32Array, interval: Interval, windowMs: number) {
    checkInterval(interval);
    this.#interval = interval;
    this.#windowMs = windowMs;
    this.#cellCount = cells.length;
    const most = cells.reduce((last, cell) => Math.max(last, cell), 0);
    this.#placeOfCell = new Int32Array(most + 1).fill(-1);
    cells.forEach((cell, place) => {
      this.#placeOfCell[cell] = place;
    });
    this.#counts = new Float64Array(cells.length);
    this.#firstMs = new Float64Array(cells.length);
    this.#lastMs = new Float64Array(cells.length).fill(-Infinity);
    this.#tiledMs = new Float64Array(cells.length);
    this.#near = new Float64Array(cells.length ** 2);
  }

  /** Adds spikes, in order of time; those outside the interval are left out. */
  add({ timesMs, cells }: Spikes): void {
    const { startMs, endMs } = this.#interval;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < this.#placeOfCell.length ? this.#placeOfCell[cell]! : -1;
      const timeMs = timesMs[k]!;
      if (place >= 0 && timeMs >= startMs && timeMs < endMs) this.#addSpike(place, timeMs);
    }
  }

  /** Coefficients over all spikes added. */
  result(): SpikeTimeTilingResult {
    const tiled = this.#counts.map((_, place) => this.#tiledFraction(place));
    const coefficients: number[] = [];
    for (let i = 0; i < this.#cellCount; i++) {
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
    const [last, near, order] = [this.#lastMs, this.#near, this.#cellCount];
    this.#forget(timeMs - this.#windowMs);
    const beforeMs = last[place]!;
    for (let k = this.#oldest; k < this.#recentMs.length; k++) {
      const [other, recentMs] = [this.#recentPlaces[k]!, this.#recentMs[k]!];
      if (other === place) continue;
      // This spike is near the other cell's, of which the latest counts for all.
      if (recentMs === last[other]) near[place * order + other]! += 1;
      // And that one near this, unless this cell's spike before was near it, too.
      if (Math.abs(recentMs - beforeMs) > this.#windowMs) near[other * order + place]! += 1;
    }
    if (this.#counts[place] === 0) this.#firstMs[place] = timeMs;
    else this.#tiledMs[place]! += Math.min(timeMs - beforeMs, 2 * this.#windowMs);
    this.#counts[place]! += 1;
    last[place] = timeMs;
    this.#recentMs.push(timeMs);
    this.#recentPlaces.push(place);
  }

  #forget(untilMs: number): void {
    while (this.#recentMs[this.#oldest]! < untilMs) this.#oldest++;
    if (this.#oldest < MOST_FORGOTTEN) return;
    this.#recentMs.splice(0, this.#oldest);
    this.#recentPlaces.splice(0, this.#oldest);
    this.#oldest = 0;
  }

  #nearFraction(place: number, other: number): number {
    return this.#near[place * this.#cellCount + other]! / this.#counts[place]!;
  }

  #tiledFraction(place: number): number {
    const { startMs, endMs } = this.#interval;
    const before = Math.min(this.#windowMs, this.#firstMs[place]! - startMs);
    const after = Math.min(this.#windowMs, endMs - this.#lastMs[place]!);
    return (this.#tiledMs[place]! + before + after) / (endMs - startMs);
  }
}

/** Earlier spikes that are kept until they are removed together. */
const MOST_FORGOTTEN = 4096;

/** One half of the coefficient; 1 where all spikes are near and all time is tiled. */
const tilingTerm = (near: number, tiled: number): number =>
  near * tiled === 1 ? 1 : (near - tiled) / (1 - near * tiled);
