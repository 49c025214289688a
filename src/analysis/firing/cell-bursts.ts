import { maskOfCells } from "./cell-groups.ts";
import type { Interval } from "./interval.ts";
import type { Spikes } from "./spikes.ts";

/** Bursts of single cells. */
export interface CellBurstStatistics {
  readonly burstCount: number;
  /** Fraction of all spikes that are in bursts; NaN without spikes. */
  readonly spikeFraction: number;
  /** The same expected of Poisson spikes with the cells' rates. */
  readonly poissonFraction: number;
  /** Mean number of spikes in a burst; NaN without bursts. */
  readonly meanSpikes: number;
}

/** Longest first and longest later interval of a burst, its least duration, ms, and spikes. */
const FIRST_INTERVAL_MS = 170;
const LATER_INTERVAL_MS = 300;
const LEAST_DURATION_MS = 10;
const LEAST_SPIKES = 3;

/**
 * Bursts of single cells by the MaxInterval method, with the parameters of Cotterill et al. (2016, J
 * Neurophysiol 116:306): a burst begins with an interval of at most 170 ms, continues with intervals
 * of at most 300 ms, and has at least three spikes in at least 10 ms. Spikes are added block by
 * block; memory depends only on the number of cells.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const bursts = new analysis.CellBursts(cells, { startMs: 0, endMs: 2000 });
 * for (const spikes of run.spikeBlocks()) bursts.add(spikes);
 * const { spikeFraction, poissonFraction } = bursts.result();
 * console.log(spikeFraction, "of Poisson spikes", poissonFraction);
 * ```
 */
export class CellBursts {
  readonly #durationMs: number;
  readonly #cells: Uint32Array;
  readonly #isMember: Uint8Array;
  readonly #counts: Float64Array;
  readonly #lastMs: Float64Array;
  /** Spikes of the open burst, 0 outside bursts, and its first spike. */
  readonly #burstSpikes: Float64Array;
  readonly #burstStartMs: Float64Array;
  #bursts = 0;
  #spikes = 0;

  constructor(cells: Uint32Array, { startMs, endMs }: Interval) {
    this.#durationMs = endMs - startMs;
    this.#cells = cells;
    this.#isMember = maskOfCells(cells);
    const cellCount = this.#isMember.length;
    this.#counts = new Float64Array(cellCount);
    this.#lastMs = new Float64Array(cellCount).fill(-Infinity);
    this.#burstSpikes = new Float64Array(cellCount);
    this.#burstStartMs = new Float64Array(cellCount);
  }

  /** Adds spikes, in order of time; those of other cells are ignored. */
  add({ timesMs, cells }: Spikes): void {
    const [counts, last, burst] = [this.#counts, this.#lastMs, this.#burstSpikes];
    for (let k = 0; k < cells.length; k++) {
      const [cell, timeMs] = [cells[k]!, timesMs[k]!];
      if (!this.#isMember[cell]) continue;
      const intervalMs = timeMs - last[cell]!;
      if (burst[cell]! > 0 ? intervalMs <= LATER_INTERVAL_MS : intervalMs <= FIRST_INTERVAL_MS) {
        if (burst[cell] === 0) {
          burst[cell] = 1;
          this.#burstStartMs[cell] = last[cell]!;
        }
        burst[cell]! += 1;
      } else if (burst[cell]! > 0) this.#close(cell);
      counts[cell]! += 1;
      last[cell] = timeMs;
    }
  }

  /** Bursts of the cells among all spikes added. */
  result(): CellBurstStatistics {
    for (const cell of this.#cells) this.#close(cell);
    let [spikes, expected] = [0, 0];
    for (const cell of this.#cells) {
      const count = this.#counts[cell]!;
      spikes += count;
      expected += count * poissonBurstFraction(count / this.#durationMs);
    }
    return {
      burstCount: this.#bursts,
      spikeFraction: this.#spikes / spikes,
      poissonFraction: expected / spikes,
      meanSpikes: this.#spikes / this.#bursts,
    };
  }

  #close(cell: number): void {
    const spikes = this.#burstSpikes[cell]!;
    this.#burstSpikes[cell] = 0;
    const durationMs = this.#lastMs[cell]! - this.#burstStartMs[cell]!;
    if (spikes < LEAST_SPIKES || durationMs < LEAST_DURATION_MS) return;
    this.#bursts++;
    this.#spikes += spikes;
  }
}

/**
 * Fraction of Poisson spikes in bursts. With p and q the probabilities of a first and of a later
 * interval, (1 − p) / p spikes are between bursts, each of which has 2 + q / (1 − q) on average;
 * those of two, 1 − q of them, do not count. The least duration is neglected.
 */
function poissonBurstFraction(rateKhz: number): number {
  if (rateKhz === 0) return 0;
  const p = 1 - Math.exp(-rateKhz * FIRST_INTERVAL_MS);
  const q = 1 - Math.exp(-rateKhz * LATER_INTERVAL_MS);
  if (q === 1) return 1;
  const mean = 2 + q / (1 - q);
  return (mean - 2 * (1 - q)) / (mean + (1 - p) / p);
}
