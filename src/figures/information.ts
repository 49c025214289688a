import * as Plot from "@observablehq/plot";
import type { FourierInformationResult } from "../analysis/transmission/fourier-information.ts";
import type { Band } from "../drawing/band.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { counted, noteOf } from "../drawing/figure-notes.ts";
import { type FigurePopulation, populationKey } from "../drawing/figure-population.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import type { Table } from "../drawing/table.ts";
import { fontSizesPx, lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { durationText } from "../drawing/time-axis.ts";

/** Information of cells about their input, singly and by population, from `FourierInformation`. */
export interface InformationFigureData {
  /** The result for a train a cell, in the order of `cells`, and then one a population. */
  readonly result: FourierInformationResult;
  readonly cells: Uint32Array;
  /** Populations that have any of the cells, each with a train of its cells' spikes together. */
  readonly populations: readonly FigurePopulation[];
  /** Time range of the trials and their duration, ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly trialMs: number;
  /** Cells that were deleted in the course of the trials. */
  readonly deletedCount: number;
}

const frameHeightPx = 130;

/**
 * Information that single cells and whole populations tell of the external input, in bits/s: each
 * up to half its rate, and by frequency.
 *
 * @throws {FigureDataError} when there are no cells
 */
export function informationFigure(data: InformationFigureData, options: FigureOptions): Figure {
  if (data.cells.length === 0) {
    throw new FigureDataError("No cell survives the trials: there is no information to draw.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const panels = [cellPanel(layout, data), trainPanel(layout, data), spectrumPanel(layout, data)];
  const { unique, repeat } = data.result.trialCounts;
  const caption =
    `Information in spikes about the external input (Crumiller et al. 2011), from ${unique} ` +
    `trials with unique and ${repeat} with repeated input of ${durationText(data.trialMs)} each, ` +
    `from ${data.startMs / 1000} to ${data.endMs / 1000} s. For the ${data.cells.length} cells ` +
    "that survive them: single cells (dots; bar: mean of the population), and the summed spikes " +
    "of each population, each up to half its rate; below, the latter " +
    "by frequency." +
    (data.deletedCount > 0
      ? ` ${data.deletedCount} other cells were deleted during this time.`
      : "");
  return { ...stackPanels(layout, panels, caption, options), tables: tablesOf(data) };
}

/** One point of a panel whose columns are populations. */
interface Point {
  readonly x: number;
  readonly value: number;
  readonly error: number;
  readonly color: string;
}

const placeOf = (populations: readonly FigurePopulation[], cell: number): number =>
  populations.findIndex(
    ({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount,
  );

function cellPanel(layout: Layout, { result, cells, populations }: InformationFigureData): Panel {
  const { theme } = layout;
  const points = [...cells].flatMap((cell, k): Point[] => {
    const place = placeOf(populations, cell);
    const { bitsPerS, bitsPerSError } = result.trains[k]!;
    if (Number.isNaN(bitsPerS)) return [];
    const { firstCell, cellCount, name } = populations[place]!;
    // Side by side in the order of the cells.
    const x = place + 0.15 + (0.7 * (cell - firstCell + 0.5)) / cellCount;
    return [{ x, value: bitsPerS, error: bitsPerSError, color: theme.populations[name] }];
  });
  const means = populations.map((_, place) => {
    const own = points.filter(({ x }) => Math.floor(x) === place);
    const mean = own.reduce((sum, { value }) => sum + value, 0) / own.length;
    return { x1: place + 0.1, x2: place + 0.9, mean };
  });
  const place = { populations, title: "Single cells", left: cells.length - points.length };
  return categoryPanel(layout, place, points, [
    Plot.dot(points, { x: "x", y: "value", r: 1.4, fill: "color" }),
    Plot.ruleY(
      means.filter(({ mean }) => !Number.isNaN(mean)),
      { x1: "x1", x2: "x2", y: "mean", stroke: theme.ink, strokeWidth: 1.4 },
    ),
  ]);
}

function trainPanel(layout: Layout, { result, cells, populations }: InformationFigureData): Panel {
  const points = populations.flatMap(({ name }, place): Point[] => {
    const { bitsPerS, bitsPerSError } = result.trains[cells.length + place]!;
    if (Number.isNaN(bitsPerS)) return [];
    const color = layout.theme.populations[name];
    return [{ x: place + 0.5, value: bitsPerS, error: bitsPerSError, color }];
  });
  const title = "Populations, summed spikes";
  const bands = points.map(({ x, value, error, color }) => ({
    shows: "estimate of a population ± standard error",
    x: [x],
    lower: [value - error],
    upper: [value + error],
    color,
    isJoined: false,
  }));
  const place = { populations, title, left: populations.length - points.length, bands };
  return categoryPanel(layout, place, points, [
    Plot.dot(points, { x: "x", y: "value", r: 2.6, fill: "color" }),
  ]);
}

interface CategoryPlace {
  readonly populations: readonly FigurePopulation[];
  readonly title: string;
  /** Trains without an estimate: they fire in one kind of trial only. */
  readonly left: number;
  readonly bands?: readonly Band[];
}

/** A panel with a column for each population, down to the least value if that is below 0. */
function categoryPanel(
  layout: Layout,
  { populations, title, left, bands = [] }: CategoryPlace,
  points: readonly Point[],
  marks: Plot.Markish[],
): Panel {
  const { theme } = layout;
  const top = points.reduce((most, { value, error }) => Math.max(most, value + error), 0);
  const bottom = points.reduce((least, { value, error }) => Math.min(least, value - error), 0);
  return panel(layout, {
    heightPx: 20 + frameHeightPx + 24,
    marginTopPx: 20,
    marginBottomPx: 24,
    notes:
      left > 0
        ? [
            noteOf(
              title,
              `no estimate of ${counted(left, "train")}, which fire in one kind of trial only`,
            ),
          ]
        : [],
    x: { domain: [0, populations.length], ticks: [] },
    y: { domain: [1.05 * bottom, 1.05 * top || 1], label: "Information (bits/s)" },
    bands,
    marks: [
      bottom < 0 ? Plot.ruleY([0], { stroke: theme.hairline }) : null,
      ...marks,
      Plot.text(categoryNames(populations), {
        x: "x",
        y: () => 1.05 * bottom,
        dy: 11,
        text: "text",
        fontSize: fontSizesPx.tick,
      }),
      panelTitle(title, theme.ink),
    ],
  });
}

/** Names below the populations; of several columns, those of the columns. */
function categoryNames(populations: readonly FigurePopulation[]) {
  const columns = [...new Set(populations.map(({ column }) => column))];
  if (columns.length === 1) return populations.map(({ name }, x) => ({ x: x + 0.5, text: name }));
  const width = populations.length / columns.length;
  return columns.map((column, k) => ({ x: width * (k + 0.5), text: `col ${column}` }));
}

function spectrumPanel(layout: Layout, data: InformationFigureData): Panel {
  const { theme } = layout;
  const { result, cells, populations } = data;
  const { frequenciesHz, bandHz } = result;
  const lines = populations.flatMap(({ name }, place) => {
    const { density } = result.trains[cells.length + place]!;
    return !density.every(Number.isFinite) ? [] : [{ density, color: theme.populations[name] }];
  });
  const all = lines.flatMap(({ density }) => [...density]);
  const [bottom, top] = [Math.min(0, ...all), Math.max(0.1, ...all)];
  return panel(layout, {
    heightPx: 20 + frameHeightPx + 40,
    marginTopPx: 20,
    marginBottomPx: 40,
    notes:
      lines.length < populations.length
        ? [
            noteOf(
              "By frequency",
              `no estimate of ${counted(populations.length - lines.length, "population")}`,
            ),
          ]
        : [],
    x: { domain: [0, frequenciesHz.at(-1)! + bandHz / 2], label: "Frequency (Hz)" },
    y: { domain: [bottom, top], label: "Bits/s per Hz" },
    marks: [
      bottom < 0 ? Plot.ruleY([0], { stroke: theme.hairline }) : null,
      ...lines.map(({ density, color }) =>
        Plot.lineY(frequenciesHz, { x: frequenciesHz, y: density, stroke: color, strokeWidth: 1 }),
      ),
      panelTitle("The same by frequency", theme.ink),
    ],
  });
}

function tablesOf({ result, cells, populations }: InformationFigureData): Table[] {
  const trains = (from: number, count: number) => result.trains.slice(from, from + count);
  const columns = (chosen: FourierInformationResult["trains"]) => [
    { name: "bits_per_s", values: Float64Array.from(chosen, ({ bitsPerS }) => bitsPerS) },
    { name: "standard_error", values: Float64Array.from(chosen, (one) => one.bitsPerSError) },
    { name: "up_to_hz", values: Float64Array.from(chosen, ({ limitHz }) => limitHz) },
    { name: "unique_spikes", values: Float64Array.from(chosen, (one) => one.uniqueSpikes) },
    { name: "repeat_spikes", values: Float64Array.from(chosen, (one) => one.repeatSpikes) },
  ];
  const together = trains(cells.length, populations.length);
  return [
    {
      name: "cells",
      columns: [{ name: "cell", values: cells }, ...columns(trains(0, cells.length))],
    },
    {
      name: "populations",
      columns: [
        {
          name: "first_cell",
          values: Uint32Array.from(populations, ({ firstCell }) => firstCell),
        },
        ...columns(together),
      ],
    },
    {
      name: "spectra",
      columns: [
        { name: "frequency_hz", values: result.frequenciesHz },
        ...populations.map((population, place) => ({
          name: `${populationKey(population)}_bits_per_s_per_hz`,
          values: together[place]!.density,
        })),
      ],
    },
  ];
}
