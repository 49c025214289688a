import { callLoop } from "../../counting/compiled-loops.ts";
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
  /** Spikes in order of time, all of the last window among them: the `recentOrders`th of each cell. */
  #recentMs = new Float64Array(FEWEST_KEPT);
  #recentPlaces = new Uint32Array(FEWEST_KEPT);
  #recentOrders = new Float64Array(FEWEST_KEPT);
  /** Number of these. */
  readonly #recent = Uint32Array.of(0);

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
    this.#lastMs = new Float64Array(count).fill(-Infinity);
    this.#tiledMs = new Float64Array(count);
    this.#near = new Float64Array(count ** 2);
  }

  /** Adds spikes, in order of time; those outside the interval are left out. */
  add({ timesMs, cells }: Spikes): void {
    let from = this.#addSome(timesMs, cells);
    while (from < cells.length) {
      this.#makeRoom();
      from += this.#addSome(timesMs.subarray(from), cells.subarray(from));
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

  /** Adds spikes as long as there is room for recent ones; how many these are. */
  #addSome(timesMs: Float64Array, cells: Uint32Array): number {
    return callLoop(
      "tiling",
      timesMs,
      cells,
      this.#placeOfCell,
      this.#counts,
      this.#firstMs,
      this.#lastMs,
      this.#tiledMs,
      this.#near,
      this.#recentMs,
      this.#recentPlaces,
      this.#recentOrders,
      this.#recent,
      cells.length,
      this.#placeOfCell.length,
      this.#counts.length,
      this.#recentMs.length,
      this.#interval.startMs,
      this.#interval.endMs,
      this.#windowMs,
    );
  }

  /** Makes room for twice as many recent spikes. */
  #makeRoom(): void {
    const [timesMs, places, orders] = [this.#recentMs, this.#recentPlaces, this.#recentOrders];
    this.#recentMs = new Float64Array(2 * timesMs.length);
    this.#recentPlaces = new Uint32Array(2 * places.length);
    this.#recentOrders = new Float64Array(2 * orders.length);
    this.#recentMs.set(timesMs);
    this.#recentPlaces.set(places);
    this.#recentOrders.set(orders);
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
const FEWEST_KEPT = 512;

/** One half of the coefficient; 1 where all spikes are near and all time is tiled. */
const tilingTerm = (near: number, tiled: number): number =>
  near * tiled === 1 ? 1 : (near - tiled) / (1 - near * tiled);
