import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { regulatedQuantity } from "../model/homeostasis.ts";
import { extentOf } from "../recording/excursions.ts";
import { SegmentedDensity } from "../spectra/segmented-spectrum.ts";
import { spectralPeak } from "../spectra/spectral-peak.ts";
import { synapsesBetween } from "../synapses/plastic-gains.ts";
import { activityOf, classRates } from "./activity.ts";
import { type Curve, type RunCurves, thinned } from "./curves.ts";
import type { RunHistory } from "./history.ts";
import type { Measures } from "./quantities.ts";

/** Width of the window in which the highest rate is looked for, ms. */
const PEAK_WINDOW_MS = 10_000;

const ALL_TIME = { startMs: 0, endMs: Infinity };

/** Results of a complete run of a study. */
export interface RunResults {
  readonly measures: Measures;
  readonly curves: RunCurves;
}

/**
 * Measures a complete run, from the beginning of the run that it branched off on, which must be
 * known. Reads every spike and sample once, in constant memory.
 */
export function runResults(history: RunHistory): RunResults {
  const isEmpty = history.interval.endMs === 0;
  const rates = isEmpty ? NO_RATES : rateResults(history);
  const samples = sampleResults(history);
  const gains = gainResults(history);
  return {
    measures: {
      ...rates.measures,
      ...samples.measures,
      ...(isEmpty ? NO_PEAK : peakResults(history)),
      ...gains.measures,
      ...rangeResults(history),
    },
    curves: { ...rates.curves, ...samples.curves, ...gains.curves },
  };
}

/** Points of a curve that has none. */
const NO_CURVE: Curve = { timesMs: new Float64Array(0), values: new Float64Array(0) };

/** Rates of a run that was ended at its beginning. */
const NO_RATES = {
  measures: {
    ...{ baselineRateEHz: null, baselineRateIHz: null, finalRateEHz: null, finalRateIHz: null },
    ...{ meanRateEHz: null, meanRateIHz: null, peakRateEHz: null, hyperactivityOnsetS: null },
    spikes: 0,
  },
  curves: { rateEHz: NO_CURVE, rateIHz: NO_CURVE },
};

/** Spectral peak of such a run. */
const NO_PEAK = { spectrumPeakHz: null, spectrumPeakPower: null };

function rateResults(history: RunHistory) {
  const rates = classRates(history);
  const { edgesMs, ratesHz } = rates;
  const [ratesEHz, ratesIHz] = ratesHz as [Float64Array, Float64Array];
  const { baseline, final, onset } = activityOf(history, rates);
  const timesMs = edgesMs.subarray(1).map((edgeMs, bin) => (edgesMs[bin]! + edgeMs) / 2);
  const { durationMs } = history.record.manifest;
  return {
    measures: {
      baselineRateEHz: existing(baseline.eHz),
      baselineRateIHz: existing(baseline.iHz),
      finalRateEHz: existing(final.eHz),
      finalRateIHz: existing(final.iHz),
      meanRateEHz: existing(meanOf(ratesEHz)),
      meanRateIHz: existing(meanOf(ratesIHz)),
      peakRateEHz: existing(highestMean(ratesEHz, Math.round(PEAK_WINDOW_MS / edgesMs[1]!))),
      hyperactivityOnsetS: onset.onsetMs === null ? null : onset.onsetMs / 1000,
      spikes: history.spikeCount,
    },
    curves: {
      rateEHz: thinned({ timesMs, values: ratesEHz }, durationMs),
      rateIHz: thinned({ timesMs, values: ratesIHz }, durationMs),
    },
  };
}

/** Rates and spectra are not a number only where no cell lives or none fires: they do not exist. */
const existing = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The highest mean of so many successive values; of all of them if there are fewer. */
function highestMean(values: Float64Array, count: number): number {
  const width = Math.min(count, values.length);
  let sum = values.subarray(0, width).reduce((total, value) => total + value, 0);
  let highest = sum;
  for (let next = width; next < values.length; next++) {
    sum += values[next]! - values[next - width]!;
    highest = Math.max(highest, sum);
  }
  return highest / width;
}

/** Means over the living cells of a sample. */
interface SampleMeans {
  readonly timeMs: number;
  readonly activityEHz: number;
  readonly activityIHz: number;
  readonly scaleFactor: number;
  readonly livingCells: number;
}

