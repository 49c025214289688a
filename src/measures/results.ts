import { cellsOf, isExcitatory, isInhibitory } from "../analysis/cell-groups.ts";
import { hyperactivityOnset } from "../analysis/hyperactivity-onset.ts";
import { populationRates } from "../analysis/population-rates.ts";
import { SegmentedSpectrum } from "../analysis/segmented-spectrum.ts";
import { spectralPeak } from "../analysis/spectral-peak.ts";
import { RunLocationError } from "../recording/errors.ts";
import { extentOf } from "../recording/excursions.ts";
import { type Curve, type RunCurves, thinned } from "../study/curve-file.ts";
import { openHistory, type RunHistory } from "./history.ts";
import { FINAL_PART, type Measures } from "./quantities.ts";

/** Rates are taken in bins of this width, or a twentieth of shorter runs, ms. */
const BIN_MS = 1000;
const LEAST_BINS = 20;

/** Width of the window in which the highest rate is looked for, ms. */
const PEAK_WINDOW_MS = 10_000;

/** The rate of the baseline is taken over so much of it, ms. */
const USUAL_TIME_MS = 80_000;

const ALL_TIME = { startMs: 0, endMs: Infinity };

/** What is kept of a complete run when it is one of many. */
export interface RunResults {
  readonly measures: Measures;
  readonly curves: RunCurves;
}

/**
 * Measures a complete run, from the beginning of the run that it branched off on.
 *
 * Reads every spike and sample once, in constant memory.
 *
 * @throws {RunLocationError} when a run that it branched off is missing
 */
export function runResults(directory: string): RunResults {
  const history = openHistory(
    directory,
    () => {},
    (text) => {
      throw new RunLocationError(text);
    },
  );
  const rates = rateResults(history);
  const samples = sampleResults(history);
  const gains = gainResults(history);
  return {
    measures: {
      ...rates.measures,
      ...samples.measures,
      ...peakResults(history),
      ...gains.measures,
      ...rangeResults(history),
    },
    curves: { ...rates.curves, ...samples.curves, ...gains.curves },
  };
}

function rateResults(history: RunHistory) {
  const { populations, simulatedMs: endMs } = history.record.manifest;
  const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
  const binMs = Math.min(BIN_MS, endMs / LEAST_BINS);
  const bins = { startMs: 0, endMs, binMs };
  let spikes = 0;
  const counted = function* () {
    for (const block of history.spikeBlocks({ startMs: 0, endMs: Infinity })) {
      spikes += block.cells.length;
      yield block;
    }
  };
  const { edgesMs, ratesHz } = populationRates(counted(), groups, bins, history.deathTimesMs());
  const [ratesEHz, ratesIHz] = ratesHz as [Float64Array, Float64Array];
  const finalBins = Math.max(1, Math.round(FINAL_PART * ratesEHz.length));
  const { onsetMs } = hyperactivityOnset(edgesMs, ratesEHz, { baseline: usualTime(history) });
  const timesMs = edgesMs.subarray(1).map((edgeMs, bin) => (edgesMs[bin]! + edgeMs) / 2);
  return {
    measures: {
      finalRateEHz: existing(meanOf(ratesEHz.subarray(-finalBins))),
      finalRateIHz: existing(meanOf(ratesIHz.subarray(-finalBins))),
      meanRateEHz: existing(meanOf(ratesEHz)),
      meanRateIHz: existing(meanOf(ratesIHz)),
      peakRateEHz: existing(highestMean(ratesEHz, Math.round(PEAK_WINDOW_MS / binMs))),
      hyperactivityOnsetS: onsetMs === null ? null : onsetMs / 1000,
      spikes,
    },
    curves: {
      rateEHz: thinned({ timesMs, values: ratesEHz }),
      rateIHz: thinned({ timesMs, values: ratesIHz }),
    },
  };
}

