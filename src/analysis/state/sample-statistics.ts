import { type DistributionSummary, summarizeDistribution } from "../statistics/distribution.ts";

/** Mean and standard deviation over cells at successive times. */
export interface CellStatistics {
  /** Mean over the living cells with finite values; NaN if there are none. */
  readonly mean: Float64Array;
  /** Population standard deviation, √(Σ (x − mean)² / n); NaN if there are none. */
  readonly standardDeviation: Float64Array;
  /** Number of living cells. */
  readonly livingCount: Uint32Array;
  /** Number of living cells with an infinite value or NaN. */
  readonly notFiniteCount: Uint32Array;
  /** Quantiles over the living cells with finite values, if asked for; NaN if there are none. */
  readonly quantiles?: Readonly<Record<"q05" | "median" | "q95", Float64Array>>;
}

/** Collects mean ± standard deviation of one variable over the living cells of a group, time by time. */
export class LivingCellStatistics {
  readonly #cells: Uint32Array;
  readonly #hasQuantiles: boolean;
  readonly #summaries: DistributionSummary[] = [];

  /** @param hasQuantiles true to give quantiles, too. */
  constructor(cells: Uint32Array, hasQuantiles = false) {
    this.#cells = cells;
    this.#hasQuantiles = hasQuantiles;
  }

  /** Adds the next time: a value for each cell of the network, and 1 for each that lives. */
  add(values: Float64Array, alive: Uint8Array): void {
    const living = this.#cells.filter((cell) => alive[cell] === 1);
    const sample = Float64Array.from(living, (cell) => values[cell]!);
    this.#summaries.push(summarizeDistribution(sample));
  }

  /** Statistics of all that was added. */
  get all(): CellStatistics {
    const summaries = this.#summaries;
    const quantile = (name: "q05" | "median" | "q95") =>
      Float64Array.from(summaries, ({ quantiles }) => quantiles[name]);
    return {
      mean: Float64Array.from(summaries, ({ mean }) => mean),
      standardDeviation: Float64Array.from(summaries, (summary) => summary.standardDeviation),
      livingCount: Uint32Array.from(summaries, ({ count, notFinite }) => count + notFinite),
      notFiniteCount: Uint32Array.from(summaries, ({ notFinite }) => notFinite),
      ...(this.#hasQuantiles && {
        quantiles: { q05: quantile("q05"), median: quantile("median"), q95: quantile("q95") },
      }),
    };
  }
}