/** Measures and curves of the samples of cells alone. */
export function sampleResults(history: RunHistory) {
  const { populations, parameters, durationMs } = history.record.manifest;
  const model = parameters["model"]?.value;
  const excitatory = cellsOf(populations, isExcitatory);
  const inhibitory = cellsOf(populations, isInhibitory);
  const means: SampleMeans[] = [];
  let last: StateAtEnd = { relativeActivity: null, scaleFactors: new Float64Array(0) };
  for (const state of history.states(ALL_TIME)) {
    const livingE = excitatory.filter((cell) => state.alive[cell] === 1);
    const livingI = inhibitory.filter((cell) => state.alive[cell] === 1);
    const scaleFactors = valuesOf(state.scaleFactor, livingE);
    const sensedKhz = meanOf(valuesOf(state.sensedRateKhz, livingE));
    const held = regulatedQuantity(model, state);
    const target = meanOf(valuesOf(state.targetRateKhz, livingE));
    means.push({
      timeMs: state.timeMs,
      activityEHz: 1000 * sensedKhz,
      activityIHz: 1000 * meanOf(valuesOf(state.sensedRateKhz, livingI)),
      scaleFactor: meanOf(scaleFactors),
      livingCells: livingE.length + livingI.length,
    });
    // Targets are −1 until scaling sets them.
    const hasTarget = held !== undefined && livingE.length > 0 && !(target < 0);
    const relativeActivity = hasTarget ? meanOf(valuesOf(held, livingE)) / target : null;
    last = { relativeActivity, scaleFactors };
  }
  return { measures: stateMeasures(last, means.at(-1)), curves: sampleCurves(means, durationMs) };
}

interface StateAtEnd {
  readonly relativeActivity: number | null;
  readonly scaleFactors: Float64Array;
}

const stateMeasures = (
  { relativeActivity, scaleFactors }: StateAtEnd,
  last: SampleMeans | undefined,
) => ({
  relativeActivity,
  scaleFactorMean: scaleFactors.length > 0 ? meanOf(scaleFactors) : null,
  ...extremes(scaleFactors),
  livingCells: last?.livingCells ?? null,
});

function sampleCurves(means: readonly SampleMeans[], durationMs: number) {
  const timesMs = Float64Array.from(means, ({ timeMs }) => timeMs);
  const curve = (of: (sample: SampleMeans) => number): Curve =>
    thinned({ timesMs, values: Float64Array.from(means, of) }, durationMs);
  return {
    activityEHz: curve(({ activityEHz }) => activityEHz),
    activityIHz: curve(({ activityIHz }) => activityIHz),
    scaleFactorE: curve(({ scaleFactor }) => scaleFactor),
    livingCells: curve(({ livingCells }) => livingCells),
  };
}

function extremes(values: Float64Array) {
  const find = (better: (a: number, b: number) => number) =>
    values.length > 0 ? values.reduce((best, value) => better(best, value)) : null;
  return { scaleFactorMin: find(Math.min), scaleFactorMax: find(Math.max) };
}

/** The spectral peak of the excitatory spikes in the last segment of the record. */
function peakResults(history: RunHistory) {
  const { populations, parameters, simulatedMs: endMs } = history.record.manifest;
  const segmentMs = Math.min(Number(parameters["bufferIntervalMs"]!.value), endMs);
  const segment = { startMs: endMs - segmentMs, endMs };
  const spectrum = new SegmentedDensity(cellsOf(populations, isExcitatory), segment);
  for (const spikes of history.lentSpikeBlocks(segment)) spectrum.add(spikes);
  const { peakHz, peakPower } = spectralPeak(spectrum.result());
  return { spectrumPeakHz: existing(peakHz), spectrumPeakPower: existing(peakPower) };
}

function gainResults(history: RunHistory) {
  const { populations, durationMs } = history.record.manifest;
  const excitatory = cellsOf(populations, isExcitatory);
  const betweenE = synapsesBetween(history.record.synapses(), excitatory, excitatory);
  const times: number[] = [];
  const means: number[] = [];
  let largest: number | null = null;
  for (const { timeMs, gains } of history.gains(ALL_TIME)) {
    const own = valuesOf(gains, betweenE);
    times.push(timeMs);
    means.push(meanOf(own));
    largest = own.length > 0 ? own.reduce((most, gain) => Math.max(most, gain)) : null;
  }
  const gains = { timesMs: Float64Array.from(times), values: Float64Array.from(means) };
  return {
    measures: {
      meanGainEE: betweenE.length > 0 ? (means.at(-1) ?? null) : null,
      largestGainEE: largest,
    },
    curves: { gainEE: thinned(gains, durationMs) },
  };
}

function rangeResults(history: RunHistory) {
  const { outsideRange, notFinite, gainsNotFinite } = history.excursions();
  const [outside, undefinedCells] = [extentOf(outsideRange), extentOf(notFinite)];
  const notFiniteMs = Math.min(
    undefinedCells?.timeMs ?? Infinity,
    gainsNotFinite?.timeMs ?? Infinity,
  );
  return {
    outsideRangeFromS: outside ? outside.timeMs / 1000 : null,
    outsideRangeCells: outside?.cells ?? 0,
    notFiniteFromS: notFiniteMs < Infinity ? notFiniteMs / 1000 : null,
    notFiniteCells: undefinedCells?.cells ?? 0,
  };
}

function valuesOf(values: Float64Array, places: Uint32Array): Float64Array {
  const found = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) found[k] = values[places[k]!]!;
  return found;
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
