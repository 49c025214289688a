import { meanBand } from "../../analysis/confidence.ts";
import {
  type CurvePanel,
  curveGridFigure,
  type TimedBand,
} from "../../figures/curve-grid-figure.ts";
import type { Figure } from "../../figures/figure.ts";
import { measureFigure } from "../../figures/measure-figure.ts";
import { type ParameterAxis, valueText } from "../../figures/parameter-axis.ts";
import { type MapPanel, parameterMapFigure } from "../../figures/parameter-map-figure.ts";
import type { ParameterName } from "../../model/parameters.ts";
import { type MeasureName, measureDefinitions } from "../../sweep/measures.ts";
import { figureDocument } from "../figure/picture.ts";
import { type CurveName, curveDefinitions, readRunCurves } from "../figure/run-curves.ts";
import type { Study } from "./study.ts";
import { bandsOf, groupRuns, parameterAxis, settingOf } from "./study-groups.ts";
import type { StudyRun } from "./study-table.ts";

/** A figure and the file that it belongs in, without ending. */
export interface NamedFigure {
  readonly name: string;
  readonly draw: () => Figure;
}

/** Panels of curves on a page. */
const MOST_CURVE_PANELS = 36;

/** Runs whose curves are read for one panel's line. */
const MOST_CURVES_PER_LINE = 50;

/** From this part of all pairs on, two parameters make a map. */
const LEAST_MAP_COVER = 0.5;

/**
 * The figures of a study: its measures against each varied parameter, maps of them over each two
 * numerical parameters, and the runs' activity in small multiples.
 */
export function studyFigures(
  study: Study,
  runs: readonly StudyRun[],
  measures: readonly MeasureName[],
): NamedFigure[] {
  const varied = study.plan.header.varied.filter(
    (name) => parameterAxis(name, runs).values.length > 1,
  );
  const title = study.plan.header.name;
  return [
    ...varied.map((name) => ({
      name: `measures-by-${name}`,
      draw: () => measuresAgainst(name, varied, runs, measures, title),
    })),
    ...numericalPairs(varied, runs).map(([x, y]) => ({
      name: `map-of-${x}-and-${y}`,
      draw: () => measuresOver(x, y, varied, runs, measures, title),
    })),
    { name: "activity", draw: () => activityGrid(study, varied, runs, title) },
  ];
}

function measuresAgainst(
  name: ParameterName,
  varied: readonly ParameterName[],
  runs: readonly StudyRun[],
  measures: readonly MeasureName[],
  title: string,
): Figure {
  const parameter = parameterAxis(name, runs);
  const grouping = groupRuns(
    runs,
    varied.filter((other) => other !== name),
  );
  const places = new Map(parameter.values.map((value, place) => [value, place]));
  const panels = measures.map((measure) => {
    const cells = grouping.labels.map(() => parameter.values.map((): number[] => []));
    for (const run of runs) {
      cells[grouping.groupOf(run)]![places.get(settingOf(run, name))!]!.push(run.measures[measure]);
    }
    return { ...measureTitle(measure), lines: cells.map(bandsOf) };
  });
  const { labels: groups, averaged } = grouping;
  return measureFigure(
    { parameter, groups, panels, averaged },
    { document: figureDocument(), title },
  );
}

const measureTitle = (measure: MeasureName) => {
  const { title, unit } = measureDefinitions[measure];
  return { name: measure, title, unit };
};

/** Pairs of numerical parameters of which most combinations were run. */
function numericalPairs(
  varied: readonly ParameterName[],
  runs: readonly StudyRun[],
): (readonly [ParameterName, ParameterName])[] {
  const numerical = varied.filter((name) => typeof settingOf(runs[0]!, name) === "number");
  const pairs = numerical.flatMap((x, k) => numerical.slice(k + 1).map((y) => [x, y] as const));
  return pairs.filter(([x, y]) => {
    const found = new Set(runs.map((run) => `${settingOf(run, x)} ${settingOf(run, y)}`)).size;
    const all = parameterAxis(x, runs).values.length * parameterAxis(y, runs).values.length;
    return found >= LEAST_MAP_COVER * all;
  });
}

