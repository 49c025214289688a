import { type PeriodicStimulus, type StimulusPart, wholePeriods } from "./periodic-stimulus.ts";
import { chanceResultantLength, rayleighTest } from "./rayleigh-test.ts";
import type { Spikes } from "./spikes.ts";

/** Phases of a group's spikes relative to a periodic stimulus. */
export interface PhaseStatistics {
  readonly spikeCount: number;
  /** Vector strength R, 0 … 1: 1 if all spikes have the same phase; NaN without spikes. */
  readonly vectorStrength: number;
  /** Mean phase, 0 … 2π rad; NaN without spikes. */
  readonly meanPhaseRad: number;
  /** P value of Rayleigh's test, which takes the spikes as independent. */
  readonly rayleighP: number;
  /** P value by the resultants of periods, whatever the dependence of the spikes in one; NaN without spikes. */
  readonly periodP: number;
  /** Vector strength that as many independent spikes at random phases exceed in 5 % of cases. */
  readonly chanceStrength: number;
}

/** Firing of a group of cells relative to a periodic stimulus. */
export interface GroupLocking extends PhaseStatistics {
  /** Peri-stimulus histogram: spikes per second and living cell in each bin of a period. */
  readonly rateHz: Float64Array;
  /** Spikes in each bin. */
  readonly counts: Float64Array;
}

/** Firing relative to a periodic stimulus, by group of cells. */
export interface StimulusLocking {
  readonly periodMs: number;
  /** Whole periods that were evaluated. */
  readonly periodCount: number;
  /** Width of the bins of the histograms, ms. */
  readonly binMs: number;
  readonly groups: readonly GroupLocking[];
}

/** Options of `PhaseLocking`. */
export interface PhaseLockingOptions {
  /** Bins of the histogram in a period; 125 by default, 1 ms at 8 Hz. */
  readonly binCount?: number;
  /** Time of deletion of each cell, ms, infinite if none; absent if all cells live. */
  readonly deathTimesMs?: Float64Array;
}

/**
 * Peri-stimulus histograms and phase locking of groups of cells to a periodic stimulus. With the
 * phases φ_j = 2π (t_j − origin) / period of a group's n spikes in whole periods,
 *
 *   R e^(iφ̄) = (1/n) Σ e^(iφ_j)
 *
 * gives the vector strength R and the mean phase φ̄ (Goldberg & Brown 1969, J Neurophysiol 32:613;
 * Mardia & Jupp 2000, Directional Statistics). Spikes are added block by block, in constant memory.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const parts = [{ originMs: 0, startMs: 0, endMs: 2000 }];
 * const locking = new analysis.PhaseLocking([cells], { periodMs: 125, parts });
 * for (const spikes of run.spikeBlocks()) locking.add(spikes);
 * const [group] = locking.result().groups;
 * console.log(group!.vectorStrength, group!.rayleighP);
 * ```
 */
export class PhaseLocking {
  readonly #periodMs: number;
  readonly #parts: readonly StimulusPart[];
  readonly #binCount: number;
  readonly #livedMs: readonly number[];
  readonly #groupOfCell: Int32Array;
  readonly #counts: readonly Float64Array[];
  /** Resultants of the current period and of all before it, and squared lengths of the latter. */
  readonly #period: Resultants;
  readonly #total: Resultants;
  readonly #squares: Float64Array;
  #part = 0;
  #periodIndex = 0;

