import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import {
  type HyperactivityOnset,
  hyperactivityOnset,
} from "../analysis/firing/hyperactivity-onset.ts";
import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import { type PopulationRates, RateCounter } from "../analysis/firing/population-rates.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { ClassRates } from "../paper/evidence.ts";
import { isEndedEarly } from "../recording/manifest.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import type { RunHistory } from "./history.ts";

/** Bin width of rates, or a hundredth of shorter runs, ms. */
const BIN_MS = 1000;

/** Final part of a run without recall: after it, streams of external input may fall silent. */
const FINAL_FROM = 0.88;
export const FINAL_TO = 0.98;

/** Averaging time of the rate whose onset is sought, or a tenth of shorter runs, ms. */
const SMOOTHING_MS = 10_000;

/** Definition of the onset of hyperactivity. */
export interface OnsetRequest {
  /** Threshold of the E rate as a multiple of the baseline rate; 10 by default. */
  readonly onsetMultiple?: number | undefined;
  /** Averaging time of the E rate, ms; by default 10 s, at most a tenth of the run. */
  readonly onsetSmoothingMs?: number | undefined;
}

/** Mean rates of an interval, Hz; NaN if it is not recorded, or no such cell lives. */
export interface IntervalRates extends ClassRates {
  readonly interval: Interval;
}

/** Baseline and final rates of a run, and its onset of hyperactivity. */
export interface Activity {
  readonly baseline: IntervalRates;
  readonly final: IntervalRates;
  /** Onset of hyperactivity of the E cells, with its definition. */
  readonly onset: HyperactivityOnset & { readonly multiple: number; readonly smoothingMs: number };
}

/**
 * Activity of a run from the beginning of its past, as far as it is recorded. Every command takes a
 * run's baseline, final rate and onset of hyperactivity from here.
 *
 * @param rates those of E and of I cells, where they are known
 */
export function activityOf(history: RunHistory, rates = classRates(history)): Activity {
  return activityFrom(history, {}, rates, rates);
}

/** Counter of the spikes of a run and its past for its activity, read along with other statistics. */
export class ActivityCounter {
  readonly #history: RunHistory;
  readonly #request: OnsetRequest;
  readonly #rates: ClassRateCounter;
  /** For the onset, in bins of its own where its averaging time is chosen. */
  readonly #onsetRates: ClassRateCounter;

  constructor(history: RunHistory, request: OnsetRequest = {}) {
    this.#history = history;
    this.#request = request;
    this.#rates = new ClassRateCounter(history);
    const { onsetSmoothingMs } = request;
    checkSmoothing(history, onsetSmoothingMs);
    this.#onsetRates =
      onsetSmoothingMs === undefined
        ? this.#rates
        : new ClassRateCounter(history, Math.min(binOf(history), onsetSmoothingMs / 10));
  }

