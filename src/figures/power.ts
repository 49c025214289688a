import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import type { Band } from "../drawing/band.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { comparisonSentence, pastSentence } from "../drawing/past-sentence.ts";
import { runLegend, runStyles } from "../drawing/run-styles.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { durationText, timeAxis } from "../drawing/time-axis.ts";
import { decibelDomain, inDecibels } from "./poisson-decibels.ts";
import { type PowerAxis, powerNotes } from "./power-notes.ts";
import { type SpectraRun, slowestHz } from "./spectra-run.ts";

/** Data of `powerFigure`. */
export interface PowerFigureData extends SpectraRun {
  /** Other runs, drawn in the same panels for comparison. */
  readonly others?: readonly SpectraRun[];
}

/** Options of `powerFigure`. */
export interface PowerFigureOptions extends FigureOptions {
  /** Classes of cells shown; both by default. */
  readonly kinds?: readonly ("excitatory" | "inhibitory")[];
  /** True for power in dB over the level of Poisson spikes, which each segment then needs. */
  readonly decibels?: boolean;
  /** Ends of the axis in dB, for comparable figures; by default those of the spectra. */
  readonly decibelDomain?: readonly [number, number];
}

/** Upper end of the power axis, unless a spectrum rises above it. */
const usualTop = 0.08;

const groups = [
  { kind: "excitatory", title: "Excitatory cells" },
  { kind: "inhibitory", title: "Inhibitory cells" },
] as const;

/**
 * Figure of the power spectra of excitatory and of inhibitory spikes: one line per segment of the
 * run, from pale (first) to full colour (last).
 *
 * @throws {FigureDataError} if there is no segment
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { powerFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 4 s"));
 * const interval = { startMs: 0, endMs: 4000 };
 * const spectrumOf = (isExcitatory: boolean) => {
 *   const passes = ({ cellClass }: { cellClass: string }) => (cellClass === "E") === isExcitatory;
 *   const cells = analysis.cellsOf(run.manifest.populations, passes);
 *   const spectrum = new analysis.SegmentedSpectrum(cells, interval);
 *   for (const spikes of run.spikeBlocks()) spectrum.add(spikes);
 *   return spectrum.result();
 * };
 * const [excitatory, inhibitory] = [spectrumOf(true), spectrumOf(false)];
 * const segment = {
 *   ...interval,
 *   excitatory: excitatory.density,
 *   excitatoryLimits: excitatory,
 *   inhibitory: inhibitory.density,
 *   inhibitoryLimits: inhibitory,
 * };
 * const { frequenciesHz } = excitatory;
 * const figure = powerFigure({ frequenciesHz, segments: [segment] }, { document: figureDocument() });
 * console.log(figure.caption);
 * ```
 */
