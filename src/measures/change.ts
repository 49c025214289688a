import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { CellRates } from "../analysis/firing/cell-rates.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { CellChange, ScalingState } from "../analysis/state/cell-change.ts";
import {
  type DistributionSummary,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";
import { momentsOf } from "../analysis/statistics/moments.ts";
import { rankCorrelation } from "../analysis/statistics/rank-correlation.ts";
import { nanIfUnset } from "../recording/cell-sample.ts";
import { baselineOf, finalOf } from "./activity.ts";
import { type CellGroup, cellGroups } from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";

/** Numbers of a `CellChange`. */
export interface ChangeSummary {
  readonly before: Interval;
  readonly after: Interval;
  /** By class of cells. */
  readonly rates: readonly {
    readonly group: CellGroup;
    readonly cellCount: number;
    readonly meanBeforeHz: number;
    readonly meanAfterHz: number;
    /** Spearman's rank correlation of the cells' rates. */
    readonly rankCorrelation: number;
  }[];
  /** Spearman's rank correlation of scale factor and excitatory in-degree; NaN if S does not vary. */
  readonly scaleInDegreeCorrelation: number;
  /** Relative error (sensed − target) / target of the excitatory cells. */
  readonly targetError: DistributionSummary;
}

/** Rates of a run's cells before and after, from spikes that are added block by block. */
export class ChangeCounter {
  readonly #history: RunHistory;
  readonly #before: Interval;
  readonly #after: Interval;
  readonly #rates: readonly CellRates[];

  /** @param after by default the interval of the final rate */
  constructor(history: RunHistory, after: Interval = finalOf(history)) {
    this.#history = history;
    this.#before = baselineOf(history);
    this.#after = after;
    const { startMs, endMs } = history.interval;
    const intervals = [this.#before, after];
    const areRecorded = intervals.every(
      (own) => own.startMs >= startMs && own.endMs <= endMs && own.startMs < own.endMs,
    );
    const { cellCount } = history.record.manifest.network;
    this.#rates = areRecorded ? intervals.map((own) => new CellRates(cellCount, own)) : [];
  }

  add(spikes: Spikes): void {
    for (const rates of this.#rates) rates.add(spikes);
  }

  /** Reads the spikes of the two intervals. */
  read(): void {
    for (const [k, rates] of this.#rates.entries()) {
      const interval = [this.#before, this.#after][k]!;
      for (const spikes of this.#history.lentSpikeBlocks(interval)) rates.add(spikes);
    }
  }

  /** Undefined if one of the intervals is not recorded. */
  result(): CellChange | undefined {
    const [before, after] = this.#rates;
    if (!before || !after) return undefined;
    const history = this.#history;
    const deathsMs = history.deathTimesMs();
    const cells = cellsOf(history.record.manifest.populations).filter(
      (cell) => deathsMs[cell]! > this.#after.endMs,
    );
    const ofCells = (all: Float64Array) => Float64Array.from(cells, (cell) => all[cell]!);
    const scaling = scalingState(history, this.#after.endMs);
    return {
      before: this.#before,
      after: this.#after,
      cells,
      beforeHz: ofCells(before.ratesHz()),
      afterHz: ofCells(after.ratesHz()),
      ...(scaling && { scaling }),
    };
  }
}

/** Change of a run's cells from the baseline to an interval, by default that of the final rate. */
export function cellChange(history: RunHistory, after?: Interval): CellChange | undefined {
  const counter = new ChangeCounter(history, after);
  counter.read();
  return counter.result();
}

/** Numbers of a change, by class of cells. */
export function changeSummary(history: RunHistory, change: CellChange): ChangeSummary {
  const { before, after, scaling } = change;
  const { populations } = history.record.manifest;
  return {
    before,
    after,
    rates: [isExcitatory, isInhibitory].map((passes, k) => {
      const members = new Set(cellsOf(populations, passes));
      const isMember = (_: number, place: number) => members.has(change.cells[place]!);
      const [x, y] = [change.beforeHz.filter(isMember), change.afterHz.filter(isMember)];
      return {
        group: cellGroups[k]!,
        cellCount: x.length,
        meanBeforeHz: momentsOf(x).mean,
        meanAfterHz: momentsOf(y).mean,
        rankCorrelation: rankCorrelation(x, y),
      };
    }),
    scaleInDegreeCorrelation: scaling
      ? rankCorrelation(scaling.scaleFactors, scaling.inDegrees)
      : Number.NaN,
    targetError: summarizeDistribution(targetErrors(scaling)),
  };
}

/** Relative errors (sensed − target) / target of the cells that have a target. */
function targetErrors(scaling: ScalingState | undefined): Float64Array {
  const { sensed, targets } = scaling ?? {
    sensed: new Float64Array(),
    targets: new Float64Array(),
  };
  return sensed.map((value, k) => value / targets[k]! - 1).filter((error) => !Number.isNaN(error));
}

function scalingState(history: RunHistory, timeMs: number): ScalingState | undefined {
  const sample = history.lastSample(timeMs);
  if (!sample) return undefined;
  const { populations, network } = history.record.manifest;
  const excitatory = cellsOf(populations, isExcitatory);
  const { alive, activity, scaleFactor, sensedRateKhz, targetRateKhz } = sample;
  const isSender = new Uint8Array(network.cellCount);
  for (const cell of excitatory) isSender[cell] = alive[cell]!;
  const inDegrees = new Float64Array(network.cellCount);
  const { presynaptic, postsynaptic } = history.record.synapses();
  for (let k = 0; k < postsynaptic.length; k++) {
    inDegrees[postsynaptic[k]!]! += isSender[presynaptic[k]!]!;
  }
  const cells = excitatory.filter((cell) => alive[cell] === 1);
  const ofCells = (values: Float64Array) => Float64Array.from(cells, (cell) => values[cell]!);
  const factor = activity ? 1 : 1000;
  return {
    cells,
    scaleFactors: ofCells(scaleFactor),
    inDegrees: ofCells(inDegrees),
    sensed: ofCells(activity ?? sensedRateKhz).map((value) => factor * value),
    targets: ofCells(targetRateKhz).map((value) => factor * nanIfUnset(value)),
    unit: activity ? "mV/ms" : "Hz",
  };
}
