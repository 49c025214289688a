import { checkInterval, type Interval, IntervalError } from "./interval.ts";

/** Onset of hyperactivity, with the baseline and the threshold. */
export interface HyperactivityOnset {
  /** First time at which the averaged rate exceeds the threshold, ms; null if it never does. */
  readonly onsetMs: number | null;
  /** Mean rate of the baseline; NaN if no bin lies within it. */
  readonly baselineHz: number;
  /** Threshold: `multiple` times the baseline rate. */
  readonly thresholdHz: number;
}

/** Definition of the onset of hyperactivity. */
export interface OnsetOptions {
  /** Interval of the baseline, ms; by default the first 80 s, at most half the duration. */
  readonly baseline?: Interval;
  /** Threshold as a multiple of the baseline rate; 10 by default. */
  readonly multiple?: number;
  /** Averaging time of the rate, ms; 10 s by default. */
  readonly smoothingMs?: number;
}

/** An E cell's 50 spikes at the column's usual rate. */
const BASELINE_MS = 80_000;

/**
 * Onset of hyperactivity: the first time t after the baseline at which the mean rate from
 * t − averaging time to t exceeds a multiple of the baseline's mean rate.
 *
 * In the model the E rate increases a hundredfold within seconds, so that any multiple between 2 and
 * 50 gives the same onset within the averaging time. The default, 10, ignores bursts of a second or
 * two.
 *
 * @param edgesMs edges of bins of equal width, ms; the last bin may be shorter
 * @param ratesHz rate in each bin, as {@link populationRates} returns it; bins with NaN have no onset
 * @returns no onset if the baseline is silent
 * @throws {IntervalError} if the baseline is empty, or bins are wider than the averaging time
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
      `Rates in bins of ${edgesMs[1]! - edgesMs[0]!} ms cannot be averaged over ${smoothingMs} ms; use narrower bins.`,
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
