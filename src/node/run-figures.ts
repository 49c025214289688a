import { join } from "node:path";
import { cellsOf, isExcitatory, isInhibitory } from "../analysis/cell-groups.ts";
import { type Interval, IntervalError } from "../analysis/interval.ts";
import { populationSpectra } from "../analysis/population-spectra.ts";
import {
  type CellSelection,
  sampledVariable,
  samplesBetween,
} from "../analysis/sampled-variable.ts";
import { spikeRaster } from "../analysis/spike-raster.ts";
import { type Figure, FigureDataError } from "../figures/figure.ts";
import type { FigurePopulation } from "../figures/figure-population.ts";
import type { Period } from "../figures/period-strip.ts";
import { type PowerFigureData, powerFigure, type SegmentSpectra } from "../figures/power-figure.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { activityFigure, scaleFigure } from "../figures/sample-figure.ts";
import { recordStartMs } from "../recording/manifest.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { FigureKind } from "./figure-kinds.ts";
import { figureDocument, type PictureFormat, writeFigure } from "./picture.ts";
import { deathTimesMs } from "./run-lifetimes.ts";

/** Which figure of a run is wanted. */
export interface FigureRequest {
  readonly kind: FigureKind;
  /** The stretch of time shown; by default all that is recorded. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Whose activity or scale factors; by default the means of E and of I cells. */
  readonly selection?: CellSelection | undefined;
  /** The run's label by default; empty for none. */
  readonly title?: string | undefined;
}

/** Where a figure goes. */
export interface FigureOutput {
  /** Path of its files without their endings; by default in the run's folder `figures`. */
  readonly stem?: string | undefined;
  readonly format?: PictureFormat | undefined;
}

/** More would not fit in the memory of usual machines, nor in a picture. */
const MOST_RASTER_SPIKES = 2e7;

/**
 * Draws a figure of a recorded run.
 *
 * @throws {FigureDataError} when the run does not hold what the figure shows
 * @throws {IntervalError} when no time is left between `fromMs` and `toMs`
 */
export function runFigure(record: RunReader, request: FigureRequest): Figure {
  const interval = shownInterval(record, request);
  // The manifest keeps the populations of a built network, which are just that.
  const populations = record.manifest.populations as readonly FigurePopulation[];
  const periods = periodsOf(record);
  const title = request.title ?? record.manifest.label;
  const options = { document: figureDocument(), ...(title && { title }) };
  if (request.kind === "raster") {
    checkSpikeCount(record, interval);
    const deaths = { deathTimesMs: deathTimesMs(record) };
    const raster = spikeRaster(record.spikes(interval), populations, interval, deaths);
    return rasterFigure({ ...raster, populations, periods }, options);
  }
  if (request.kind === "power") return powerFigure(spectraOf(record, interval), options);
  const samples = samplesBetween(record.samples(), interval);
  const [draw, variable] =
    request.kind === "activity"
      ? ([activityFigure, "sensedRateKhz"] as const)
      : ([scaleFigure, "scaleFactor"] as const);
  const selection = request.selection ?? usualSelection(request.kind, record);
  const data = sampledVariable(samples, variable, populations, selection);
  return draw({ ...data, populations, periods }, { ...options, interval });
}

/** Spectra of successive segments as long as the record's own, or of all there is if that is less. */
function spectraOf(record: RunReader, { startMs, endMs }: Interval): PowerFigureData {
  const { populations, parameters } = record.manifest;
  const usualMs = Number(parameters["bufferIntervalMs"]!.value);
  const segmentMs = Math.min(usualMs, endMs - startMs);
  const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
  let frequenciesHz: Float64Array = new Float64Array(0);
  const segments: SegmentSpectra[] = [];
  for (let from = startMs; from + segmentMs <= endMs; from += segmentMs) {
    const segment = { startMs: from, endMs: from + segmentMs };
    const spectra = populationSpectra(record.spikeBlocks(segment), groups, segment);
    const [excitatory, inhibitory] = spectra.normalisedPower;
    frequenciesHz = spectra.frequenciesHz;
    segments.push({ ...segment, excitatory: excitatory!, inhibitory: inhibitory! });
  }
  return { frequenciesHz, segments };
}

