import { join } from "node:path";
import type { CellSelection } from "../analysis/sampled-variable.ts";
import { deletionScaleFigure } from "../figures/deletion-scale-figure.ts";
import type { Figure } from "../figures/figure.ts";
import { informationFigure } from "../figures/information-figure.ts";
import { powerFigure } from "../figures/power-figure.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { ratesFigure } from "../figures/rates-figure.ts";
import { activityFigure, scaleFigure } from "../figures/sample-figure.ts";
import { spectrogramFigure } from "../figures/spectrogram-figure.ts";
import { themes } from "../figures/theme.ts";
import { weightsFigure } from "../figures/weights-figure.ts";
import { type DrawnRun, identityOf, periodsOf, populationsOf, shownInterval } from "./drawn-run.ts";
import {
  deletionScaleRun,
  rasterRun,
  ratesRun,
  sampledRun,
  segmentLengthMs,
  spectraRun,
  spectrogramRun,
  spectrogramSegmentMs,
  weightsRun,
} from "./figure-data.ts";
import { writeFigure } from "./figure-files.ts";
import { type FigureRequest, figureName } from "./figure-request.ts";
import { informationRun } from "./information-data.ts";
import { figureDocument } from "./picture.ts";
import type { PictureKind } from "./picture-formats.ts";

/** Where a figure goes. */
export interface FigureOutput extends PictureKind {
  /** Path of its files without their endings; by default in the run's folder `figures`. */
  readonly stem?: string | undefined;
}

/**
 * Draws a figure of a recorded run, or of several to compare them.
 *
 * @param runs at least one; only the first by a kind that does not compare
 * @throws {FigureDataError} when a run does not hold what the figure shows
 * @throws {IntervalError} when no time is left between `fromMs` and `toMs`
 */
export function runFigure(runs: readonly DrawnRun[], request: FigureRequest): Figure {
  const [run] = runs as readonly [DrawnRun, ...DrawnRun[]];
  const shown = shownInterval(runs, request);
  const { timeUnit, theme = "light", every } = request;
  const title = request.title ?? (runs.length === 1 ? run.label : "");
  const options = {
    document: figureDocument(),
    theme: themes[theme],
    interval: shown,
    ...(title && { title }),
    ...(timeUnit && { timeUnit }),
  };
  const context = { populations: populationsOf(run), periods: periodsOf(runs) };
  switch (request.kind) {
    case "raster":
      return rasterFigure(
        { ...identityOf(run, shown), ...rasterRun(run, shown), ...context },
        options,
      );
    case "rates": {
      const [one, ...others] = runs.map((each) => ratesRun(each, shown));
      return ratesFigure({ ...one!, others, ...context }, options);
    }
    case "power": {
      const segmentMs = segmentLengthMs(runs, shown, request);
      const [one, ...others] = runs.map((each) => spectraRun(each, shown, segmentMs));
      return powerFigure({ ...one!, others }, options);
    }
    case "spectrogram": {
      const segmentMs = request.segmentMs ?? spectrogramSegmentMs(shown);
      return spectrogramFigure({ ...spectrogramRun(run, shown, segmentMs), ...context }, options);
    }
    case "weights": {
      const [one, ...others] = runs.map((each) => weightsRun(each, shown));
      return weightsFigure({ ...one!, others, ...context }, options);
    }
    case "deletion-scale":
      return deletionScaleFigure({ ...deletionScaleRun(run, shown), ...context }, options);
    case "information":
      return informationFigure(informationRun(run, shown, request.selection), options);
    case "activity":
    case "scale": {
      const isActivity = request.kind === "activity";
      const selection = request.selection ?? usualSelection(request.kind, runs);
      const variable = isActivity ? "sensedRateKhz" : "scaleFactor";
      const [one, ...others] = runs.map((each) =>
        sampledRun(each, variable, selection, shown, every),
      );
      const draw = isActivity ? activityFigure : scaleFigure;
      return draw({ ...one!, others, ...context }, options);
    }
  }
}

/** Scale factors are shown of the cells that have any of their own. */
function usualSelection(kind: "activity" | "scale", runs: readonly DrawnRun[]): CellSelection {
  const inhibitoryToo = runs.some(
    ({ history }) => history.record.manifest.parameters["scaleInhibitoryCells"]?.value === true,
  );
  return kind === "scale" && !inhibitoryToo ? "excitatory" : "by-class";
}

/**
 * Draws a figure of recorded runs into files: the picture, and its numbers as CSV and NPZ.
 *
 * @param directory that of the first run
 * @returns the paths, the picture's first
 */
export async function writeRunFigure(
  runs: readonly DrawnRun[],
  request: FigureRequest,
  directory: string,
  { stem = usualStem(runs, request, directory), ...kind }: FigureOutput = {},
): Promise<string[]> {
  return writeFigure(runFigure(runs, request), stem, kind);
}

function usualStem(
  [, ...others]: readonly DrawnRun[],
  request: FigureRequest,
  directory: string,
): string {
  const labels = others.map(({ label }) => label);
  return join(directory, "figures", figureName(request, labels));
}
