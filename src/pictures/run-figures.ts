import { join } from "node:path";
import type { Interval } from "../analysis/firing/interval.ts";
import type { CellSelection, SampledVariableName } from "../analysis/state/sampled-variable.ts";
import type { Figure } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import type { Period } from "../drawing/period.ts";
import { themes } from "../drawing/theme.ts";
import { balanceFigure } from "../figures/balance.ts";
import { changeFigure } from "../figures/change.ts";
import { coherenceFigure } from "../figures/coherence.ts";
import { deletionScaleFigure } from "../figures/deletion-scale.ts";
import { informationFigure } from "../figures/information.ts";
import { lfpFigure } from "../figures/lfp.ts";
import { potentialsFigure } from "../figures/potentials.ts";
import { powerFigure } from "../figures/power.ts";
import { rasterFigure } from "../figures/raster.ts";
import { ratesFigure } from "../figures/rates.ts";
import {
  activityFigure,
  chargeFigure,
  type SampleFigureOptions,
  scaleFigure,
} from "../figures/sample.ts";
import { spectrogramFigure } from "../figures/spectrogram.ts";
import { stepCoursesFigure } from "../figures/step-courses.ts";
import { volleysFigure } from "../figures/volleys.ts";
import { weightsFigure } from "../figures/weights.ts";
import { type Pieces, type Replaceable, writeOutputs } from "../store/output-files.ts";
import { balanceRun } from "./balance-data.ts";
import { changeRun } from "./change-data.ts";
import { coherenceRuns } from "./coherence-data.ts";
import { divergenceRun, divergingRuns } from "./divergence-data.ts";
import {
  type DrawnRun,
  excursionNotes,
  identityOf,
  openDrawnRuns,
  periodsOf,
  populationsOf,
  shownInterval,
} from "./drawn-run.ts";
import {
  averagedRun,
  deathsRun,
  deletionScaleRun,
  growthRun,
  rasterRun,
  ratesRun,
  sampledRun,
  weightsRun,
  withSharedBins,
} from "./figure-data.ts";
import { figureFiles } from "./files.ts";
import type { PictureKind } from "./formats.ts";
import { informationRun } from "./information-data.ts";
import type { FigureKind } from "./kinds.ts";
import { lfpRun } from "./lfp-data.ts";
import { potentialsRun } from "./potentials-data.ts";
import { figureDocument } from "./rendering.ts";
import { type FigureRequest, figureName } from "./request.ts";
import {
  segmentLengthMs,
  spectraRun,
  spectrogramRun,
  spectrogramSegmentMs,
} from "./spectra-data.ts";
import { volleysRun } from "./volleys-data.ts";

/** Destination of figures. */
export interface FigureOutput extends PictureKind {
  /** Path of a single figure's files without their endings; by default in the run's folder `figures`. */
  readonly stem?: string | undefined;
  readonly replaceable?: Replaceable | undefined;
}

/**
 * Draws a figure of a recorded run, or of several to compare them.
 *
 * @param runs at least one; only the first by a kind that does not compare
 * @throws {FigureDataError} when a run does not hold what the figure shows
 * @throws {IntervalError} when no time is left between `fromMs` and `toMs`
 */
export function runFigure(runs: readonly DrawnRun[], request: FigureRequest): Figure {
  const shown = shownInterval(runs, request);
  const { timeUnit, theme = "light" } = request;
  const title = request.title ?? (runs.length === 1 ? runs[0]!.label : "");
  const options = {
    document: figureDocument(),
    theme: themes[theme],
    interval: shown,
    notes: excursionNotes(runs, shown),
    ...(title && { title }),
    ...(timeUnit && { timeUnit }),
  };
  const context = { populations: populationsOf(runs[0]!), periods: periodsOf(runs) };
  return drawers[request.kind]({ runs, shown, request, options, context });
}

/**
 * A figure of a recorded run, or of several for comparison. A branch is shown with its past, if the
 * directory of its parent exists.
 *
 * @param directories directories of the runs, at least one
 * @throws {RunLocationError} if a directory contains no run
 * @throws {FigureDataError} if a run lacks the data of the figure
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { drawRuns, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/drawn", overwrite: true, preset: null, label: "drawn", parameters };
 * await recordRun(run, observer);
 * const figure = drawRuns(["runs/drawn"], { kind: "raster", fromMs: 1000, theme: "dark" });
 * console.log(figure.caption);
 * ```
 */
export const drawRuns = (directories: readonly string[], request: FigureRequest): Figure =>
  runFigure(openDrawnRuns(directories), request);

/** Input of every kind of figure. */
interface Drawing {
  readonly runs: readonly DrawnRun[];
  readonly shown: Interval;
  readonly request: FigureRequest;
  readonly options: SampleFigureOptions;
  readonly context: {
    readonly populations: readonly FigurePopulation[];
    readonly periods: readonly Period[];
  };
}