/** Scale factors are shown of the cells that have any of their own. */
function usualSelection(kind: FigureKind, { manifest }: RunReader): CellSelection {
  const inhibitoryToo = manifest.parameters["scaleInhibitoryCells"]?.value === true;
  return kind === "scale" && !inhibitoryToo ? "excitatory" : "by-class";
}

/**
 * Draws a figure of a recorded run into files: the picture, and its numbers as CSV.
 *
 * @param directory that of the run
 * @returns the paths, the picture's first
 */
export async function writeRunFigure(
  record: RunReader,
  request: FigureRequest,
  directory: string,
  { stem = join(directory, "figures", figureName(request)), format }: FigureOutput = {},
): Promise<string[]> {
  return writeFigure(runFigure(record, request), stem, format);
}

/** A figure's file name without its ending: "activity-excitatory", "raster-from-800s". */
export function figureName({ kind, fromMs, toMs, selection }: FigureRequest): string {
  const from = fromMs === undefined ? "" : `-from-${fromMs / 1000}s`;
  const to = toMs === undefined ? "" : `-to-${toMs / 1000}s`;
  if (selection === undefined || selection === "by-class") return `${kind}${from}${to}`;
  const whose = typeof selection === "string" ? selection : `cells-${rangesText(selection)}`;
  return `${kind}-${whose}${from}${to}`;
}

/** Numbers in ascending order with runs of them drawn together: "1_5-9". */
function rangesText(cells: readonly number[]): string {
  const sorted = [...new Set(cells)].sort((a, b) => a - b);
  const starts = sorted.filter((cell, k) => cell - 1 !== sorted[k - 1]);
  const ends = sorted.filter((cell, k) => cell + 1 !== sorted[k + 1]);
  return starts.map((start, k) => (start === ends[k] ? start : `${start}-${ends[k]}`)).join("_");
}

function shownInterval(record: RunReader, request: FigureRequest): Interval {
  const recordMs = recordStartMs(record.manifest);
  const { fromMs = recordMs, toMs } = request;
  // A run at work may hold samples that its manifest does not promise yet.
  const endMs = Math.max(record.manifest.simulatedMs, record.sampleTimesMs.at(-1) ?? 0);
  const interval = { startMs: fromMs, endMs: Math.min(toMs ?? Infinity, endMs) };
  if (interval.startMs < interval.endMs) return interval;
  const asked = `from ${fromMs / 1000} s to ${toMs === undefined ? "the end" : `${toMs / 1000} s`}`;
  throw new IntervalError(
    `There is nothing to draw ${asked}: the run holds ${recordMs / 1000} to ${endMs / 1000} s; give a start before the end.`,
  );
}

function periodsOf(record: RunReader): Period[] {
  const { phases, durationMs, ancestry } = record.manifest;
  const named = phases.map(({ name, startMs, endMs }) => ({ label: name, startMs, endMs }));
  const turnedOn = record.events().filter(({ kind }) => kind === "scaling-on");
  const scaling = [...(ancestry?.scalingOn ? [ancestry] : []), ...turnedOn].map(({ timeMs }) => ({
    label: "scaling",
    startMs: timeMs,
    endMs: durationMs,
  }));
  // A single phase says nothing that the time axis does not.
  return [...(named.length > 1 ? named : []), ...scaling];
}

function checkSpikeCount(record: RunReader, interval: Interval): void {
  if (record.spikeCount <= MOST_RASTER_SPIKES) return;
  let count = 0;
  for (const { cells } of record.spikeBlocks(interval)) {
    count += cells.length;
    if (count <= MOST_RASTER_SPIKES) continue;
    throw new FigureDataError(
      `There are more than ${MOST_RASTER_SPIKES / 1e6} million spikes from ${interval.startMs / 1000} to ${interval.endMs / 1000} s, too many for one raster; choose a shorter stretch of time.`,
    );
  }
}
