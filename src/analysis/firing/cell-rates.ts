import { checkInterval, type Interval } from "./interval.ts";
import { type Spikes, spikesBetween } from "./spikes.ts";

/**
 * Firing rate of each cell in an interval. Spikes are added block by block.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const interval = { startMs: 0, endMs: 2000 };
 * const rates = new analysis.CellRates(run.manifest.network.cellCount, interval);
 * for (const spikes of run.spikeBlocks()) rates.add(spikes);
 * console.log(rates.ratesHz());
 * ```
 */
export class CellRates {
  readonly #interval: Interval;
  readonly #counts: Float64Array;

  /** @throws {IntervalError} if the interval is empty */
  constructor(cellCount: number, interval: Interval) {
    checkInterval(interval);
    this.#interval = interval;
    this.#counts = new Float64Array(cellCount);
  }

  /** Adds spikes; those outside the interval are left out. */
  add(spikes: Spikes): void {
    const { startMs, endMs } = this.#interval;
    for (const cell of spikesBetween(spikes, startMs, endMs).cells) this.#counts[cell]! += 1;
  }

  /** Spikes per second of each cell, as if all lived throughout. */
  ratesHz(): Float64Array {
    const { startMs, endMs } = this.#interval;
    return this.#counts.map((count) => (1000 * count) / (endMs - startMs));
  }
}
