import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { type Interval, IntervalError, overlap } from "../analysis/firing/interval.ts";
import { wholeBins } from "../analysis/firing/time-bins.ts";
import type { SegmentSpectra, SpectraRun } from "../figures/spectra-run.ts";
import type { SpectrogramFigureData } from "../figures/spectrogram.ts";
import { passesOver } from "../runs/passes/thread.ts";
import type { PopulationSpectra } from "../spectra/population-power.ts";
import { type DrawnRun, identityOf, populationsOf } from "./drawn-run.ts";
import type { FigureRequest } from "./request.ts";

/** Spectra of a run, from its record. */

const HIGHEST_FREQUENCY_HZ = 100;

/** Short segments tell little of each frequency: bands of 0.5 Hz, up to ten times as wide for them. */
const bandWidthHz = (segmentMs: number): number =>
  Math.min(5, Math.max(0.5, FREQUENCIES_PER_BAND / (segmentMs / 1000)));

/** Frequencies that are averaged at least, where bands can be so wide. */
const FREQUENCIES_PER_BAND = 40;

/** Spectra of successive segments of equal length, of the past and of what follows it apart. */
export function spectraRun(run: DrawnRun, shown: Interval, segmentMs: number): SpectraRun {
  const populations = populationsOf(run);
  const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
  let leftOverMs = 0;
  const segments: Interval[] = [];
  for (const { startMs, endMs } of stretchesOf(run, shown)) {
    const count = wholeBins(endMs - startMs, segmentMs);
    checkSegments(count, segmentMs, MOST_SPECTRA);
    for (let k = 0; k < count; k++) {
      const from = startMs + k * segmentMs;
      segments.push({ startMs: from, endMs: from + segmentMs });
    }
    const restMs = endMs - startMs - count * segmentMs;
    // Divisions of time leave rounding errors.
    if (restMs > 1e-6 * segmentMs) leftOverMs += restMs;
  }
  const identity = identityOf(run, shown);
  if (segments.length === 0)
    return { ...identity, frequenciesHz: new Float64Array(0), segments: [], leftOverMs };
  const { directory, history } = run;
  const requests = groups.map((cells) => ({ cells, segments, bandHz: bandWidthHz(segmentMs) }));
  const [excitatory, inhibitory] = passesOver(directory, history, "power", requests);
  return {
    ...identity,
    frequenciesHz: excitatory![0]!.frequenciesHz,
    segments: segments.map((segment, k) =>
      segmentSpectra(segment, excitatory![k]!, inhibitory![k]!),
    ),
    leftOverMs,
  };
}

const segmentSpectra = (
  segment: Interval,
  excitatory: PopulationSpectra,
  inhibitory: PopulationSpectra,
): SegmentSpectra => ({
  ...segment,
  excitatory: excitatory.normalisedPower[0]!,
  inhibitory: inhibitory.normalisedPower[0]!,
  excitatoryPoisson: excitatory.poissonPower[0]!,
  inhibitoryPoisson: inhibitory.poissonPower[0]!,
  excitatoryLimits: excitatory.limits[0]!,
  inhibitoryLimits: inhibitory.limits[0]!,
});

/** Lines, and columns of a picture, beyond which none can be told from the next. */
const MOST_SPECTRA = 1000;
const MOST_COLUMNS = 10_000;

function checkSegments(count: number, segmentMs: number, most: number): void {
  if (count <= most) return;
  throw new IntervalError(
    `Segments of ${segmentMs / 1000} s would be ${count}: expected at most ${most}. Give longer ones with --segment, or a shorter stretch of time.`,
  );
}

/** The end of an interval that whole segments fill. */
export function lastSegments({ startMs, endMs }: Interval, segmentMs: number): Interval {
  return { startMs: endMs - wholeBins(endMs - startMs, segmentMs) * segmentMs, endMs };
}

/** A segment's length for all of several runs: as asked for, or usual, or all there is if less. */
export function segmentLengthMs(
  runs: readonly DrawnRun[],
  shown: Interval,
  { segmentMs }: FigureRequest,
): number {
  const { parameters } = runs[0]!.history.record.manifest;
  const usualMs = segmentMs ?? Number(parameters["bufferIntervalMs"]!.value);
  const lengths = runs.map((run) => {
    const last = stretchesOf(run, shown).at(-1);
    if (last) return last.endMs - last.startMs;
    throw new IntervalError(
      `${run.label} contains no data from ${shown.startMs / 1000} to ${shown.endMs / 1000} s; ` +
        "choose a time range common to all runs.",
    );
  });
  return Math.min(usualMs, ...lengths);
}

/** The parts of the shown time before and after a branch, as far as the run is known. */
function stretchesOf({ history }: DrawnRun, shown: Interval): Interval[] {
  const { startMs, endMs } = overlap(shown, history.interval);
  const { branchMs = startMs } = history;
  const stretches = [
    { startMs, endMs: Math.min(branchMs, endMs) },
    { startMs: Math.max(branchMs, startMs), endMs },
  ];
  return stretches.filter((stretch) => stretch.startMs < stretch.endMs);
}

/** Spectrograms of the E and the I cells over the shown time, as far as the run is known. */
export function spectrogramRun(
  run: DrawnRun,
  shown: Interval,
  segmentMs: number,
): SpectrogramFigureData {
  const populations = populationsOf(run);
  const interval = overlap(shown, run.history.interval);
  checkSegments(wholeBins(interval.endMs - interval.startMs, segmentMs), segmentMs, MOST_COLUMNS);
  const options = { segmentMs, mostHz: HIGHEST_FREQUENCY_HZ };
  const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
  const requests = groups.map((cells) => ({ cells, interval, options }));
  const { directory, history } = run;
  const [excitatory, inhibitory] = passesOver(directory, history, "spectrogram", requests);
  return { ...identityOf(run, shown), excitatory: excitatory!, inhibitory: inhibitory! };
}

/** A spectrogram's segments, unless asked for: some 200 of them, of 1 s or more. */
export const spectrogramSegmentMs = ({ startMs, endMs }: Interval): number =>
  Math.max(1000, Math.round((endMs - startMs) / 200 / 1000) * 1000);
