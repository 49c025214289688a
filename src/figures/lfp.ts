import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import type { LfpProxy } from "../analysis/state/lfp-proxy.ts";
import type { Band } from "../drawing/band.ts";
import { drawnPoints } from "../drawing/drawn-points.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { noteOf } from "../drawing/figure-notes.ts";
import { lineLabels } from "../drawing/line-labels.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import type { Period } from "../drawing/period.ts";
import {
  periodRules,
  periodSentence,
  periodStrip,
  periodsWithin,
} from "../drawing/period-strip.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx, type Theme } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";

/** LFP proxy of the excitatory cells of one layer, and its spectrum. */
export interface LfpLayer extends LfpProxy {
  /** 2 stands for layer 2/3. */
  readonly layer: number;
  readonly column?: number;
  /** Number of recorded cells. */
  readonly cellCount: number;
  /** In mV²/Hz; absent while no cell lives. */
  readonly spectrum?: MeanSpectrum;
}

/** Data of `lfpFigure`: results of `analysis.lfpProxy`. */
export interface LfpFigureData {
  readonly layers: readonly LfpLayer[];
  /** Periods of the protocol, marked above the panels. */
  readonly periods?: readonly Period[];
}

/** Options of `lfpFigure`. */
export interface LfpFigureOptions extends FigureOptions {
  /** Time range of the readings. */
  readonly interval: Interval;
  readonly timeUnit?: TimeUnit;
}

/** Frequencies beyond which receptors of 10 ms and more pass little, Hz. */
const HIGHEST_HZ = 100;

const frameHeightPx = { layer: 70, spectrum: 130 };

/**
 * Figure of the LFP proxy (mV) as a function of time, one panel per layer, with its excitatory and
 * inhibitory components, and of the spectra of all layers, in dB relative to 1 mV²/Hz.
 *
 * @throws {FigureDataError} if there are no readings
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { lfpFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const potentials = "{ cells: E5R, every: 1 ms, from: 1 s }";
 * const run = await runExperiment(readExperiment(`{ duration: 2 s, record: { potentials: ${potentials} } }`));
 * const { cells } = run.potentials!;
 * const proxy = analysis.lfpProxy(run.potentials!.readings(), cells, cells);
 * const layers = [{ layer: 5, cellCount: cells.length, ...proxy }];
 * const interval = { startMs: 1000, endMs: 2000 };
 * console.log(lfpFigure({ layers }, { document: figureDocument(), interval }).caption);
 * ```
 */
export function lfpFigure(data: LfpFigureData, options: LfpFigureOptions): Figure {
  const { layers } = data;
  if (layers.length === 0 || layers[0]!.timesMs.length === 0) {
    throw new FigureDataError(
      "There are no readings of excitatory cells; record their potentials.",
    );
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx, interval } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 60 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const background = periodRules(layout, time, periods);
  const panels = layers.map((one, k) => {
    const group = { title: titleOf(one), titleColor: layerColor(one, theme) };
    const isLast = k === layers.length - 1;
    const axis = { axisLabel: "LFP proxy (mV)", background, isLast };
    return seriesPanel(
      layout,
      time,
      { ...group, series: seriesOf(one, theme) },
      { ...axis, frameHeightPx: frameHeightPx.layer },
    );
  });
  const known = layers.flatMap((one) => (one.spectrum ? [{ ...one, spectrum: one.spectrum }] : []));
  const drawn = known.filter(({ spectrum }) => spectrum.density.some((value) => value > 0));
  if (drawn.length > 0) panels.push(spectrumPanel(layout, drawn));
  const caption = captionOf(drawn[0]?.spectrum) + periodSentence(time, periods);
  const notes = [...layers.flatMap(spectrumNotes), ...(options.notes ?? [])];
  const parts = [...periodStrip(layout, time, periods), ...panels];
  return {
    ...stackPanels(layout, parts, caption, { ...options, notes }),
    tables: [proxyTable(layers), ...(known.length > 0 ? [spectrumTable(known)] : [])],
  };
}

type KnownLayer = LfpLayer & { readonly spectrum: MeanSpectrum };

const layerName = ({ layer, column }: LfpLayer): string =>
  `${column === undefined ? "" : `column ${column}, `}L${layer === 2 ? "2/3" : layer}`;

const titleOf = (one: LfpLayer): string =>
  `${layerName(one)}, ${one.cellCount} E ${one.cellCount === 1 ? "cell" : "cells"}`;

/** The colour of the layer's excitatory cells in rasters. */
const layerColor = ({ layer }: LfpLayer, { populations: { E2, E4, E5R, E6 }, ink }: Theme) =>
  new Map([
    [2, E2],
    [4, E4],
    [5, E5R],
    [6, E6],
  ]).get(layer) ?? ink;

