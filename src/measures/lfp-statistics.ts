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

/** Frequency band of an LFP. */
export type LfpBand = "delta" | "theta" | "alpha" | "beta" | "gamma";

/** Frequency bands of an LFP, from the first frequency up to the second, Hz. */
export const lfpBandsHz: Readonly<Record<LfpBand, readonly [fromHz: number, toHz: number]>> = {
  delta: [1, 4],
  theta: [4, 8],
  alpha: [8, 13],
  beta: [13, 30],
  gamma: [30, 100],
};

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
          /** Power of each band, mV²; NaN if readings are too rare for it. */
          readonly bandsMv2: Readonly<Record<LfpBand, number>>;
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
  const powers = Object.entries(lfpBandsHz).map(([name, band]) => [
    name,
    bandPower(spectrum, band, 500 / everyMs),
  ]);
  const bandsMv2 = Object.fromEntries(powers) as Record<LfpBand, number>;
  return { ...peakTest(spectrum), segmentCount, segmentS, bandsMv2 };
}

/** Integral of a density over a band; NaN if the band exceeds the highest frequency. */
function bandPower(
  { frequenciesHz, density }: MeanSpectrum,
  [fromHz, toHz]: readonly [number, number],
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
