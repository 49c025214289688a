import { checkInterval, type Interval, IntervalError } from "./interval.ts";

/** Time at which a rate left its baseline, and by what measure. */
export interface HyperactivityOnset {
  /** End of the first stretch over which the rate is too high, ms; null if there is none. */
  readonly onsetMs: number | null;
  /** Mean rate in the baseline; NaN when no bin lies in it. */
  readonly baselineHz: number;
  /** Rate that is too high, `multiple` times the baseline's. */
  readonly thresholdHz: number;
}

/** Options of the onset of hyperactivity. */
export interface OnsetOptions {
  /** Interval of the baseline, ms; by default the first 80 s, or half of what there is. */
  readonly baseline?: Interval;
  /** Multiple of the baseline rate above which the column is hyperactive. */
  readonly multiple?: number;
  /** Length of the stretch over which the rate is averaged, ms. */
  readonly smoothingMs?: number;
}

/** An E cell's 50 spikes at the column's usual rate. */
const BASELINE_MS = 80_000;

/**
 * The onset of hyperactivity: the first time t after the baseline at which the mean rate from
 * t − smoothing to t exceeds a multiple of the baseline's mean rate.
 *
 * It looks back, and so tells no onset before there is one. In the model the E rate rises a
 * hundredfold within seconds, so that any multiple between 2 and 50 gives the same time within the
 * smoothing; the default, 10, lies in the middle on a logarithmic scale and passes over bursts of a
 * second or two.
 *
 * @param edgesMs ends of bins of equal width, one more than there are; the last may be cut off.
 * @param ratesHz the rate in each, as {@link populationRates} gives it; where it is NaN, there is no
 *   onset.
 * @returns no onset when the baseline is silent, for then nothing is a multiple of it.
 * @throws {IntervalError} when the baseline is empty, or bins are wider than the smoothing.
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations, ({ cellClass }) => cellClass === "E");
 * const bins = { startMs: 0, endMs: 2000, binMs: 100 };
 * const { edgesMs, ratesHz } = analysis.populationRates(run.spikes(), [cells], bins);
 * const baseline = { startMs: 0, endMs: 1000 };
 * const onset = analysis.hyperactivityOnset(edgesMs, ratesHz[0]!, { baseline, smoothingMs: 500 });
 * console.log(onset.onsetMs ?? "no onset", onset.thresholdHz, "Hz");
 * ```
 */
export function hyperactivityOnset(
  edgesMs: Float64Array,
  ratesHz: Float64Array,
  options: OnsetOptions = {},
): HyperactivityOnset {
  const { multiple = 10, smoothingMs = 10_000, baseline = usualBaseline(edgesMs) } = options;
  checkInterval(baseline);
  const windowBins = Math.round(smoothingMs / (edgesMs[1]! - edgesMs[0]!));
  if (!(windowBins >= 1)) {
    throw new IntervalError(
      `Rates in bins of ${edgesMs[1]! - edgesMs[0]!} ms cannot be averaged over ${smoothingMs} ms; give narrower bins.`,
    );
  }
  const isUsual = (_: number, bin: number) =>
    edgesMs[bin]! >= baseline.startMs && edgesMs[bin + 1]! <= baseline.endMs;
  const baselineHz = meanOf(ratesHz.filter(isUsual));
  const thresholdHz = multiple * baselineHz;
  const ends = edgesMs.subarray(1);
  const found = ends.findIndex(
    (endMs, bin) =>
      endMs > baseline.endMs &&
      bin + 1 >= windowBins &&
      meanOf(ratesHz.subarray(bin + 1 - windowBins, bin + 1)) > thresholdHz,
  );
  const onsetMs = found >= 0 && thresholdHz > 0 ? ends[found]! : null;
  return { onsetMs, baselineHz, thresholdHz };
}

function usualBaseline(edgesMs: Float64Array): Interval {
  const [startMs, endMs] = [edgesMs[0]!, edgesMs.at(-1)!];
  return { startMs, endMs: startMs + Math.min(BASELINE_MS, (endMs - startMs) / 2) };
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
