import { deviationBand } from "../analysis/statistics/confidence.ts";
import type { Figure } from "../drawing/figure.ts";
import { figureGrid, type GridCell } from "../drawing/figure-grid.ts";
import { pageWidthPx, themes } from "../drawing/theme.ts";
import { curveGridFigure } from "../ensembles/curve-grid.ts";
import { type MeasureLine, measureFigure } from "../ensembles/measure.ts";
import { curveDefinitions } from "../measures/curves.ts";
import type { MeasuredReplicate } from "../measures/replicate-evidence.ts";
import type { ParameterName } from "../model/parameters.ts";
import { parameterDefinitions } from "../model/parameters.ts";
import type { ReplicateEvidence } from "../paper/claims-2014.ts";
import type { Condition, PaperFigure2014 } from "../paper/figure.ts";
import { figureDocument } from "../pictures/rendering.ts";
import type { PaperDrawingOptions } from "./drawing.ts";

/** Replicates of a condition, in the order of seeds. */
export interface ReplicatedCondition {
  readonly condition: Condition;
  readonly replicates: readonly MeasuredReplicate[];
}

/** Width of a figure in one of two columns. */
const columnWidthPx = (pageWidthPx - 12) / 2;

/** Draws a figure of the second paper: means ± standard deviations over seeds. */
export function drawReplicatedFigure(
  figure: PaperFigure2014,
  runs: readonly ReplicatedCondition[],
  caption: string,
  { theme = "light", title }: PaperDrawingOptions,
): Figure {
  const common = { document: figureDocument(), theme: themes[theme], drawsNotes: false };
  const rows = rowsOf[figure.shows](runs, { ...common, widthPx: columnWidthPx }, figure);
  return figureGrid(rows, { ...common, caption, ...(title && { title }) });
}

type Options = Parameters<typeof measureFigure>[1];

type Rows = (
  runs: readonly ReplicatedCondition[],
  options: Options,
  figure: PaperFigure2014,
) => GridCell[][];

const rowsOf: Readonly<Record<PaperFigure2014["shows"], Rows>> = {
  courses: (runs, options) => [
    [courseCell("a", "activityEHz", runs, options), courseCell("b", "scaleFactorE", runs, options)],
    [courseCell("c", "livingCells", runs, options)],
  ],
  deaths: (runs, options) => {
    const cell = differenceCell(runs, options);
    return [
      [
        cell("a", "E cells dead, less those without stimulation", ({ deadE }) => deadE),
        cell("b", "I cells dead, less those without stimulation", ({ deadI }) => deadI),
      ],
      [
        cell("c", "Activity, difference (Hz)", ({ activityEndHz }) => activityEndHz),
        cell("d", "Scale factor, difference", ({ scaleFactorEnd }) => scaleFactorEnd),
      ],
    ];
  },
  information: (runs, options, { segments = {} }) => {
    const widthPx = pageWidthPx;
    const names = Object.keys(segments);
    const [first] = runs;
    if (first!.condition.changed) return [weightCells(runs, options, names)];
    return [[populationCell("a", first!, { ...options, widthPx }, names)]];
  },
};

function courseCell(
  letter: string,
  name: keyof MeasuredReplicate["curves"],
  runs: readonly ReplicatedCondition[],
  options: Options,
): GridCell {
  const { title, axisLabel } = curveDefinitions[name];
  const lines = runs.map(({ replicates }) => {
    const curves = replicates.map((one) => one.curves[name]);
    const band = seedBand(curves.map(({ values }) => values));
    return { timesMs: curves[0]!.timesMs, ...band };
  });
  const figure = curveGridFigure(
    {
      subject: title,
      groups: runs.map(({ condition }) => condition.label),
      panels: [{ name: "mean", title, axisLabel, lines }],
      columns: 1,
      isShared: false,
    },
    options,
  );
  return { letter, figure };
}

/** Differences from the first condition against the parameter in which the others differ. */
function differenceCell([baseline, ...runs]: readonly ReplicatedCondition[], options: Options) {
  return (letter: string, title: string, value: (one: ReplicateEvidence) => number): GridCell => {
    const differences = runs.map(({ replicates }) =>
      replicates.map(
        ({ evidence }, k) => value(evidence) - value(baseline!.replicates[k]!.evidence),
      ),
    );
    const figure = measureFigure(
      {
        parameter: parameterAxis(runs),
        groups: [""],
        panels: [
          { name: "difference", title, unit: "1", lines: [lineOf(differences)], reference: 0 },
        ],
        columns: 1,
      },
      options,
    );
    return { letter, figure };
  };
}

function parameterAxis(runs: readonly ReplicatedCondition[]) {
  const changed = runs.map(({ condition }) => condition.changed!);
  const { name } = changed[0]!;
  const { unit } = parameterDefinitions[name as ParameterName];
  const label = name === "stimulationRateHz" ? "Frequency of stimulation" : "Weight of stimulation";
  return { name, unit, label: `${label} (${unit})`, values: changed.map(({ value }) => value) };
}

/** Means and standard deviations of the values at each place of an axis. */
function lineOf(values: readonly (readonly number[])[]): MeasureLine {
  const seeds = values[0]!.map((_, seed) => Float64Array.from(values, (own) => own[seed]!));
  return seedBand(seeds);
}

/** Mean ± standard deviation of values, one array a seed. */
function seedBand(seeds: readonly Float64Array[]): MeasureLine {
  const { mean, ...limits } = deviationBand(seeds);
  const shows = `mean ± SD over ${seeds.length} seeds`;
  return { statistic: "mean", middle: mean, ...limits, shows };
}

const informationTitle = "Normalised transfer entropy";

function populationCell(
  letter: string,
  { replicates }: ReplicatedCondition,
  options: Options,
  segments: readonly string[],
): GridCell {
  const populations = Object.keys(replicates[0]!.evidence.information[0]!);
  const lines = segments.map((_, segment) =>
    lineOf(
      populations.map((name) =>
        replicates.map(({ evidence }) => evidence.information[segment]![name]!),
      ),
    ),
  );
  const figure = measureFigure(
    {
      parameter: { name: "population", unit: "", label: "Source population", values: populations },
      groups: segments,
      panels: [{ name: "information", title: informationTitle, unit: "1", lines, reference: 0 }],
      columns: 1,
    },
    options,
  );
  return { letter, figure };
}

function weightCells(
  runs: readonly ReplicatedCondition[],
  options: Options,
  segments: readonly string[],
): GridCell[] {
  const cell = (
    letter: string,
    whose: string,
    flow: (own: readonly [string, number][]) => number,
  ) => {
    const lines = segments.map((_, segment) =>
      lineOf(
        runs.map(({ replicates }) =>
          replicates.map(({ evidence }) => flow(Object.entries(evidence.information[segment]!))),
        ),
      ),
    );
    const title = `${informationTitle} from ${whose}`;
    const figure = measureFigure(
      {
        parameter: parameterAxis(runs),
        groups: segments,
        panels: [{ name: "information", title, unit: "1", lines, reference: 0 }],
        columns: 1,
      },
      options,
    );
    return { letter, figure };
  };
  return [
    cell("a", "E4", (own) => Object.fromEntries(own)["E4"]!),
    cell("b", "all populations", (own) => own.reduce((sum, [, value]) => sum + value, 0)),
  ];
}
