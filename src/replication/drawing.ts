import type { Interval } from "../analysis/firing/interval.ts";
import type { Figure } from "../drawing/figure.ts";
import { figureGrid, type GridCell } from "../drawing/figure-grid.ts";
import type { SampledRun } from "../drawing/series.ts";
import { leastPositive } from "../drawing/series-panel.ts";
import { pageWidthPx, type ThemeName, themes } from "../drawing/theme.ts";
import { durationText, type TimeUnit } from "../drawing/time-axis.ts";
import { livingCellsFigure } from "../figures/living-cells.ts";
import { decibelDomain } from "../figures/poisson-decibels.ts";
import { powerFigure } from "../figures/power.ts";
import { type RasterFigureData, rasterFigure } from "../figures/raster.ts";
import { activityFigure, scaleFigure } from "../figures/sample.ts";
import type { SpectraRun } from "../figures/spectra-run.ts";
import { gainCourseFigure } from "../figures/weights.ts";
import type { RunEvidence } from "../paper/evidence.ts";
import type { PaperFigure2013 } from "../paper/figure.ts";
import { type DrawnRun, excursionNotes, periodsOf, populationsOf } from "../pictures/drawn-run.ts";
import { rasterRun, sampledRun, weightsRun } from "../pictures/figure-data.ts";
import { figureDocument } from "../pictures/rendering.ts";
import { lastSegments, segmentLengthMs, spectraRun } from "../pictures/spectra-data.ts";

/** The two runs of a comparison, or one of them. */
type RunRole = PaperFigure2013["conditions"][number]["role"];

/** A run in a figure of the paper, with what was measured of it. */
export interface PaperRun {
  readonly run: DrawnRun;
  readonly evidence: RunEvidence;
}

export type PaperRuns = Readonly<Partial<Record<RunRole, PaperRun>>>;

export interface PaperDrawingOptions {
  readonly theme?: ThemeName | undefined;
  readonly timeUnit?: TimeUnit | undefined;
  readonly title?: string | undefined;
}

/** Width of a figure in one of two columns. */
const columnWidthPx = (pageWidthPx - 12) / 2;

/** Time that a raster shows, ms: so short that the spikes of a hyperactive column stay apart. */
const RASTER_MS = 1000;

/** Samples that a line is made of at most: more than a page's width can show. */
const MOST_POINTS = 2000;

/** Segments of spectra in runs that are too short for the usual ones, at most. */
const SHORT_RUN_SEGMENTS = 20;

/** Draws a figure of the paper, in which a branch is shown as one with its past. */
export function drawPaperFigure(
  figure: PaperFigure2013,
  runs: PaperRuns,
  caption: string,
  options: PaperDrawingOptions,
): Figure {
  const { theme = "light", timeUnit, title } = options;
  const common = {
    document: figureDocument(),
    theme: themes[theme],
    drawsNotes: false,
    ...(timeUnit && { timeUnit }),
  };
  const rows = panelRows(figure, runs, common);
  const drawn = Object.values(runs).map(({ run }) => run);
  const notes = excursionNotes(drawn, { startMs: 0, endMs: Infinity });
  return figureGrid(rows, { ...common, caption, notes, ...(title && { title }) });
}

type Common = Pick<
  Parameters<typeof activityFigure>[1],
  "document" | "theme" | "timeUnit" | "drawsNotes"
>;

function panelRows(figure: PaperFigure2013, runs: PaperRuns, common: Common): GridCell[][] {
  switch (figure.number) {
    case 2:
      return deletionRows(runs, common);
    case 3:
      return [
        [sampleCell("a", "activity", runs.withScaling!, common)],
        [sampleCell("b", "scale", runs.withScaling!, common)],
      ];
    case 4:
      return [
        [sampleCell("a", "activity", runs.withoutScaling!, common)],
        [gainCell("b", runs.withoutScaling!, common)],
      ];
    case 5:
      return [
        [sampleCell("a", "activity", runs.withScaling!, common)],
        [sampleCell("b", "scale", runs.withScaling!, common)],
        [gainCell("c", runs.withScaling!, common)],
      ];
    case 6:
      return rasterRows(runs, common);
    default:
      return spectraRows(runs, common);
  }
}