  /** @param groups disjoint groups of cells */
  constructor(
    groups: readonly Uint32Array[],
    stimulus: PeriodicStimulus,
    { binCount = 125, deathTimesMs }: PhaseLockingOptions = {},
  ) {
    this.#periodMs = stimulus.periodMs;
    this.#parts = wholePeriods(stimulus);
    this.#binCount = binCount;
    this.#livedMs = groups.map((cells) => livedMs(cells, this.#parts, deathTimesMs));
    const most = groups.reduce((last, cells) => cells.reduce((a, b) => Math.max(a, b), last), 0);
    this.#groupOfCell = new Int32Array(most + 1).fill(-1);
    groups.forEach((cells, group) => {
      for (const cell of cells) this.#groupOfCell[cell] = group;
    });
    this.#counts = groups.map(() => new Float64Array(binCount));
    this.#period = resultants(groups.length);
    this.#total = resultants(groups.length);
    this.#squares = new Float64Array(groups.length);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const [groupOfCell, binCount, { cosine, sine }] = [
      this.#groupOfCell,
      this.#binCount,
      this.#period,
    ];
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const group = cell < groupOfCell.length ? groupOfCell[cell]! : -1;
      if (group < 0 || !this.#enters(timesMs[k]!)) continue;
      const periods = (timesMs[k]! - this.#parts[this.#part]!.originMs) / this.#periodMs;
      const index = Math.floor(periods);
      if (index !== this.#periodIndex) this.#closePeriod(index);
      const fraction = periods - index;
      this.#counts[group]![Math.min(binCount - 1, Math.floor(fraction * binCount))]! += 1;
      cosine[group]! += Math.cos(2 * Math.PI * fraction);
      sine[group]! += Math.sin(2 * Math.PI * fraction);
    }
  }

  /** Locking of all spikes added. */
  result(): StimulusLocking {
    this.#closePeriod(this.#periodIndex);
    const periodCount = this.#parts.reduce(
      (sum, { startMs, endMs }) => sum + Math.round((endMs - startMs) / this.#periodMs),
      0,
    );
    return {
      periodMs: this.#periodMs,
      periodCount,
      binMs: this.#periodMs / this.#binCount,
      groups: this.#counts.map((_, group) => this.#locking(group)),
    };
  }

  /** True if a time lies in a part, which becomes the current one. */
  #enters(timeMs: number): boolean {
    while (this.#part < this.#parts.length && timeMs >= this.#parts[this.#part]!.endMs) {
      this.#closePeriod(this.#periodIndex);
      this.#part++;
    }
    const part = this.#parts[this.#part];
    return part !== undefined && timeMs >= part.startMs;
  }

  #closePeriod(next: number): void {
    const [period, total] = [this.#period, this.#total];
    for (let group = 0; group < this.#squares.length; group++) {
      const [x, y] = [period.cosine[group]!, period.sine[group]!];
      total.cosine[group]! += x;
      total.sine[group]! += y;
      this.#squares[group]! += x * x + y * y;
    }
    period.cosine.fill(0);
    period.sine.fill(0);
    this.#periodIndex = next;
  }

  #locking(group: number): GroupLocking {
    const counts = this.#counts[group]!.slice();
    const spikeCount = counts.reduce((sum, count) => sum + count, 0);
    const [x, y] = [this.#total.cosine[group]!, this.#total.sine[group]!];
    const vectorStrength = spikeCount > 0 ? Math.hypot(x, y) / spikeCount : Number.NaN;
    const phaseRad = Math.atan2(y, x);
    return {
      spikeCount,
      rateHz: counts.map((count) => (1000 * count * this.#binCount) / this.#livedMs[group]!),
      counts,
      vectorStrength,
      meanPhaseRad: spikeCount > 0 ? phaseRad + (phaseRad < 0 ? 2 * Math.PI : 0) : Number.NaN,
      rayleighP: rayleighTest(vectorStrength, spikeCount),
      // Under uniform phases, resultants of periods are uncorrelated and isotropic.
      periodP: Math.exp(-(x * x + y * y) / this.#squares[group]!),
      chanceStrength: chanceResultantLength(spikeCount),
    };
  }
}

/** Sums of unit vectors, by group. */
interface Resultants {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

const resultants = (groups: number): Resultants => ({
  cosine: new Float64Array(groups),
  sine: new Float64Array(groups),
});

/** Time that cells live in the parts, summed over cells, ms. */
function livedMs(
  cells: Uint32Array,
  parts: readonly StimulusPart[],
  deathTimesMs: Float64Array | undefined,
): number {
  const ofCell = (cell: number) =>
    parts.reduce((sum, { startMs, endMs }) => {
      const untilMs = Math.min(endMs, deathTimesMs?.[cell] ?? Infinity);
      return sum + Math.max(0, untilMs - startMs);
    }, 0);
  return cells.reduce((sum, cell) => sum + ofCell(cell), 0);
}
