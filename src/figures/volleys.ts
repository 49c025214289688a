import * as Plot from "@observablehq/plot";
import type { GroupLocking, StimulusLocking } from "../analysis/firing/phase-locking.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { panelGrid } from "../drawing/panel-grid.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { type RunStyle, runLegend, runStyles } from "../drawing/run-styles.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import { fontSizesPx, lightTheme, pageWidthPx } from "../drawing/theme.ts";

/** Firing of a run's populations relative to volleys. */
export interface VolleysRun extends StimulusLocking {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Without volleys, a control with the times that they would have. */
  readonly input: "volleys" | "shuffled" | "none";
  /** Periods of volleys evaluated, from the first to the last, ms. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A population, in all columns together. */
export type LockedPopulation = Pick<FigurePopulation, "name" | "cellClass" | "layer">;

export interface VolleysFigureData extends VolleysRun {
  /** Populations in the order of the groups. */
  readonly populations: readonly LockedPopulation[];
  readonly others?: readonly VolleysRun[];
}

/** Histograms in a row: as many as a layer has populations. */
const COLUMNS = 4;

/**
 * Peri-stimulus histograms of all populations over one period of volleys, and their vector strengths.
 *
 * @throws {FigureDataError} when there are no spikes
 */
export function volleysFigure(data: VolleysFigureData, options: FigureOptions): Figure {
  const { populations, others = [] } = data;
  const runs = [data, ...others];
  if (runs.every(({ groups }) => groups.every(({ spikeCount }) => spikeCount === 0))) {
    throw new FigureDataError("There are no spikes in whole periods of volleys.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const layers = [...new Set(populations.map(({ layer }) => layer))].sort((a, b) => a - b);
  const grid = { columns: COLUMNS, marginLeftPx: 52, marginRightPx: 10 };
  const histograms = layers.flatMap((layer, row) =>
    panelGrid(
      layout,
      populations.flatMap((population, place) =>
        population.layer === layer
          ? [(cell: Layout) => histogramPanel(cell, data, place, row === layers.length - 1)]
          : [],
      ),
      grid,
    ),
  );
  const panels = [...runLegend(layout, runs), ...histograms, strengthPanel(layout, data)];
  const names = runs.map(({ label }) => (runs.length > 1 ? label : undefined));
  const caption =
    "Peri-stimulus histograms: firing rate per living cell against the time from the last volley, " +
    `in bins of ${Number(data.binMs.toPrecision(3))} ms. ` +
    `${runs.map((run, k) => inputSentence(run, names[k])).join(" ")} ` +
    "Below: vector strength of each population.";
  return {
    ...stackPanels(layout, panels, caption, options),
    tables: runs.flatMap((run, k) => tablesOf(run, populations, runs, k)),
  };
}

function inputSentence({ input, periodMs, periodCount, ...run }: VolleysRun, label?: string) {
  const rateHz = Number((1000 / periodMs).toPrecision(4));
  const what = {
    volleys: `volleys at ${rateHz} Hz`,
    shuffled: `shuffled input, relative to the times of volleys at ${rateHz} Hz`,
    none: `no volleys, relative to the times that they would have at ${rateHz} Hz`,
  }[input];
  const text = `${what}, ${periodCount} periods from ${run.startMs / 1000} to ${run.endMs / 1000} s.`;
  return label ? `${label}: ${text}` : `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

const BAND = 1.96;

function histogramPanel(
  layout: Layout,
  data: VolleysFigureData,
  place: number,
  isLast: boolean,
): Panel {
  const { theme } = layout;
  const { populations, others = [] } = data;
  const { name } = populations[place]!;
  const runs = [data, ...others];
  const styles = runStyles(runs, theme);
  const highest = Math.max(...runs.map((run) => maximum(run.groups[place]!.rateHz)));
  const { vectorStrength, rateHz, counts } = data.groups[place]!;
  const [mean, count] = [rateHz, counts].map((all) => average(all)) as [number, number];
  const spread = count > 0 ? (BAND * mean) / Math.sqrt(count) : 0;
  const strength = runs.length === 1 && spread > 0 ? `, R = ${vectorStrength.toFixed(3)}` : "";
  const heightPx = isLast ? 132 : 100;
  return panel(layout, {
    heightPx,
    marginTopPx: 20,
    marginBottomPx: isLast ? 40 : 16,
    x: { domain: [0, data.periodMs], ...(isLast && { label: "Time from volley (ms)" }) },
    y: { domain: [0, Math.max(1.06 * highest, mean + spread) || 1], label: "Rate (Hz)" },
    bands: [
      {
        shows: "95 % range of independent spikes at a constant rate",
        x: [0, data.periodMs],
        lower: [mean - spread, mean - spread],
        upper: [mean + spread, mean + spread],
        color: theme.hairline,
        opacity: 0.5,
      },
    ],
    marks: [
      ...runs.map((run, k) =>
        histogramLine(run, run.groups[place]!, styles[k] ?? { color: theme.populations[name] }),
      ),
      panelTitle(name + strength, runs.length > 1 ? theme.ink : theme.populations[name]),
    ],
  });
}

/** A histogram as steps, from the first to the last edge. */
function histogramLine(
  { binMs }: VolleysRun,
  { rateHz }: GroupLocking,
  { color, dash }: RunStyle,
): Plot.Markish {
  const points = [...rateHz].flatMap((rate, bin) => [
    { timeMs: bin * binMs, rate },
    { timeMs: (bin + 1) * binMs, rate },
  ]);
  return Plot.lineY(points, {
    x: "timeMs",
    y: "rate",
    stroke: color,
    strokeWidth: 1,
    ...(dash && { strokeDasharray: dash }),
  });
}

interface StrengthPoint {
  readonly x: number;
  readonly strength: number;
  readonly chance: number;
  readonly color: string;
}

/** Vector strengths by population, with what chance gives. */
function strengthPanel(layout: Layout, data: VolleysFigureData): Panel {
  const { theme } = layout;
  const { populations, others = [] } = data;
  const runs = [data, ...others];
  const styles = runStyles(runs, theme);
  const points = runs.flatMap((run, k) =>
    run.groups.flatMap(({ vectorStrength, chanceStrength, spikeCount }, place): StrengthPoint[] => {
      const color = styles[k]?.color ?? theme.populations[populations[place]!.name];
      const x = place + (k + 1) / (runs.length + 1);
      return spikeCount > 0 ? [{ x, strength: vectorStrength, chance: chanceStrength, color }] : [];
    }),
  );
  const highest = Math.max(...points.map(({ strength, chance }) => Math.max(strength, chance)));
  return panel(layout, {
    heightPx: 20 + 110 + 24,
    marginTopPx: 20,
    marginBottomPx: 24,
    x: { domain: [0, populations.length], ticks: [] },
    y: { domain: [0, 1.06 * highest || 1], label: "Vector strength" },
    bands: [
      {
        shows:
          "vector strength that as many independent spikes at random phases exceed in 5 % of cases",
        x: points.map(({ x }) => x),
        lower: points.map(() => 0),
        upper: points.map(({ chance }) => chance),
        color: theme.hairline,
        isJoined: false,
        barWidthPx: 6,
      },
    ],
    marks: [
      Plot.dot(points, { x: "x", y: "strength", r: 2.6, fill: "color" }),
      Plot.text(populations, {
        x: (_: LockedPopulation, place: number) => place + 0.5,
        y: () => 0,
        dy: 11,
        text: "name",
        fontSize: fontSizesPx.tick,
      }),
      panelTitle("Phase locking", theme.ink),
    ],
  });
}

const maximum = (values: Float64Array): number =>
  values.reduce((most, value) => (value > most ? value : most), 0);

const average = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function tablesOf(
  { groups, binMs }: VolleysRun,
  populations: readonly LockedPopulation[],
  runs: readonly VolleysRun[],
  index: number,
): Table[] {
  const prefix = runs.length > 1 ? `${runTableName("", runs, index)}-` : "";
  const ofGroups = (value: (group: GroupLocking) => number) => Float64Array.from(groups, value);
  const startsMs = groups[0]!.counts.map((_, bin) => bin * binMs);
  return [
    {
      name: `${prefix}histograms`,
      columns: [
        { name: "start_ms", values: startsMs },
        { name: "end_ms", values: startsMs.map((startMs) => startMs + binMs) },
        ...populations.flatMap(({ name }, place) => [
          { name: `${name}_spikes`, values: groups[place]!.counts },
          { name: `${name}_hz`, values: groups[place]!.rateHz },
        ]),
      ],
    },
    {
      name: `${prefix}locking`,
      columns: [
        { name: "layer", values: Uint32Array.from(populations, ({ layer }) => layer) },
        { name: "spikes", values: ofGroups(({ spikeCount }) => spikeCount) },
        { name: "vector_strength", values: ofGroups((group) => group.vectorStrength) },
        { name: "mean_phase_rad", values: ofGroups((group) => group.meanPhaseRad) },
        { name: "rayleigh_p", values: ofGroups((group) => group.rayleighP) },
        { name: "period_p", values: ofGroups((group) => group.periodP) },
        { name: "chance_vector_strength", values: ofGroups((group) => group.chanceStrength) },
      ],
    },
  ];
}