export function powerFigure(data: PowerFigureData, options: PowerFigureOptions): Figure {
  const runs = [data, ...(data.others ?? [])];
  for (const { segments } of runs) {
    if (segments.length > 0) continue;
    throw new FigureDataError("There is no segment with spikes for a spectrum.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const { kinds = ["excitatory", "inhibitory"], decibels = false } = options;
  const axis = decibels
    ? decibelAxis(runs, options.decibelDomain ?? decibelDomain(runs, kinds))
    : powerAxis(runs);
  const shown = groups.filter(({ kind }) => kinds.includes(kind));
  const panels = shown.map((group, place) =>
    spectraPanel(layout, runs, group, place === shown.length - 1, axis),
  );
  const unit = decibels
    ? "in dB over the level of Poisson spikes of the same rate"
    : "each divided by its total power";
  const caption =
    `Multitaper power spectra of the spike counts of all ${shown.map(({ kind }) => kind).join(" and all ")} cells, ` +
    `mean removed, ${unit}.${segmentSentence(runs)}${comparisonSentence(runs)}` +
    pastSentence(timeAxis(spanOf(data)), runs);
  return {
    ...stackPanels(layout, [...runLegend(layout, runs), ...panels], caption, options),
    tables: axis.runs.map((run, k) =>
      tableOf(run, runTableName("spectra", runs, k), decibels ? "db" : "per_hz"),
    ),
  };
}

function powerAxis(runs: readonly SpectraRun[]): PowerAxis {
  const top = Math.max(usualTop, ...runs.map(highestPower));
  return { runs, domain: [0, top * 1.02], label: "Normalized power (1/Hz)", unit: "1/Hz" };
}

function decibelAxis(all: readonly SpectraRun[], domain: PowerAxis["domain"]): PowerAxis {
  const runs = all.map(inDecibels);
  return { runs, domain, label: "Power over Poisson (dB)", unit: "dB" };
}

function spectraPanel(
  layout: Layout,
  runs: readonly SpectraRun[],
  { kind, title }: (typeof groups)[number],
  isLast: boolean,
  axis: PowerAxis,
): Panel {
  const { theme } = layout;
  const styles = runStyles(runs, theme);
  const lines = axis.runs.flatMap((run, k) =>
    run.segments.map((segment, order) =>
      spectrumLine(run, segment[kind], {
        color: theme[kind],
        ...styles[k],
        ...(segment.startMs < (run.branchMs ?? -Infinity) && { color: theme.quietInk }),
        opacity: (order + 1) / run.segments.length,
      }),
    ),
  );
  return panel(layout, {
    heightPx: isLast ? 180 : 146,
    marginTopPx: 20,
    marginBottomPx: isLast ? 40 : 6,
    x: {
      domain: [0, 5 * Math.ceil(runs[0]!.frequenciesHz.at(-1)! / 5)],
      numbered: isLast,
      ...(isLast ? { label: "Frequency (Hz)" } : {}),
    },
    y: { domain: axis.domain, label: axis.label },
    notes: axis.runs.flatMap((run) => powerNotes(run, kind, title, axis)),
    bands: axis.runs.map((run, k) => limitsBand(run, kind, styles[k]?.color ?? theme[kind])),
    marks: [
      axis.domain[0] < 0 ? Plot.ruleY([0], { stroke: theme.hairline }) : null,
      ...lines,
      panelTitle(title + shadesOf(runs), runs.length === 1 ? theme[kind] : theme.ink),
    ],
  });
}

/** Of a single run with several lines, which is when. */
function shadesOf([run, ...others]: readonly SpectraRun[]): string {
  if (!run || others.length > 0 || run.segments.length === 1) return "";
  const { startMs, endMs } = spanOf(run);
  return `, ${startMs / 1000} s (pale) to ${endMs / 1000} s`;
}

/** Within which limits the last segment's spectrum is known. */
function limitsBand(
  { frequenciesHz, segments }: SpectraRun,
  kind: "excitatory" | "inhibitory",
  color: string,
): Band {
  const { lower, upper } = segments.at(-1)![`${kind}Limits`];
  const whose = segments.length > 1 ? " of the last segment" : "";
  const shows = `95 % limits of the jackknife over tapers${whose}`;
  return { shows, x: frequenciesHz, lower, upper, color };
}

interface LineStyle {
  readonly color: string;
  readonly dash?: string;
  readonly opacity: number;
}

const spectrumLine = (
  { frequenciesHz }: SpectraRun,
  power: Float64Array,
  { color, dash, opacity }: LineStyle,
) =>
  Plot.lineY(frequenciesHz, {
    x: frequenciesHz,
    y: power,
    stroke: color,
    strokeOpacity: opacity,
    strokeWidth: 1,
    ...(dash && { strokeDasharray: dash }),
    clip: true,
  });

function segmentSentence(runs: readonly SpectraRun[]): string {
  const [first] = runs[0]!.segments;
  const length = durationText(first!.endMs - first!.startMs);
  return runs.every(({ segments }) => segments.length === 1)
    ? ` From one segment of ${length}.`
    : ` One line per ${length}, from pale (the first) to full colour (the last).`;
}

const spanOf = ({ segments }: SpectraRun): Interval => ({
  startMs: segments[0]!.startMs,
  endMs: segments.at(-1)!.endMs,
});

/** The highest power of either group at frequencies that are not a drift of the rate. */
function highestPower({ frequenciesHz, segments }: SpectraRun): number {
  let highest = 0;
  for (const segment of segments) {
    for (const { kind } of groups) {
      segment[kind].forEach((power, band) => {
        if (frequenciesHz[band]! >= slowestHz && power > highest) highest = power;
      });
    }
  }
  return highest;
}

function tableOf({ frequenciesHz, segments }: SpectraRun, name: string, unit: string): Table {
  return {
    name,
    columns: [
      { name: "frequency_hz", values: frequenciesHz },
      ...segments.flatMap((segment) =>
        groups.flatMap(({ kind }) => {
          const name = `${kind}_from_${segment.startMs}_ms`;
          const { lower, upper } = segment[`${kind}Limits`];
          return [
            { name: `${name}_${unit}`, values: segment[kind] },
            { name: `${name}_lower_${unit}`, values: lower },
            { name: `${name}_upper_${unit}`, values: upper },
          ];
        }),
      ),
    ],
  };
}
