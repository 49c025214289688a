import type { Interval } from "../analysis/firing/interval.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { counted, noteOf } from "../drawing/figure-notes.ts";
import { colorBar, colorScale, type HeatMapGrid, heatMap } from "../drawing/heat-map.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { pastSentence } from "../drawing/past-sentence.ts";
import type { Period } from "../drawing/period.ts";
import { periodSentence, periodStrip, periodsWithin } from "../drawing/period-strip.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { durationText, type TimeAxis, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import type { TimeFrequencyPower } from "../spectra/spectrogram.ts";

/** Data of `spectrogramFigure`: results of `analysis.Spectrogram` over the same segments. */
export interface SpectrogramFigureData {
  readonly excitatory: TimeFrequencyPower;
  readonly inhibitory: TimeFrequencyPower;
  /**
   * Time of the branch, ms; earlier segments are drawn in grey.
   */
  readonly branchMs?: number;
  readonly periods?: readonly Period[];
}

/** Options of `spectrogramFigure`. */
export interface SpectrogramFigureOptions extends FigureOptions {
  readonly timeUnit?: TimeUnit;
  /** Time range of the segments. */
  readonly interval?: Interval;
}

const frameHeightPx = 130;

const groups = [
  { kind: "excitatory", title: "Excitatory cells" },
  { kind: "inhibitory", title: "Inhibitory cells" },
] as const;

/** Of all values, the parts below and above which colours do not change. */
const colorEnds = [0.01, 0.998] as const;

/**
 * Figure of the power of excitatory and of inhibitory spikes as a function of time and frequency, in
 * decibels, with a colour scale for each class.
 *
 * @throws {FigureDataError} if there is no segment
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { spectrogramFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 4 s"));
 * const powerOf = (isExcitatory: boolean) => {
 *   const passes = ({ cellClass }: { cellClass: string }) => (cellClass === "E") === isExcitatory;
 *   const cells = analysis.cellsOf(run.manifest.populations, passes);
 *   const interval = { startMs: 0, endMs: 4000 };
 *   const spectrogram = new analysis.Spectrogram(cells, interval, { segmentMs: 1000 });
 *   for (const spikes of run.spikeBlocks()) spectrogram.add(spikes);
 *   return spectrogram.result();
 * };
 * const power = { excitatory: powerOf(true), inhibitory: powerOf(false) };
 * console.log(spectrogramFigure(power, { document: figureDocument() }).caption);
 * ```
 */
export function spectrogramFigure(
  data: SpectrogramFigureData,
  options: SpectrogramFigureOptions,
): Figure {
  const { edgesMs } = data.excitatory;
  if (edgesMs.length < 2) {
    throw new FigureDataError(
      "There is no segment for a spectrum, which needs at least 0.1 s. Choose a longer time range.",
    );
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 54 };
  const interval = { startMs: edgesMs[0]!, endMs: edgesMs.at(-1)! };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const panels = groups.map(({ kind, title }, place) =>
    groupPanel(layout, time, data, kind, title, place === groups.length - 1),
  );
  const leftOverMs = (options.interval?.endMs ?? interval.endMs) - interval.endMs;
  const notes =
    leftOverMs > 1e-6
      ? [`The last ${durationText(leftOverMs)}, shorter than a segment, are excluded.`]
      : [];
  const segment = durationText(edgesMs[1]! - edgesMs[0]!);
  const caption =
    `Multitaper spectra of the spike counts of all excitatory and all inhibitory cells in segments of ${segment}, ` +
    `mean removed; power in decibels of 1 count²/Hz, colours from the lowest 1 % of the values to the highest 0.2 %.${pastSentence(time, [data])}${periodSentence(time, periods)}`;
  return {
    ...stackPanels(layout, [...periodStrip(layout, time, periods), ...panels], caption, {
      ...options,
      notes: [...notes, ...(options.notes ?? [])],
    }),
    tables: groups.map(({ kind }) => tableOf(kind, data[kind])),
  };
}