  /** Adds spikes, in order of time from the beginning of the past on. */
  add(spikes: Spikes): void {
    for (const counter of new Set([this.#rates, this.#onsetRates])) counter.add(spikes);
  }

  result(): Activity {
    const [rates, onsetRates] = [this.#rates.rates(), this.#onsetRates.rates()];
    return activityFrom(this.#history, this.#request, rates, onsetRates);
  }
}

function checkSmoothing({ interval }: RunHistory, smoothingMs = 0): void {
  if (smoothingMs <= interval.endMs) return;
  throw new IntervalError(
    `The E rate cannot be averaged over ${smoothingMs / 1000} s to find an onset, as the record ` +
      `ends at ${interval.endMs / 1000} s. Give a shorter averaging time, or none.`,
  );
}

function activityFrom(
  history: RunHistory,
  { onsetMultiple: multiple = 10, onsetSmoothingMs }: OnsetRequest,
  rates: PopulationRates,
  { edgesMs, ratesHz }: PopulationRates,
): Activity {
  const baseline = baselineOf(history);
  const final = finalOf(history);
  const smoothingMs = onsetSmoothingMs ?? averagingMs(history.interval);
  const onset = hyperactivityOnset(edgesMs, ratesHz[0]!, { baseline, multiple, smoothingMs });
  return {
    baseline: { interval: baseline, ...meanRates(rates, baseline) },
    final: { interval: final, ...meanRates(rates, final) },
    onset: { ...onset, multiple, smoothingMs },
  };
}

/** Interventions that leave activity as it is, statistically. */
const reseeding = ["trials", "reseed"];

/**
 * Interval before learning, any intervention, and half of the run; without scaling, before the time
 * at which the parameters would have it begin.
 */
export function baselineOf(history: RunHistory): Interval {
  const { manifest } = history.record;
  const acting = history.courses().filter(({ entry }) => !reseeding.includes(entry.what));
  const beginningsMs = acting.flatMap(({ parts }) => parts.map(({ startMs }) => startMs));
  const learning = manifest.phases.find(({ name }) => name === "learning");
  const scales = acting.some(({ entry, parts }) => entry.what === "scaling" && parts.length > 0);
  const { scalingStartMs } = recordedParameters(manifest);
  const endMs = Math.min(
    ...beginningsMs.filter((timeMs) => timeMs > 0),
    learning?.startMs ?? Infinity,
    scales ? Infinity : scalingStartMs,
    history.interval.endMs / 2,
  );
  return { startMs: 0, endMs };
}

/**
 * Recall, or where a run has none or has not reached it, late in what is recorded; of a run that an
 * intervention has ended, what led to it.
 */
export function finalOf({ record: { manifest }, interval }: RunHistory): Interval {
  const { endMs } = interval;
  const recall = manifest.phases.find(({ name }) => name === "recall");
  if (recall && recall.endMs <= endMs) return { startMs: recall.startMs, endMs: recall.endMs };
  if (isEndedEarly(manifest)) return { startMs: endMs - averagingMs(interval), endMs };
  return { startMs: FINAL_FROM * endMs, endMs: FINAL_TO * endMs };
}

const averagingMs = ({ endMs }: Interval): number => Math.min(SMOOTHING_MS, endMs / 10);

const binOf = ({ interval }: RunHistory): number => Math.min(BIN_MS, interval.endMs / 100);

/** Rates of E and of I cells from time 0 on; NaN where nothing is recorded. */
export function classRates(history: RunHistory): PopulationRates {
  const counter = new ClassRateCounter(history);
  const all = { startMs: 0, endMs: history.interval.endMs };
  for (const spikes of history.lentSpikeBlocks(all)) counter.add(spikes);
  return counter.rates();
}

class ClassRateCounter {
  readonly #history: RunHistory;
  readonly #counter: RateCounter;

  constructor(history: RunHistory, binMs = binOf(history)) {
    const { populations } = history.record.manifest;
    const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
    this.#history = history;
    this.#counter = new RateCounter(groups, { startMs: 0, endMs: history.interval.endMs, binMs });
  }

  add(spikes: Spikes): void {
    this.#counter.add(spikes);
  }

  rates(): PopulationRates {
    const { startMs } = this.#history.interval;
    const { edgesMs, ratesHz } = this.#counter.rates(this.#history.deathTimesMs());
    const known = (rate: number, bin: number) => (edgesMs[bin]! >= startMs ? rate : Number.NaN);
    return { edgesMs, ratesHz: ratesHz.map((rates) => rates.map(known)) };
  }
}

/** Means of the bins that lie in an interval. */
export function meanRates({ edgesMs, ratesHz }: PopulationRates, interval: Interval): ClassRates {
  const [eHz, iHz] = ratesHz.map((rates) => {
    const inside = rates.filter(
      (_, bin) => edgesMs[bin]! >= interval.startMs && edgesMs[bin + 1]! <= interval.endMs,
    );
    return inside.reduce((sum, rate) => sum + rate, 0) / inside.length;
  });
  return { eHz: eHz!, iHz: iHz! };
}
