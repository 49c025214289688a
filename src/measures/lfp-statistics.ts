import type { Interval } from "../analysis/firing/interval.ts";
import { momentsOf } from "../analysis/statistics/moments.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { type PeakTest, peakTest } from "../spectra/peak-test.ts";
import type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";
import { signalSpectrum } from "../spectra/signal-spectrum.ts";
import { type LayerLfp, layerLfps } from "./layer-lfp.ts";

/** Usual duration of the segments of an LFP's spectrum, ms: a resolution of 1.6 Hz. */
export const LFP_SEGMENT_MS = 5000;

/** Readings that the tapers of a segment need. */
export const LEAST_LFP_READINGS = 20;

/** Power of an LFP proxy in a frequency band. */
export interface LfpBandPower {
  readonly band: string;
  readonly fromHz: number;
  /** First frequency above the band. */
  readonly toHz: number;
  /** Power, mV²; NaN if readings are too rare for the band. */
  readonly powerMv2: number;
}

const bands = [
  { band: "delta", fromHz: 1, toHz: 4 },
  { band: "theta", fromHz: 4, toHz: 8 },
  { band: "alpha", fromHz: 8, toHz: 13 },
  { band: "beta", fromHz: 13, toHz: 30 },
  { band: "gamma", fromHz: 30, toHz: 100 },
] as const;

/** Statistics of the LFP proxy of a layer over an interval. */
export interface LfpSummary {
  /** 2 stands for layer 2/3. */
  readonly layer: number;
  readonly column?: number;
  /** Number of cells with recorded potentials. */
  readonly cells: number;
  readonly meanMv: number;
  readonly standardDeviationMv: number;
  /** Mean of the inhibitory component over that of the proxy. */
  readonly inhibitoryPart: number;
  /** Peak and band powers of the spectrum; null of few readings, or if no cell lives for a time. */
  readonly spectrum:
    | (PeakTest &
        Pick<MeanSpectrum, "segmentCount" | "segmentS"> & {
          readonly bands: readonly LfpBandPower[];
        })
    | null;
}

/** Summaries of the LFP proxies of layers with recorded potentials of E cells in an interval. */
export function lfpStatistics(record: RunReader, interval: Interval): LfpSummary[] {
  const everyMs = record.potentials?.schedule.everyMs ?? Number.NaN;
  return layerLfps(record, interval)
    .filter(({ timesMs }) => timesMs.length > 0)
    .map((lfp) => layerSummary(lfp, everyMs));
}

function layerSummary(lfp: LayerLfp, everyMs: number): LfpSummary {
  const { layer, column, cellCount, inhibitoryMv, proxyMv } = lfp;
  const living = (values: Float64Array) => momentsOf(values.filter(Number.isFinite));
  const { mean, standardDeviation } = living(proxyMv);
  return {
    layer,
    ...(column !== undefined && { column }),
    cells: cellCount,
    meanMv: mean,
    standardDeviationMv: standardDeviation,
    inhibitoryPart: living(inhibitoryMv).mean / mean,
    spectrum: spectrumSummary(proxyMv, everyMs),
  };
}

function spectrumSummary(proxyMv: Float64Array, everyMs: number): LfpSummary["spectrum"] {
  const isEnough = Math.min(proxyMv.length, LFP_SEGMENT_MS / everyMs) >= LEAST_LFP_READINGS;
  if (!isEnough || !proxyMv.every(Number.isFinite)) return null;
  const spectrum = signalSpectrum(proxyMv, everyMs, LFP_SEGMENT_MS);
  const { segmentCount, segmentS } = spectrum;
  const nyquistHz = 500 / everyMs;
  return {
    ...peakTest(spectrum),
    ...{ segmentCount, segmentS },
    bands: bands.map((band) => ({ ...band, powerMv2: bandPower(spectrum, band, nyquistHz) })),
  };
}

/** Integral of a density over a band; NaN if the band exceeds the highest frequency. */
function bandPower(
  { frequenciesHz, density }: MeanSpectrum,
  { fromHz, toHz }: Pick<LfpBandPower, "fromHz" | "toHz">,
  nyquistHz: number,
): number {
  if (toHz > nyquistHz) return Number.NaN;
  const spacingHz = frequenciesHz[1]! - frequenciesHz[0]!;
  return frequenciesHz.reduce(
    (sum, frequencyHz, k) =>
      frequencyHz >= fromHz && frequencyHz < toHz ? sum + density[k]! * spacingHz : sum,
    0,
  );
}
