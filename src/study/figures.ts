import type { Figure } from "../drawing/figure.ts";
import { type ParameterAxis, valueText } from "../drawing/parameter-axis.ts";
import { type CurveGridData, type CurvePanel, curveGridFigure } from "../figures/curve-grid.ts";
import { measureFigure } from "../figures/measure.ts";
import { type MapPanel, parameterMapFigure } from "../figures/parameter-map.ts";
import { curveDefinitions } from "../measures/curves.ts";
import { type MeasureName, measureDefinitions } from "../measures/quantities.ts";
import { figureDocument } from "../pictures/rendering.ts";
import { curveLines, evenlyChosen } from "./curves.ts";
import type { Study } from "./folder.ts";
import { bandsOf, groupRuns, limitsShown, parameterAxis, settingOf } from "./groups.ts";
import { onsetPanel, onsetsOf } from "./onsets.ts";
import type { SettingName } from "./planning/variation.ts";
import type { StudyRun } from "./table.ts";

/** A figure and the file that it belongs in, without ending. */
export interface NamedFigure {
  readonly name: string;
  readonly draw: () => Figure;
}

/** Panels of curves on a page. */
const MOST_CURVE_PANELS = 36;

/** From this part of all pairs on, two parameters make a map. */
const LEAST_MAP_COVER = 0.5;

/**
 * The figures of a study: its measures against each varied parameter, maps of them over each two
 * numerical parameters, and in small multiples the runs' activity and, if any becomes hyperactive,
 * the fraction that is not yet.
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
    ...(runs.some(({ measures }) => measures.hyperactivityOnsetS !== null)
      ? [{ name: "survival", draw: () => survivalGrid(varied, runs, title) }]
      : []),
  ];
}

function measuresAgainst(
  name: SettingName,
  varied: readonly SettingName[],
  runs: readonly StudyRun[],
  measures: readonly MeasureName[],
  title: string,
): Figure {
  const parameter = parameterAxis(name, runs);
  const grouping = groupRuns(
    runs,
    varied.filter((other) => other !== name),
  );
  const { labels: groups, averaged } = grouping;
  const places = new Map(parameter.values.map((value, place) => [value, place]));
  const panels = measures.map((measure) => {
    const cells = groups.map(() => parameter.values.map((): number[] => []));
    for (const run of runs) {
      const value = run.measures[measure];
      if (value === null) continue;
      cells[grouping.groupOf(run)]![places.get(settingOf(run, name))!]!.push(value);
    }
    const titled = measureTitle(measure);
    const notes = notFiniteNotes(titled.title, runs, measure);
    const lines = cells.map((places) => ({ ...bandsOf(places), shows: limitsShown(averaged) }));
    return { ...titled, lines, notes };
  });
  return measureFigure(
    { parameter, groups, panels, averaged },
    { document: figureDocument(), title },
  );
}

const measureTitle = (measure: MeasureName) => {
  const { title, unit } = measureDefinitions[measure];
  return { name: measure, title, unit };
};

/** Of the runs' values of a measure that are infinite or not a number, how many there are. */
function notFiniteNotes(title: string, runs: readonly StudyRun[], measure: MeasureName): string[] {
  const values = runs.flatMap(({ measures }) => measures[measure] ?? []);
  const count = values.filter((value) => !Number.isFinite(value)).length;
  return count === 0
    ? []
    : [`${title}: infinite or NaN in ${count} of ${values.length} runs, which are excluded.`];
}

/** Pairs of numerical parameters of which most combinations were run. */
function numericalPairs(
  varied: readonly SettingName[],
  runs: readonly StudyRun[],
): (readonly [SettingName, SettingName])[] {
  const numerical = varied.filter((name) => typeof settingOf(runs[0]!, name) === "number");
  const pairs = numerical.flatMap((x, k) => numerical.slice(k + 1).map((y) => [x, y] as const));
  return pairs.filter(([x, y]) => {
    const found = new Set(runs.map((run) => `${settingOf(run, x)} ${settingOf(run, y)}`)).size;
    const all = parameterAxis(x, runs).values.length * parameterAxis(y, runs).values.length;
    return found >= LEAST_MAP_COVER * all;
  });
}

function measuresOver(
  xName: SettingName,
  yName: SettingName,
  varied: readonly SettingName[],
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
      const title = label === "" ? heading : `${heading}, ${label}`;
      return {
        name: labels.length > 1 ? `${name}-${group + 1}` : name,
        title,
        notes: notFiniteNotes(title, own, measure),
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
    const column = columns.get(settingOf(run, x.name as SettingName))!;
    const row = rows.get(settingOf(run, y.name as SettingName))!;
    const value = run.measures[measure];
    if (value !== null) cells[row * columns.size + column]!.push(value);
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
  varied: readonly SettingName[],
  runs: readonly StudyRun[],
  title: string,
): Figure {
  const choices = varied.filter((name) => typeof settingOf(runs[0]!, name) !== "number");
  const { title: subject, axisLabel } = curveDefinitions.activityEHz;
  return settingGrid(runs, varied, choices, {
    name: "activity",
    title,
    subject,
    averaged: averagedSeeds(runs),
    panelOf: ({ title, groups }, labels) => ({
      axisLabel,
      ...curveLines(study, groups, labels, "activityEHz", title),
    }),
  });
}

/** Networks without hyperactivity so far: lines as far as they can be told apart, then panels. */
function survivalGrid(
  varied: readonly SettingName[],
  runs: readonly StudyRun[],
  title: string,
): Figure {
  const networks = averagedSeeds(runs);
  return settingGrid(runs, varied, varied, {
    name: "survival",
    title,
    subject: `Fraction of runs without hyperactivity so far${networks ? ` (${networks})` : ""}: Kaplan–Meier estimate`,
    averaged: undefined,
    panelOf: ({ groups }) => onsetPanel(groups.map(onsetsOf)),
  });
}

function averagedSeeds(runs: readonly StudyRun[]): string | undefined {
  const seeds = new Set(runs.map(({ task }) => task.seed)).size;
  return seeds > 1 ? `${seeds} seeds` : undefined;
}

interface SettingGrid extends Pick<CurveGridData, "subject" | "averaged"> {
  readonly name: string;
  readonly title: string;
  readonly panelOf: (
    setting: SettingRuns,
    labels: readonly string[],
  ) => Pick<CurvePanel, "axisLabel" | "lines" | "notes">;
}

/** A panel for each setting of what is varied, but for what has a line in each panel. */
function settingGrid(
  runs: readonly StudyRun[],
  varied: readonly SettingName[],
  lineNames: readonly SettingName[],
  { name, title, subject, averaged, panelOf }: SettingGrid,
): Figure {
  const { by, labels, groupOf } = groupRuns(runs, lineNames);
  const settings = runsBySetting(
    runs,
    varied.filter((other) => !by.includes(other)),
    labels,
    groupOf,
  );
  const shown = evenlyChosen(settings, MOST_CURVE_PANELS);
  const panels = shown.map(
    (setting, k): CurvePanel => ({
      ...panelOf(setting, labels),
      name: `${name}-${k + 1}`,
      title: setting.title,
    }),
  );
  return curveGridFigure(
    {
      subject,
      groups: labels,
      panels,
      averaged,
      columns: shown.length > 4 ? 3 : shown.length > 1 ? 2 : 1,
      isShared: true,
    },
    {
      document: figureDocument(),
      title,
      notes:
        shown.length < settings.length
          ? [`${shown.length} of ${settings.length} settings are shown.`]
          : [],
    },
  );
}

function runsBySetting(
  runs: readonly StudyRun[],
  names: readonly SettingName[],
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
