import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { type Interval, overlap } from "../analysis/firing/interval.ts";
import { populationRates } from "../analysis/firing/population-rates.ts";
import { binWidthMs, type SpikeRaster, spikeRaster } from "../analysis/firing/spike-raster.ts";
import { averagedVariable } from "../analysis/state/averaged-variable.ts";
import { deadCells, deadCellsBeyond } from "../analysis/state/dead-cells.ts";
import {
  type CellSelection,
  type SampledVariableName,
  variableCourse,
} from "../analysis/state/sampled-variable.ts";
import { scaleAtDeletion } from "../analysis/state/scale-at-deletion.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { SampledRun } from "../drawing/series.ts";
import type { DeletionScaleFigureData } from "../figures/deletion-scale.ts";
import type { RatesRun } from "../figures/rates.ts";
import type { StepCourse } from "../figures/step-courses.ts";
import type { WeightsRun } from "../figures/weights-run.ts";
import type { RunHistory } from "../measures/history.ts";
import { growthCourse } from "../recording/growth.ts";
import { excitatoryMask } from "../recording/network-record.ts";
import type { SynapticSnapshot } from "../synapses/effective-weights.ts";
import {
  type GainSnapshot,
  gainDistributions,
  synapsesBetween,
  widenedBins,
} from "../synapses/plastic-gains.ts";
import { weightMatrices } from "../synapses/weight-matrices.ts";
import { type DrawnRun, identityOf, populationsOf } from "./drawn-run.ts";

/** Figure data of a run, from its record. */

export function sampledRun(
  run: DrawnRun,
  variable: SampledVariableName,
  selection: CellSelection,
  shown: Interval,
  { every = 1, hasQuantiles = false } = {},
): SampledRun {
  const last = run.history.lastSample(shown.endMs);
  if (variable === "activity" && last && !last.activity) {
    throw new FigureDataError(
      `${run.label} contains no sensed charges: those of the 2014 model are recorded. Plot activity, the sensed firing rates.`,
    );
  }
  return {
    ...identityOf(run, shown),
    ...variableCourse(
      run.history.states(shown, every),
      variable,
      populationsOf(run),
      selection,
      hasQuantiles,
    ),
  };
}

/** Averages over runs, at the times at which all of them are sampled. */
export function averagedRun(runs: readonly SampledRun[]): SampledRun {
  const averaged = averagedVariable(runs);
  if (averaged.timesMs.length > 0) return averaged;
  throw new FigureDataError(
    "The runs have no common times of samples: average runs that are sampled at the same times.",
  );
}

/** Dead cells of a run, or as many more as a baseline has not. */
export function deathsRun(run: DrawnRun, shown: Interval, baseline?: DrawnRun): StepCourse {
  const counted = ({ history }: DrawnRun) =>
    deadCells(
      history.deathTimesMs(),
      history.record.manifest.populations,
      overlap(shown, history.interval),
    );
  const own = counted(run);
  const { timesMs, ...values } = baseline ? deadCellsBeyond(own, counted(baseline)) : own;
  return { ...identityOf(run, shown), timesMs, values };
}

/** Recorded growth factors of a run. */
export function growthRun(run: DrawnRun, shown: Interval): StepCourse {
  const all = growthCourse(run.history.events());
  if (all.length === 0) {
    throw new FigureDataError(
      `${run.label} contains no growth factors: runs of the 2014 model with growthFactor and scaling record them.`,
    );
  }
  const updates = all.filter(({ timeMs }) => timeMs >= shown.startMs && timeMs <= shown.endMs);
  const timesMs = Float64Array.from(updates, ({ timeMs }) => timeMs);
  const factors = Float64Array.from(updates, ({ factor }) => factor);
  return { ...identityOf(run, shown), timesMs, values: { all: factors } };
}

export function rasterRun(run: DrawnRun, shown: Interval): SpikeRaster {
  const deaths = { deathTimesMs: run.history.deathTimesMs() };
  return spikeRaster(run.history.spikeBlocks(shown), populationsOf(run), shown, deaths);
}