const drawers: Readonly<Record<FigureKind, (drawing: Drawing) => Figure>> = {
  activity: (drawing) => samples(drawing, "sensedRateKhz", activityFigure),
  charge: (drawing) => samples(drawing, "activity", chargeFigure),
  scale: (drawing) => samples(drawing, "scaleFactor", scaleFigure),
  raster: ({ runs: [run], shown, options, context }) =>
    rasterFigure({ ...identityOf(run!, shown), ...rasterRun(run!, shown), ...context }, options),
  power: ({ runs, shown, request, options }) => {
    const segmentMs = segmentLengthMs(runs, shown, request);
    const [one, ...others] = runs.map((each) => spectraRun(each, shown, segmentMs));
    const { decibels = false } = request;
    return powerFigure({ ...one!, others }, { ...options, decibels });
  },
  spectrogram: ({ runs: [run], shown, request, options, context }) => {
    const segmentMs = request.segmentMs ?? spectrogramSegmentMs(shown);
    return spectrogramFigure({ ...spectrogramRun(run!, shown, segmentMs), ...context }, options);
  },
  weights: ({ runs, shown, options, context }) => {
    const [one, ...others] = withSharedBins(runs.map((each) => weightsRun(each, shown)));
    return weightsFigure({ ...one!, others, ...context }, options);
  },
  balance: ({ runs, shown, options, context }) =>
    balanceFigure({ runs: runs.map((run) => balanceRun(run, shown)), ...context }, options),
  coherence: ({ runs, shown, options }) => coherenceFigure(coherenceRuns(runs, shown), options),
  deaths: ({ runs: all, shown, request, options, context }) => {
    const baseline = request.againstLast ? all.at(-1) : undefined;
    const runs = baseline ? all.slice(0, -1) : all;
    const less = baseline ? `, less those of ${baseline.label}` : "";
    const courses = runs.map((each) => deathsRun(each, shown, baseline));
    const axisLabel = baseline ? "Dead cells, difference" : "Dead cells";
    const names = { name: "deaths", column: "dead_cells", subject: `Dead cells${less}`, axisLabel };
    const data = { ...names, ...(baseline && { reference: 0 }), ...context, runs: courses };
    return stepCoursesFigure(data, options);
  },
  divergence: ({ runs: all, shown, request, options, context }) => {
    const { runs, other } = divergingRuns(all, request);
    const courses = runs.map((each) => divergenceRun(each, other, shown));
    const subject = `Divergence of the spike trains from those of ${other.label}`;
    const names = { name: "divergence", column: "divergence", subject, axisLabel: "Divergence" };
    return stepCoursesFigure({ ...names, reference: 1, ...context, runs: courses }, options);
  },
  growth: ({ runs, shown, options, context }) => {
    const names = { name: "growth", column: "growth_factor", subject: "Growth factor" };
    const courses = runs.map((each) => growthRun(each, shown));
    const data = { ...names, axisLabel: "Growth factor", reference: 1, ...context, runs: courses };
    return stepCoursesFigure(data, options);
  },
  "deletion-scale": ({ runs: [run], shown, request, options, context }) =>
    deletionScaleFigure(
      { ...deletionScaleRun(run!, shown, request.selection), ...context },
      options,
    ),
  information: ({ runs: [run], shown, request, options }) =>
    informationFigure(informationRun(run!, shown, request.selection), options),
  potentials: ({ runs: [run], request, options, context }) => {
    const { data, interval } = potentialsRun(run!, request);
    return potentialsFigure({ ...data, ...context }, { ...options, interval });
  },
  lfp: ({ runs: [run], request, options, context: { periods } }) => {
    const { data, interval } = lfpRun(run!, request);
    return lfpFigure({ ...data, periods }, { ...options, interval });
  },
  rates: ({ runs, shown, options, context }) => {
    const [one, ...others] = runs.map((each) => ratesRun(each, shown));
    return ratesFigure({ ...one!, others, ...context }, options);
  },
  change: ({ runs: [run], shown, request, options }) =>
    changeFigure(changeRun(run!, shown, request), options),
  volleys: ({ runs, shown, options }) => {
    const [one, ...others] = runs.map((each) => volleysRun(each, shown));
    return volleysFigure({ ...one!, others }, options);
  },
};

function samples(
  { runs, shown, request, options, context }: Drawing,
  variable: SampledVariableName,
  draw: typeof activityFigure,
): Figure {
  const selection = request.selection ?? usualSelection(variable, runs);
  const sampled = runs.map((each) =>
    sampledRun(each, variable, selection, shown, { every: request.every }),
  );
  const [one, ...others] = request.averages ? [averagedRun(sampled)] : sampled;
  return draw({ ...one!, others, ...context }, options);
}

/** Scale factors are shown of the cells that have any of their own. */
function usualSelection(variable: SampledVariableName, runs: readonly DrawnRun[]): CellSelection {
  const inhibitoryToo = runs.some(
    ({ history }) => history.record.manifest.parameters["scaleInhibitoryCells"]?.value === true,
  );
  return variable === "scaleFactor" && !inhibitoryToo ? "excitatory" : "by-class";
}

/**
 * Draws figures of recorded runs into files: of each the picture, and its numbers as CSV and NPZ.
 * All are drawn before the first is written, so that a refused one leaves none.
 *
 * @param directory that of the first run
 * @returns the paths, each picture's before its numbers
 */
export async function writeRunFigures(
  runs: readonly DrawnRun[],
  requests: readonly FigureRequest[],
  directory: string,
  { stem, replaceable, ...kind }: FigureOutput = {},
): Promise<string[]> {
  const files = new Map<string, Pieces>();
  for (const request of requests) {
    const path = stem ?? usualStem(runs, request, directory);
    const drawn = await figureFiles(runFigure(runs, request), path, kind);
    for (const [name, pieces] of drawn) files.set(name, pieces);
  }
  await writeOutputs(files, replaceable);
  return [...files.keys()];
}

function usualStem(
  [, ...others]: readonly DrawnRun[],
  request: FigureRequest,
  directory: string,
): string {
  const labels = others.map(({ label }) => label);
  return join(directory, "figures", figureName(request, labels));
}