function measuresOver(
  xName: ParameterName,
  yName: ParameterName,
  varied: readonly ParameterName[],
  runs: readonly StudyRun[],
  measures: readonly MeasureName[],
  title: string,
): Figure {
  const [x, y] = [parameterAxis(xName, runs), parameterAxis(yName, runs)];
  const others = varied.filter((name) => name !== xName && name !== yName);
  const { labels, groupOf, averaged } = groupRuns(runs, others);
  const panels = measures.flatMap((measure) =>
    labels.map((label, group): MapPanel => {
      const own = runs.filter((run) => groupOf(run) === group);
      const { name, title: heading, unit } = measureTitle(measure);
      return {
        name: labels.length > 1 ? `${name}-${group + 1}` : name,
        title: label === "" ? heading : `${heading}, ${label}`,
        unit,
        measure,
        values: meansOver(x, y, own, measure),
      };
    }),
  );
  return parameterMapFigure({ x, y, panels, averaged }, { document: figureDocument(), title });
}

function meansOver(
  x: ParameterAxis,
  y: ParameterAxis,
  runs: readonly StudyRun[],
  measure: MeasureName,
): Float64Array {
  const columns = new Map(x.values.map((value, place) => [value, place]));
  const rows = new Map(y.values.map((value, place) => [value, place]));
  const cells = Array.from({ length: columns.size * rows.size }, (): number[] => []);
  for (const run of runs) {
    const column = columns.get(settingOf(run, x.name as ParameterName))!;
    const row = rows.get(settingOf(run, y.name as ParameterName))!;
    cells[row * columns.size + column]!.push(run.measures[measure]);
  }
  return bandsOf(cells).mean;
}

/** Runs of one setting, by group. */
interface SettingRuns {
  readonly title: string;
  readonly groups: readonly StudyRun[][];
}

/** The activity of E cells: a panel for each setting, a line for each choice. */
function activityGrid(
  study: Study,
  varied: readonly ParameterName[],
  runs: readonly StudyRun[],
  title: string,
): Figure {
  const choices = varied.filter((name) => typeof settingOf(runs[0]!, name) !== "number");
  const { by, labels, groupOf } = groupRuns(runs, choices);
  const settings = runsBySetting(
    runs,
    varied.filter((name) => !by.includes(name)),
    labels,
    groupOf,
  );
  const shown = evenlyChosen(settings, MOST_CURVE_PANELS);
  const { title: subject, axisLabel } = curveDefinitions.activityEHz;
  const panels = shown.map(
    (setting, k): CurvePanel => ({
      name: `activity-${k + 1}`,
      title: setting.title,
      axisLabel,
      lines: setting.groups.map((own) => curveBand(study, own, "activityEHz")),
    }),
  );
  const seeds = new Set(runs.map(({ task }) => task.seed)).size;
  const isPart = shown.length < settings.length;
  return curveGridFigure(
    {
      subject: isPart ? `${subject}, ${shown.length} of ${settings.length} settings` : subject,
      groups: labels,
      panels,
      averaged: seeds > 1 ? `${seeds} seeds` : undefined,
      columns: shown.length > 4 ? 3 : shown.length > 1 ? 2 : 1,
      isShared: true,
    },
    { document: figureDocument(), title },
  );
}

function runsBySetting(
  runs: readonly StudyRun[],
  names: readonly ParameterName[],
  groups: readonly string[],
  groupOf: (run: StudyRun) => number,
): SettingRuns[] {
  const settings = new Map<string, SettingRuns>();
  for (const run of runs) {
    const title = names.map((name) => `${name} ${valueText(settingOf(run, name))}`).join("\n");
    const setting = settings.get(title) ?? { title, groups: groups.map(() => []) };
    settings.set(title, setting);
    setting.groups[groupOf(run)]!.push(run);
  }
  return [...settings.values()];
}

/** So many of a list at most, evenly spread over it. */
function evenlyChosen<T>(all: readonly T[], most: number): T[] {
  const part = (k: number) => Math.floor((k * most) / all.length);
  return all.length <= most ? [...all] : all.filter((_, k) => part(k) !== part(k - 1));
}

/** The mean of a curve over runs, with 95 % limits. */
export function curveBand(study: Study, runs: readonly StudyRun[], name: CurveName): TimedBand {
  const curves = runs
    .slice(0, MOST_CURVES_PER_LINE)
    .map(({ task }) => readRunCurves(study.runDirectory(task))[name]);
  const [first] = curves;
  if (!first) return { timesMs: new Float64Array(0), ...bandsOf([]) };
  // Runs of other lengths have other times.
  const alike = curves.filter(({ timesMs }) => timesMs.length === first.timesMs.length);
  return { timesMs: first.timesMs, ...meanBand(alike.map(({ values }) => values)) };
}
