import { cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import type { PopulationRates } from "../analysis/firing/population-rates.ts";
import { finiteValues, momentsOf } from "../analysis/statistics/moments.ts";
import type { RunEvidence, SpectralChange, Spread } from "../paper/evidence.ts";
import { type PopulationSpectra, PopulationSpectraEstimator } from "../spectra/population-power.ts";
import { spectralDistance } from "../spectra/spectral-distance.ts";
import { synapsesBetween } from "../synapses/plastic-gains.ts";
import { activityOf, classRates, FINAL_TO, meanRates } from "./activity.ts";
import type { RunHistory } from "./history.ts";

/** Parts of the time in which activity is compared with the baseline's. */
const ACTIVITY_PARTS = 20;

/** Width of the bands of frequency in which spectra are compared, Hz. */
const BAND_HZ = 2;

/** Shorter stretches have no spectrum worth comparing, ms. */
const SHORTEST_SPECTRUM_MS = 1000;

/** Below, spectra tell how a rate drifts, not how it oscillates. */
const SLOWEST_HZ = 1;

/** Measures a complete run for the paper's claims; reads its spikes a few times, block by block. */
export function runEvidence(history: RunHistory): RunEvidence {
  const { durationMs } = history.record.manifest;
  const rates = classRates(history);
  const { baseline, final, onset } = activityOf(history, rates);
  return {
    durationS: durationMs / 1000,
    baseline: { eHz: baseline.eHz, iHz: baseline.iHz },
    baselineEndS: baseline.interval.endMs / 1000,
    end: { eHz: final.eHz, iHz: final.iHz },
    endFromS: final.interval.startMs / 1000,
    endToS: final.interval.endMs / 1000,
    highestEHz: highestRate(rates, onset.smoothingMs),
    onsetS: onset.onsetMs === null ? null : onset.onsetMs / 1000,
    relativeActivity: relativeActivity(history, rates, baseline.interval.endMs, baseline.eHz),
    ...cellEvidence(history),
    gain: gainSpread(history),
    spectrum: spectralChange(history, baseline.interval, final.interval),
  };
}

/** The highest E rate over a window. */
function highestRate({ edgesMs, ratesHz }: PopulationRates, windowMs: number): number {
  const [rates] = ratesHz as [Float64Array, ...Float64Array[]];
  const width = Math.max(1, Math.round(windowMs / (edgesMs[1]! - edgesMs[0]!)));
  let highest = 0;
  for (let from = 0; from + width <= rates.length; from++) {
    const sum = rates.subarray(from, from + width).reduce((total, rate) => total + rate, 0);
    highest = Math.max(highest, sum / width);
  }
  return highest;
}

/** Extremes of the E rate over the baseline's, in parts of the time until half of the cells are lost. */
function relativeActivity(
  history: RunHistory,
  rates: PopulationRates,
  fromMs: number,
  baselineEHz: number,
): RunEvidence["relativeActivity"] {
  const { simulatedMs: durationMs, network } = history.record.manifest;
  const deaths = history.deathTimesMs().sort();
  const halfLostMs = deaths[Math.ceil(network.cellCount / 2) - 1] ?? Number.POSITIVE_INFINITY;
  const untilMs = Math.min(halfLostMs, FINAL_TO * durationMs);
  const partMs = (untilMs - fromMs) / ACTIVITY_PARTS;
  const parts = Array.from({ length: ACTIVITY_PARTS }, (_, part) => {
    const startMs = fromMs + part * partMs;
    return meanRates(rates, { startMs, endMs: startMs + partMs }).eHz / baselineEHz;
  });
  return { least: Math.min(...parts), most: Math.max(...parts) };
}

function cellEvidence(history: RunHistory) {
  const { manifest } = history.record;
  const cells = manifest.network.cellCount;
  const sample = history.lastSample(manifest.simulatedMs);
  if (!sample) return { cells, livingCells: cells, scaleFactor: null };
  const living = cellsOf(manifest.populations, isExcitatory).filter(
    (cell) => sample.alive[cell] === 1,
  );
  return {
    cells,
    livingCells: sample.alive.reduce((sum, alive) => sum + alive, 0),
    scaleFactor: spreadOf(Float64Array.from(living, (cell) => sample.scaleFactor[cell]!)),
  };
}

function gainSpread(history: RunHistory): Spread | null {
  const { populations } = history.record.manifest;
  const excitatory = cellsOf(populations, isExcitatory);
  const synapses = synapsesBetween(history.record.synapses(), excitatory, excitatory);
  let last: Spread | null = null;
  for (const { gains } of history.gains(history.interval)) {
    last = spreadOf(Float64Array.from(synapses, (synapse) => gains[synapse]!));
  }
  return last;
}

function spreadOf(all: Float64Array): Spread | null {
  if (all.length === 0) return null;
  const values = finiteValues(all);
  return {
    ...momentsOf(values),
    least: values.reduce((least, value) => Math.min(least, value), Infinity),
    most: values.reduce((most, value) => Math.max(most, value), -Infinity),
    notFinite: all.length - values.length,
  };
}

/** Normalised E spectra of equally long stretches, compared. */
function spectralChange(
  history: RunHistory,
  baseline: Interval,
  end: Interval,
): SpectralChange | null {
  const lengthMs = Math.min((baseline.endMs - baseline.startMs) / 2, end.endMs - end.startMs);
  if (lengthMs < SHORTEST_SPECTRUM_MS) return null;
  const excitatory = cellsOf(history.record.manifest.populations, isExcitatory);
  const stretch = { startMs: 0, endMs: lengthMs };
  const estimator = new PopulationSpectraEstimator(stretch, { bandHz: BAND_HZ });
  const spectrumFrom = (startMs: number) => {
    const blocks = history.lentSpikeBlocks({ startMs, endMs: startMs + lengthMs });
    return estimator.spectra(blocks, [excitatory], startMs);
  };
  const first = spectrumFrom(baseline.startMs);
  const second = spectrumFrom(baseline.endMs - lengthMs);
  const last = spectrumFrom(end.endMs - lengthMs);
  const distance = (a: PopulationSpectra, b: PopulationSpectra) =>
    spectralDistance(asDensity(a), asDensity(b)).relativeDifference;
  return {
    withinBaseline: distance(first, second),
    baselineToEnd: distance(second, last),
    baselinePeakHz: peakHz(second),
    endPeakHz: peakHz(last),
  };
}

const asDensity = ({ frequenciesHz, normalisedPower }: PopulationSpectra) => ({
  frequenciesHz,
  density: normalisedPower[0]!,
});

function peakHz(spectra: PopulationSpectra): number {
  const { frequenciesHz, density } = asDensity(spectra);
  let peak = Number.NaN;
  let highest = 0;
  density.forEach((power, band) => {
    if (frequenciesHz[band]! < SLOWEST_HZ || power <= highest) return;
    [peak, highest] = [frequenciesHz[band]!, power];
  });
  return peak;
}
