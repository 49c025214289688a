import { type CellPopulation, cellsOf } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  type DistributionSummary,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";
import { momentsOf } from "../analysis/statistics/moments.ts";
import { cellClasses } from "../model/populations.ts";
import { effectiveSynapses } from "../synapses/effective-weights.ts";
import {
  type RecurrentGain,
  recurrentGain,
  type SynapticInput,
  synapticInput,
} from "../synapses/synaptic-input.ts";
import type { RunHistory } from "./history.ts";

/** Synaptic input of a run's cells, and its recurrent gain, at one time. */
export interface SynapticBalance {
  readonly timeMs: number;
  readonly alive: Uint8Array;
  readonly input: SynapticInput;
  readonly recurrentGain: RecurrentGain;
}

/** Mean input of the living cells of a population. */
export interface PopulationBalance {
  readonly population: string;
  readonly column?: number | undefined;
  readonly excitatoryMv: number;
  readonly inhibitoryMv: number;
  readonly excitatoryMvPerS: number;
  readonly inhibitoryMvPerS: number;
  /** Excitatory divided by inhibitory weights of single cells. */
  readonly ratio: DistributionSummary;
}

/** Balance of populations, and recurrent gain. */
export interface BalanceSummary {
  readonly timeMs: number;
  readonly populations: readonly PopulationBalance[];
  readonly recurrentGain: RecurrentGain;
}

/**
 * Plastic gains at a time: those recorded then, or those recorded both before and after, if they are
 * the same. Gains begin at 1.
 */
function gainsAt(history: RunHistory, timeMs: number): Float64Array | undefined {
  const before = history.gainRecords({ startMs: 0, endMs: timeMs }).at(-1);
  const earlier = before?.gains();
  if (before?.timeMs === timeMs) return earlier;
  const later = history.gainRecords({ startMs: timeMs, endMs: Infinity })[0]?.gains();
  const isFromStart = history.interval.startMs === 0;
  const isSame = later?.every((gain, k) => gain === (earlier ? earlier[k] : isFromStart ? 1 : NaN));
  return isSame ? later : undefined;
}

/** Synaptic input at a time, of the cells' state in the last sample until then; undefined if gains or state are not known. */
export function synapticBalance(history: RunHistory, timeMs: number): SynapticBalance | undefined {
  const state = history.lastSample(timeMs);
  const gains = state && gainsAt(history, timeMs);
  if (!gains) return undefined;
  const { record } = history;
  const { populations } = record.manifest;
  const synapses = effectiveSynapses(
    record.synapses(),
    populations,
    { ...state, timeMs, gains },
    record.interColumnSynapses(),
  );
  return {
    timeMs,
    alive: state.alive,
    input: synapticInput(synapses, populations, sensedRatesHz(state.sensedRateKhz)),
    recurrentGain: recurrentGain(synapses, populations, thresholdDistancesMv(populations)),
  };
}

/** Rates by the cells' sensors, whose value for a steady rate r is r / (1 + r), in kHz. */
const sensedRatesHz = (sensedKhz: Float64Array) =>
  sensedKhz.map((sensed) => (1000 * sensed) / (1 - sensed));

function thresholdDistancesMv(populations: readonly CellPopulation[]): Float64Array {
  return Float64Array.from(
    populations.flatMap(({ cellClass, cellCount }) => {
      const { thresholdMv, restMv } = cellClasses[cellClass];
      return Array<number>(cellCount).fill(thresholdMv - restMv);
    }),
  );
}

/**
 * Last synaptic balance in an interval: at its last sample or, where gains have changed until then,
 * at their last record; null if neither is known.
 */
export function lastBalance(history: RunHistory, shown: Interval): SynapticBalance | null {
  const last = [sampleTimesIn(history, shown), gainTimesIn(history, shown)].map((times) =>
    times.at(-1),
  );
  for (const timeMs of last) {
    const balance = timeMs === undefined ? undefined : synapticBalance(history, timeMs);
    if (balance) return balance;
  }
  return null;
}

/** Synaptic balances in an interval: at every record of gains and, while gains do not change, at samples. */
export function* balanceCourse(history: RunHistory, shown: Interval): Generator<SynapticBalance> {
  const samples = sampleTimesIn(history, shown);
  const every = Math.ceil(samples.length / MOST_SAMPLES);
  const chosen = samples.filter((_, k) => (samples.length - 1 - k) % every === 0);
  const timesMs = [...new Set([...chosen, ...gainTimesIn(history, shown)])].sort((a, b) => a - b);
  for (const timeMs of timesMs) {
    const balance = synapticBalance(history, timeMs);
    if (balance) yield balance;
  }
}

/** Samples at which the balance is computed in a course. */
const MOST_SAMPLES = 100;

const sampleTimesIn = ({ sampleTimesMs }: RunHistory, { startMs, endMs }: Interval) =>
  sampleTimesMs.filter((timeMs) => timeMs >= startMs && timeMs <= endMs);

const gainTimesIn = (history: RunHistory, shown: Interval) =>
  history.gainRecords(shown).map(({ timeMs }) => timeMs);

/** Means by population over the living cells whose input is finite. */
export function balanceSummary(history: RunHistory, balance: SynapticBalance): BalanceSummary {
  const { timeMs, alive, input, recurrentGain } = balance;
  const populations = history.record.manifest.populations.map((population) => {
    const cells = cellsOf([population]).filter((cell) => alive[cell] === 1);
    const meanOf = (name: keyof SynapticInput) => meanInput(balance, name, cells);
    const ratios = Float64Array.from(
      cells,
      (cell) => input.excitatoryMv[cell]! / input.inhibitoryMv[cell]!,
    );
    const { name, column } = population;
    return {
      population: name,
      ...(column !== undefined && { column }),
      excitatoryMv: meanOf("excitatoryMv"),
      inhibitoryMv: meanOf("inhibitoryMv"),
      excitatoryMvPerS: meanOf("excitatoryMvPerS"),
      inhibitoryMvPerS: meanOf("inhibitoryMvPerS"),
      ratio: summarizeDistribution(ratios),
    };
  });
  return { timeMs, populations, recurrentGain };
}

/** Mean of a kind of input over the living of some cells whose input is finite. */
export function meanInput(
  { input, alive }: SynapticBalance,
  name: keyof SynapticInput,
  cells: Uint32Array,
): number {
  const living = cells.filter((cell) => alive[cell] === 1);
  return momentsOf(Float64Array.from(living, (cell) => input[name][cell]!).filter(Number.isFinite))
    .mean;
}