function seriesOf({ timesMs, proxyMv, excitatoryMv, inhibitoryMv }: LfpLayer, theme: Theme) {
  const lines = [
    { label: "AMPA, NMDA", color: theme.excitatory, values: excitatoryMv },
    { label: "GABA", color: theme.inhibitory, values: inhibitoryMv },
    { label: "sum", color: theme.ink, values: proxyMv },
  ];
  return lines.map(({ values, ...style }) => {
    const points = drawnPoints(values);
    const at = (all: Float64Array) => Float64Array.from(points, (k) => all[k]!);
    return { ...style, isThin: true, timesMs: at(timesMs), center: at(values) };
  });
}

/** Reason why a layer's spectrum is not drawn. */
function spectrumNotes(one: LfpLayer): string[] {
  if (!one.spectrum) return [noteOf(layerName(one), "no spectrum, as no cell lives for a time")];
  const isConstant = one.spectrum.density.every((value) => !(value > 0));
  return isConstant ? [noteOf(layerName(one), "no spectrum, as the sum is constant")] : [];
}

const decibels = (density: Float64Array) => density.map((value) => 10 * Math.log10(value));

function spectrumPanel(layout: Layout, layers: readonly KnownLayer[]): Panel {
  const lines = layers.map((one) => {
    const { frequenciesHz: all, density, lower, upper } = one.spectrum;
    // The lowest frequencies hold what the tapers leave of the mean.
    const first = all.findIndex((hz) => hz >= resolutionHz(one.spectrum) / 2);
    const end = all.filter((hz) => hz <= HIGHEST_HZ).length;
    const shown = (values: Float64Array) => values.subarray(first, end);
    return {
      color: layerColor(one, layout.theme),
      x: shown(all),
      y: decibels(shown(density)),
      lower: decibels(shown(lower)),
      upper: decibels(shown(upper)),
      name: layerName(one),
    };
  });
  const values = lines.flatMap(({ y }) => [...y]).filter(Number.isFinite);
  const [least, most] = [Math.min(...values) - 3, Math.max(...values) + 3];
  const bands = lines.map(({ x, lower, upper, color }): Band => {
    return { x, lower, upper, color, shows: "95 % limits of the jackknife over tapers" };
  });
  const labels = lines.map(({ name, color, y }) => {
    return {
      text: name,
      color,
      yPx: frameHeightPx.spectrum * ((most - y.at(-1)!) / (most - least)),
    };
  });
  return panel(layout, {
    heightPx: 24 + frameHeightPx.spectrum + 40,
    marginTopPx: 24,
    marginBottomPx: 40,
    x: { domain: [0, Math.max(...lines.map(({ x }) => x.at(-1)!))], label: "Frequency (Hz)" },
    y: { domain: [least, most], label: "dB re 1 mV²/Hz" },
    bands,
    marks: [
      ...lines.map(({ x, y, color }) =>
        Plot.lineY(y, { x, stroke: color, strokeWidth: 1, clip: true }),
      ),
      lineLabels(labels, frameHeightPx.spectrum),
      panelTitle("Spectra of the sums", layout.theme.ink),
    ],
  });
}

/** Resolution of seven tapers of time-bandwidth 4, Hz. */
const resolutionHz = ({ segmentS }: MeanSpectrum): number => 8 / segmentS;

function captionOf(spectrum: MeanSpectrum | undefined): string {
  const proxy =
    "LFP proxy of each layer: the sum of the absolute contributions of all AMPA, NMDA and GABA-A " +
    "receptors, a mean over its living recorded excitatory cells, and its components.";
  if (!spectrum) return proxy;
  const { segmentCount, segmentS } = spectrum;
  const segments = `${segmentCount} ${segmentCount === 1 ? "segment" : "segments"} of ${segmentS} s`;
  const resolution = Number(resolutionHz(spectrum).toPrecision(2));
  return `${proxy} Below: multitaper spectra of the sums (${segments}, resolution ${resolution} Hz).`;
}

/** Of several columns, with the column: "column_1_layer_2". */
const keyOf = ({ layer, column }: LfpLayer): string =>
  `${column === undefined ? "" : `column_${column}_`}layer_${layer}`;

const proxyTable = (layers: readonly LfpLayer[]): Table => ({
  name: "lfp",
  columns: [
    { name: "time_ms", values: layers[0]!.timesMs },
    ...layers.flatMap((one) => [
      { name: `${keyOf(one)}_mv`, values: one.proxyMv },
      { name: `${keyOf(one)}_excitatory_mv`, values: one.excitatoryMv },
      { name: `${keyOf(one)}_inhibitory_mv`, values: one.inhibitoryMv },
    ]),
  ],
});

const spectrumTable = (layers: readonly KnownLayer[]): Table => ({
  name: "spectra",
  columns: [
    { name: "frequency_hz", values: layers[0]!.spectrum.frequenciesHz },
    ...layers.flatMap((one) => [
      { name: `${keyOf(one)}_mv2_per_hz`, values: one.spectrum.density },
      { name: `${keyOf(one)}_lower_mv2_per_hz`, values: one.spectrum.lower },
      { name: `${keyOf(one)}_upper_mv2_per_hz`, values: one.spectrum.upper },
    ]),
  ],
});