const wholeOf = ({ run }: PaperRun): Interval => run.history.interval;

const columnTitles = { withoutScaling: "Without scaling", withScaling: "With scaling" } as const;

/** The samples of a run with medians and quantiles; its past is drawn like the rest: both are the experiment. */
function samplesOf(
  paperRun: PaperRun,
  variable: "sensedRateKhz" | "scaleFactor",
  selection: "excitatory" | "by-class",
): SampledRun {
  const every = Math.ceil(paperRun.run.history.sampleTimesMs.length / MOST_POINTS);
  const { branchMs: _, ...run } = sampledRun(paperRun.run, variable, selection, wholeOf(paperRun), {
    every: Math.max(1, every),
    hasQuantiles: true,
  });
  return run;
}

/** Populations and periods of a run. */
const contextOf = ({ run }: PaperRun) => ({
  populations: populationsOf(run),
  periods: periodsOf([run]).filter(({ label }) => !label.startsWith("past")),
});

/** Options of one cell of a grid. */
type CellOptions = Partial<Parameters<typeof activityFigure>[1]>;

const becomesHyperactive = ({ evidence: { onsetS } }: PaperRun) => onsetS !== null;

/** Beside a hyperactive column, a linear axis would show nothing of the time before. */
const besideHyperactivity: CellOptions = { logarithmicFromRatio: 10 };

/** Panels of samples of the excitatory cells, with their usual options. */
const samplePanels = {
  activity: {
    variable: "sensedRateKhz",
    draw: activityFigure,
    usual: (run: PaperRun): CellOptions => ({
      reference: run.evidence.baseline.eHz,
      notes: ["Thin line: rate of the baseline."],
      ...(becomesHyperactive(run) && besideHyperactivity),
    }),
  },
  scale: {
    variable: "scaleFactor",
    draw: scaleFigure,
    usual: (): CellOptions => ({ hasBars: false }),
  },
} as const;

function sampleCell(
  letter: string,
  shows: keyof typeof samplePanels,
  run: PaperRun,
  common: Common,
  extra: CellOptions = {},
): GridCell {
  const { variable, draw, usual } = samplePanels[shows];
  const data = { ...samplesOf(run, variable, "excitatory"), ...contextOf(run) };
  const shared = { ...common, interval: wholeOf(run), isTitled: false };
  const options = { ...shared, ...usual(run), ...extra };
  return { letter, figure: draw(data, options) };
}

function gainCell(letter: string, run: PaperRun, common: Common): GridCell {
  const interval = wholeOf(run);
  const { branchMs: _, ...gains } = weightsRun(run.run, interval);
  const options = { ...common, interval, hasBars: false };
  return { letter, figure: gainCourseFigure({ ...gains, ...contextOf(run) }, options) };
}

function deletionRows({ withoutScaling, withScaling }: PaperRuns, common: Common): GridCell[][] {
  const [without, scaled] = [withoutScaling!, withScaling!];
  const half = { widthPx: columnWidthPx, hasBars: false };
  const both = [without, scaled];
  const ranges = both.map(activityRangeHz);
  const sameAxis = {
    reachesFrom: Math.min(...ranges.map(([least]) => least)),
    reachesTo: Math.max(...ranges.map(([, most]) => most)),
    ...(both.some(becomesHyperactive) && besideHyperactivity),
  };
  const living = livingCellsFigure(samplesOf(without, "sensedRateKhz", "by-class"), {
    ...common,
    widthPx: columnWidthPx,
    interval: wholeOf(without),
  });
  return [
    [
      sampleCell("a", "activity", without, common, {
        ...half,
        ...sameAxis,
        title: columnTitles.withoutScaling,
      }),
      sampleCell("b", "activity", scaled, common, {
        ...half,
        ...sameAxis,
        title: columnTitles.withScaling,
      }),
    ],
    [
      { letter: "c", figure: living },
      sampleCell("d", "scale", scaled, common, { ...half, hasBars: true }),
    ],
  ];
}

