import * as Plot from "@observablehq/plot";
import { counted, noteOf } from "../drawing/figure-notes.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import { type ColorScale, colorBar, colorScale, heatMap } from "../drawing/heat-map.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { fontSizesPx } from "../drawing/theme.ts";
import type { WeightMatrices } from "../synapses/weight-matrices.ts";

const rowHeightPx = 20;
const columnWidthPx = 46;

/** The least and the greatest mean gain at synapses of E cells in several matrices, 1 among them. */
export function gainDomain(
  all: readonly WeightMatrices[],
  populations: readonly FigurePopulation[],
): readonly [number, number] {
  const known = all.flatMap(({ meanGain }) =>
    [...meanGain].filter((gain, at) => {
      const sender = populations[Math.floor(at / populations.length)]!;
      return sender.cellClass === "E" && Number.isFinite(gain);
    }),
  );
  return [Math.min(1, ...known), Math.max(1.001, ...known)];
}

/** Populations of the matrices, and the column of several whose matrix is shown. */
interface ShownColumn {
  readonly populations: readonly FigurePopulation[];
  readonly column?: number | undefined;
}

/**
 * Mean gains by pair of populations of a column: rows send, columns receive; those that STDP
 * changed.
 *
 * @param domain the gains of the colours' ends
 */
export function gainMatrixPanel(
  layout: Layout,
  matrices: WeightMatrices,
  shown: ShownColumn,
  domain: readonly [number, number],
  title: string,
): Panel {
  const { theme, marginLeftPx } = layout;
  const { populations } = shown;
  const { senders, receivers } = shownPopulations(matrices, shown);
  const values = new Float64Array(senders.length * receivers.length);
  senders.forEach((i, row) => {
    receivers.forEach((j, column) => {
      values[row * receivers.length + column] = matrices.meanGain[i * populations.length + j]!;
    });
  });
  const scale = colorScale(domain);
  const frame = {
    widthPx: columnWidthPx * receivers.length,
    heightPx: rowHeightPx * senders.length,
  };
  const narrow = { ...layout, widthPx: marginLeftPx + frame.widthPx + layout.marginRightPx };
  const grid = { values, rowCount: senders.length, columnCount: receivers.length };
  const nameOf = (index: number) => populations[index]!.name;
  return panel(narrow, {
    heightPx: 20 + frame.heightPx + 40,
    marginTopPx: 20,
    marginBottomPx: 40,
    x: { domain: [0, receivers.length], ticks: [], label: "Postsynaptic population" },
    y: { domain: [0, senders.length], ticks: [], label: "Presynaptic" },
    notes: notFiniteNotes(matrices, shown, title),
    marks: [
      heatMap(grid, scale, frame),
      cellTexts(values, receivers.length, scale),
      ...axisNames(senders.map(nameOf), receivers.map(nameOf)),
      colorBar(scale, "Mean gain", theme, frame),
      panelTitle(title, theme.ink),
    ],
  });
}

/** Of the synapses of E cells whose gains are left out of the means, how many there are. */
function notFiniteNotes(
  { gainsNotFinite }: WeightMatrices,
  { populations, column }: ShownColumn,
  title: string,
): string[] {
  const count = gainsNotFinite.reduce((sum, own, at) => {
    const sender = populations[Math.floor(at / populations.length)]!;
    return sender.cellClass === "E" && sender.column === column ? sum + own : sum;
  }, 0);
  return count > 0
    ? [noteOf(title, `the gains of ${counted(count, "synapse")} are infinite or NaN, and excluded`)]
    : [];
}

/** Names of the rows left of them, and of the columns below. */
const axisNames = (rows: readonly string[], columns: readonly string[]): Plot.Markish[] => [
  Plot.text(rows, {
    x: () => 0,
    y: (_: string, row: number) => row + 0.5,
    dx: -6,
    textAnchor: "end",
    fontSize: fontSizesPx.tick,
  }),
  Plot.text(columns, {
    x: (_: string, column: number) => column + 0.5,
    y: () => 0,
    dy: 10,
    fontSize: fontSizesPx.tick,
  }),
];

/** E populations, and onto which populations any gain of theirs has changed; else the E ones. */
function shownPopulations({ meanGain }: WeightMatrices, { populations, column }: ShownColumn) {
  const all = [...populations.keys()].filter((index) => populations[index]!.column === column);
  const senders = all.filter((index) => populations[index]!.cellClass === "E");
  const changed = all.filter((j) =>
    senders.some((i) => {
      const gain = meanGain[i * populations.length + j]!;
      return !Number.isNaN(gain) && gain !== 1;
    }),
  );
  return { senders, receivers: changed.length > 0 ? changed : senders };
}

/** The values, in black on light colours and white on dark ones. */
function cellTexts(values: Float64Array, columnCount: number, { domain, colors }: ColorScale) {
  const [least, most] = domain;
  const cells = [...values].flatMap((value, at) =>
    Number.isNaN(value)
      ? []
      : [{ value, row: Math.floor(at / columnCount), column: at % columnCount }],
  );
  const isLight = (value: number) => {
    const part = (value - least) / (most - least);
    const color = colors[Math.round(Math.min(1, Math.max(0, part)) * (colors.length - 1))]!;
    return Number.parseInt(color.slice(3, 5), 16) > 0x80;
  };
  return Plot.text(cells, {
    x: ({ column }) => column + 0.5,
    y: ({ row }) => row + 0.5,
    text: ({ value }) => gainText(value),
    fontSize: fontSizesPx.note,
    fill: ({ value }) => (isLight(value) ? "#000000" : "#ffffff"),
  });
}

/** Five letters fit into a cell: "1.05", "148.2", "2.1e7". */
const gainText = (value: number): string =>
  value < 1000
    ? value.toFixed(2)
    : value < 1e5
      ? value.toFixed(0)
      : value.toPrecision(2).replace("e+", "e");