/** Rates and spectra are not a number only where no cell lives or none fires: they do not exist. */
const existing = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** When the column was as it usually is: before anything was done to it. */
function usualTime({ record }: RunHistory) {
  const { phases, durationMs } = record.manifest;
  const [first] = phases;
  const firstMs = phases.length > 1 ? first!.endMs : durationMs / 2;
  return { startMs: 0, endMs: Math.min(USUAL_TIME_MS, firstMs) };
}

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

/** What of a sample's living cells is kept. */
interface SampleMeans {
  readonly timeMs: number;
  readonly activityEHz: number;
  readonly activityIHz: number;
  readonly scaleFactor: number;
  readonly livingCells: number;
}

function sampleResults(history: RunHistory) {
  const { populations } = history.record.manifest;
  const excitatory = cellsOf(populations, isExcitatory);
  const inhibitory = cellsOf(populations, isInhibitory);
  const means: SampleMeans[] = [];
  let last: StateAtEnd = { relativeActivity: null, scaleFactors: new Float64Array(0) };
  for (const state of history.states(ALL_TIME)) {
    const livingE = excitatory.filter((cell) => state.alive[cell] === 1);
    const livingI = inhibitory.filter((cell) => state.alive[cell] === 1);
    const scaleFactors = valuesOf(state.scaleFactor, livingE);
    const sensedKhz = meanOf(valuesOf(state.sensedRateKhz, livingE));
    const targetKhz = meanOf(valuesOf(state.targetRateKhz, livingE));
    means.push({
      timeMs: state.timeMs,
      activityEHz: 1000 * sensedKhz,
      activityIHz: 1000 * meanOf(valuesOf(state.sensedRateKhz, livingI)),
      scaleFactor: meanOf(scaleFactors),
      livingCells: livingE.length + livingI.length,
    });
    // Targets are −1 until scaling sets them.
    const hasTarget = livingE.length > 0 && !(targetKhz < 0);
    last = { relativeActivity: hasTarget ? sensedKhz / targetKhz : null, scaleFactors };
  }
  return { measures: stateMeasures(last, means.at(-1)), curves: sampleCurves(means) };
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

function sampleCurves(means: readonly SampleMeans[]) {
  const timesMs = Float64Array.from(means, ({ timeMs }) => timeMs);
  const curve = (of: (sample: SampleMeans) => number): Curve =>
    thinned({ timesMs, values: Float64Array.from(means, of) });
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
  const spectrum = new SegmentedSpectrum(cellsOf(populations, isExcitatory), segment);
  for (const spikes of history.spikeBlocks(segment)) spectrum.add(spikes);
  const { peakHz, peakPower } = spectralPeak(spectrum.result());
  return { spectrumPeakHz: existing(peakHz), spectrumPeakPower: existing(peakPower) };
}

function gainResults(history: RunHistory) {
  const { populations, network } = history.record.manifest;
  const isE = new Uint8Array(network.cellCount);
  for (const cell of cellsOf(populations, isExcitatory)) isE[cell] = 1;
  const { presynaptic, postsynaptic } = history.record.synapses();
  const betweenE = presynaptic
    .map((_, synapse) => synapse)
    .filter((synapse) => isE[presynaptic[synapse]!] && isE[postsynaptic[synapse]!]);
  const times: number[] = [];
  const means: number[] = [];
  let largest: number | null = null;
  for (const { timeMs, gains } of history.gains(ALL_TIME)) {
    const own = valuesOf(gains, betweenE);
    times.push(timeMs);
    means.push(meanOf(own));
    largest = own.length > 0 ? own.reduce((most, gain) => Math.max(most, gain)) : null;
  }
  return {
    measures: {
      meanGainEE: betweenE.length > 0 ? (means.at(-1) ?? null) : null,
      largestGainEE: largest,
    },
    curves: {
      gainEE: thinned({ timesMs: Float64Array.from(times), values: Float64Array.from(means) }),
    },
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