export function ratesRun(run: DrawnRun, shown: Interval): RatesRun {
  const populations = populationsOf(run);
  const columns = [...new Set(populations.map(({ column }) => column))];
  const interval = overlap(shown, run.history.interval);
  const groups = [
    cellsOf(populations, isExcitatory),
    cellsOf(populations, isInhibitory),
    cellsOf(populations, ({ cellClass }) => cellClass === "FS"),
    cellsOf(populations, ({ cellClass }) => cellClass === "LTS"),
    ...populations.map((population) => cellsOf([population])),
    ...columns.flatMap((own) =>
      [isExcitatory, isInhibitory].map((passes) =>
        cellsOf(
          populations.filter(({ column }) => column === own),
          passes,
        ),
      ),
    ),
  ];
  const { edgesMs, ratesHz } = populationRates(
    run.history.lentSpikeBlocks(interval),
    groups,
    { ...interval, binMs: binWidthMs(shown) },
    run.history.deathTimesMs(),
  );
  const [excitatoryHz, inhibitoryHz, fastSpikingHz, lowThresholdSpikingHz, ...others] = ratesHz as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    ...Float64Array[],
  ];
  const populationsHz = others.slice(0, populations.length);
  const byColumn = others.slice(populations.length);
  const columnsHz = columns.map((_, k) => [byColumn[2 * k]!, byColumn[2 * k + 1]!] as const);
  return {
    ...identityOf(run, shown),
    edgesMs,
    excitatoryHz,
    inhibitoryHz,
    fastSpikingHz,
    lowThresholdSpikingHz,
    populationsHz,
    ...(columnsHz.length > 1 && { columnsHz }),
  };
}

/** Gains at the times at which they were recorded, with the cells' state then. */
export function weightsRun(run: DrawnRun, shown: Interval): WeightsRun {
  const { history } = run;
  const populations = populationsOf(run);
  const synapses = history.record.synapses();
  const excitatory = cellsOf(populations, isExcitatory);
  const between = synapsesBetween(synapses, excitatory, excitatory);
  const snapshots = [...history.gains(shown)];
  return {
    ...identityOf(run, shown),
    gains: gainDistributions(snapshots, { synapses: between }),
    matrices: weightMatrices(
      synapses,
      populations,
      withCellStates(history, snapshots),
      history.record.interColumnSynapses(),
    ),
  };
}

/** Distributions of several runs in the same bins, those of the largest gains. */
export function withSharedBins(runs: readonly WeightsRun[]): WeightsRun[] {
  const most = runs.reduce((largest, { gains }) => Math.max(largest, gains.edges.at(-1)!), 0);
  return runs.map((run) => ({ ...run, gains: widenedBins(run.gains, most) }));
}

/** Gains with the scale factors and lives of the last sample before; without any, of fresh cells. */
const withCellStates = (
  history: RunHistory,
  snapshots: readonly GainSnapshot[],
): SynapticSnapshot[] =>
  snapshots.map((snapshot) => ({ ...history.lastSample(snapshot.timeMs), ...snapshot }));

export function deletionScaleRun(
  run: DrawnRun,
  shown: Interval,
  selection?: CellSelection,
): DeletionScaleFigureData {
  const populations = populationsOf(run);
  const rounds = run.history
    .events()
    .flatMap((event) => (event.kind === "deletion" ? [event] : []));
  const bins = { ...shown, binMs: (shown.endMs - shown.startMs) / DELETION_BINS };
  return {
    ...identityOf(run, shown),
    ...scaleAtDeletion(rounds, populations, bins),
    isExcitatory: excitatoryMask(populations),
    living: variableCourse(run.history.states(shown), "scaleFactor", populations),
    excitatoryOnly: selection === "excitatory",
  };
}

/** Bins of time over which scale factors at deletion are averaged. */
const DELETION_BINS = 20;