function groupPanel(
  layout: Layout,
  time: TimeAxis,
  data: SpectrogramFigureData,
  kind: "excitatory" | "inhibitory",
  title: string,
  isLast: boolean,
): Panel {
  const { theme, widthPx, marginLeftPx, marginRightPx } = layout;
  const { edgesMs, frequenciesHz, bandHz } = data[kind];
  const frame = { widthPx: widthPx - marginLeftPx - marginRightPx, heightPx: frameHeightPx };
  const grid = decibels(data[kind]);
  const domain = colorDomain(grid.values);
  const scale = colorScale(domain ?? [0, 1]);
  const { branchMs = edgesMs[0]! } = data;
  const own = edgesMs.subarray(0, -1).filter((startMs) => startMs < branchMs).length;
  const images = [
    { from: 0, to: own, colors: colorScale(scale.domain, "grey") },
    { from: own, to: grid.columnCount, colors: scale },
  ].filter(({ from, to }) => from < to);
  const topPx = 20;
  const bottomPx = isLast ? 40 : 6;
  return panel(layout, {
    heightPx: topPx + frameHeightPx + bottomPx,
    marginTopPx: topPx,
    marginBottomPx: bottomPx,
    x: { domain: time.domain, numbered: isLast, ...(isLast ? { label: time.label } : {}) },
    y: { domain: [0, frequenciesHz.at(-1)! + bandHz / 2], label: "Frequency (Hz)" },
    notes: silentNotes(data[kind], title),
    marks: [
      ...images.map(({ from, to, colors }) =>
        heatMap(columnsOf(grid, from, to), colors, frame, {
          from: from / grid.columnCount,
          to: to / grid.columnCount,
        }),
      ),
      domain && colorBar(scale, "Power (dB)", theme, frame, extentOf(grid.values)),
      panelTitle(title, theme[kind]),
    ],
  });
}

/** 10 log₁₀ of the power, a column a segment; NaN where there is none. */
function decibels({ density, frequenciesHz }: TimeFrequencyPower): HeatMapGrid {
  const [rowCount, columnCount] = [frequenciesHz.length, density.length];
  const values = new Float64Array(rowCount * columnCount);
  density.forEach((power, column) => {
    power.forEach((value, row) => {
      values[row * columnCount + column] = value > 0 ? 10 * Math.log10(value) : Number.NaN;
    });
  });
  return { values, rowCount, columnCount };
}

function columnsOf({ values, rowCount, columnCount }: HeatMapGrid, from: number, to: number) {
  const width = to - from;
  const part = new Float64Array(rowCount * width);
  for (let row = 0; row < rowCount; row++) {
    part.set(values.subarray(row * columnCount + from, row * columnCount + to), row * width);
  }
  return { values: part, rowCount, columnCount: width };
}

/** Of segments without any power, which are blank, how many there are. */
function silentNotes({ density }: TimeFrequencyPower, title: string): string[] {
  const silent = density.filter((power) => !power.some((value) => value > 0)).length;
  if (silent === 0) return [];
  const text =
    silent === density.length
      ? "spike counts are constant in every segment, so there is no power to draw"
      : `spike counts are constant in ${silent} of ${counted(density.length, "segment")}, which ` +
        "are blank";
  return [noteOf(title, text)];
}

/** The least and the greatest value. */
const extentOf = (values: Float64Array): readonly [number, number] => [
  values.reduce((least, value) => (value < least ? value : least), Infinity),
  values.reduce((most, value) => (value > most ? value : most), -Infinity),
];

/** The values at the colours' ends; undefined where there are none. */
function colorDomain(values: Float64Array): readonly [number, number] | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return undefined;
  const [least, most] = colorEnds.map((part) => sorted[Math.round(part * (sorted.length - 1))]!);
  return [least!, most!];
}

function tableOf(name: string, { edgesMs, frequenciesHz, density }: TimeFrequencyPower): Table {
  const shape = [density.length, frequenciesHz.length] as const;
  const filled = (value: (segment: number, band: number) => number) => {
    const values = new Float64Array(shape[0] * shape[1]);
    return values.map((_, at) => value(Math.floor(at / shape[1]), at % shape[1]));
  };
  return {
    name,
    shape,
    columns: [
      { name: "start_ms", values: filled((segment) => edgesMs[segment]!) },
      { name: "end_ms", values: filled((segment) => edgesMs[segment + 1]!) },
      { name: "frequency_hz", values: filled((_, band) => frequenciesHz[band]!) },
      { name: "density_counts2_per_hz", values: filled((k, band) => density[k]![band]!) },
    ],
  };
}