/** The least positive median and the highest end of a band of the activity panel, Hz. */
function activityRangeHz(run: PaperRun): readonly [number, number] {
  const { median, q95 } = samplesOf(run, "sensedRateKhz", "excitatory").groups[0]!.quantiles!;
  return [
    1000 * leastPositive(median),
    q95.reduce((highest, khz) => Math.max(highest, 1000 * (khz || 0)), 0),
  ];
}

function rasterRows(runs: PaperRuns, common: Common): GridCell[][] {
  const options = {
    ...common,
    widthPx: columnWidthPx,
    frameHeightPx: 190,
    namesPopulations: false,
    hasBars: false,
  };
  const notesOn = ({ edgesMs, populations }: RasterFigureData) => [
    `Above: rates per living cell, in bins of ${durationText(edgesMs[1]! - edgesMs[0]!)}.`,
    `Populations from below: ${populations.map(({ name }) => name).join(", ")}.`,
  ];
  const cell = (letter: string, paperRun: PaperRun, endMs: number, title: string): GridCell => {
    const interval = { startMs: Math.max(0, endMs - RASTER_MS), endMs };
    const data = { ...rasterRun(paperRun.run, interval), populations: populationsOf(paperRun.run) };
    return { letter, figure: rasterFigure(data, { ...options, title, notes: notesOn(data) }) };
  };
  const [without, scaled] = [runs.withoutScaling!, runs.withScaling!];
  const before = (run: PaperRun) => run.evidence.baselineEndS * 1000;
  const after = (run: PaperRun) => wholeOf(run).endMs;
  return [
    [
      cell("a", without, before(without), `${columnTitles.withoutScaling}, before training`),
      cell("b", scaled, before(scaled), `${columnTitles.withScaling}, before training`),
    ],
    [
      cell("c", without, after(without), `${columnTitles.withoutScaling}, after training`),
      cell("d", scaled, after(scaled), `${columnTitles.withScaling}, after training`),
    ],
  ];
}

/** Spectra in dB over Poisson spikes: divided by total power, a change of rate changes all of it. */
function spectraRows(runs: PaperRuns, common: Common): GridCell[][] {
  const spectra = (["withoutScaling", "withScaling"] as const).map((role) => ({
    title: columnTitles[role],
    data: paperSpectra(runs[role]!),
  }));
  const all = spectra.map(({ data }) => data);
  const row = (kind: "excitatory" | "inhibitory", letters: readonly string[]) =>
    spectra.map(({ title, data }, k): GridCell => {
      const titled = kind === "excitatory" ? { title } : {};
      const [{ startMs, endMs }] = data.segments as [SpectraRun["segments"][number]];
      const axis = {
        decibels: true,
        decibelDomain: decibelDomain(all, [kind]),
        notes: [`A line for each ${durationText(endMs - startMs)} to the end of a phase.`],
      };
      const options = { ...common, widthPx: columnWidthPx, kinds: [kind], ...axis, ...titled };
      return { letter: letters[k]!, figure: powerFigure(data, options) };
    });
  return [row("excitatory", ["a", "b"]), row("inhibitory", ["c", "d"])];
}

/**
 * Spectra of segments that end with the phases, so that none is of two of them: of the usual length
 * or, where a phase is shorter, of its own.
 */
function paperSpectra(paperRun: PaperRun): SpectraRun {
  const { run } = paperRun;
  const { startMs, endMs } = wholeOf(paperRun);
  const usualMs = segmentLengthMs([run], { startMs, endMs }, { kind: "power" });
  const phases = run.history.phasesWithin({ startMs, endMs });
  const shortestMs = Math.min(...phases.map((phase) => phase.endMs - phase.startMs));
  const leastMs = (endMs - startMs) / SHORT_RUN_SEGMENTS;
  const segmentMs = Math.min(usualMs, Math.max(shortestMs, leastMs));
  const parts = phases
    .map((phase) => lastSegments(phase, segmentMs))
    .filter((whole) => whole.startMs < whole.endMs)
    .map((whole) => spectraRun(run, whole, segmentMs));
  const [{ branchMs: _, ...first }] = parts as [SpectraRun];
  return { ...first, segments: parts.flatMap(({ segments }) => segments) };
}
