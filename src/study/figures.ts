import type { CensoredValue } from "../analysis/statistics/median.ts";
import type { Figure } from "../drawing/figure.ts";
import type { ParameterAxis } from "../drawing/parameter-axis.ts";
import { type CurveGridData, type CurvePanel, curveGridFigure } from "../ensembles/curve-grid.ts";
import { type MeasureLine, measureFigure, type RunPoint } from "../ensembles/measure.ts";
import { type MapPanel, parameterMapFigure } from "../ensembles/parameter-map.ts";
import { curveDefinitions } from "../measures/curves.ts";
import { type MeasureName, measureDefinitions } from "../measures/quantities.ts";
import { figureDocument } from "../pictures/rendering.ts";
import { curveLines, evenlyChosen } from "./curves.ts";
import type { Study } from "./folder.ts";
import { groupRuns, parameterAxis, poolOf, settingOf, settingText } from "./groups.ts";
import { limitNotes, limitsShown, mediansOf, type Pool, runValue } from "./medians.ts";
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
  const { labels: groups, pool } = grouping;
  const places = new Map(parameter.values.map((value, place) => [value, place]));
  const panels = measures.map((measure) => {
    const points = groups.map((): RunPoint[] => []);
    for (const run of runs) {
      const value = runValue(run, measure);
      const place = places.get(settingOf(run, name))!;
      if (value) points[grouping.groupOf(run)]!.push({ ...value, place });
    }
    const titled = measureTitle(measure);
    const lines = points.map((own) => medianLine(own, parameter.values.length, pool));
    const notes = [
      ...lines.flatMap(({ count }) => limitNotes(count, pool)),
      ...notFiniteNotes(titled.title, runs, measure),
      ...censoredNotes(titled.title, points.flat(), pool),
    ];
    return { ...titled, lines, notes };
  });
  return measureFigure(
    { parameter, groups, panels, dots: mediansText(pool) },
    { document: figureDocument(), title },
  );
}

const mediansText = (pool: Pool | undefined) => pool && `medians over ${pool.text}`;

/** Medians of runs at so many places, and the runs themselves. */
function medianLine(
  runs: readonly RunPoint[],
  placeCount: number,
  pool: Pool | undefined,
): MeasureLine {
  const places = Array.from({ length: placeCount }, (_, place) =>
    runs.filter((run) => run.place === place),
  );
  const { median, ...limits } = mediansOf(places, pool);
  const shows = pool ? limitsShown(limits.count, pool) : "";
  return { statistic: "median", middle: median, ...limits, shows, runs };
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

/** Of runs that ended without the event whose time a measure is, how many there are. */
function censoredNotes(
  title: string,
  values: readonly CensoredValue[],
  pool: Pool | undefined,
): string[] {
  const count = values.filter(({ isCensored }) => isCensored).length;
  if (count === 0) return [];
  const medians = pool ? " Medians and upper limits that depend on these are unknown." : "";
  return [
    `${title}: not until the end in ${count} of ${values.length} runs (triangles).${medians}`,
  ];
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
  const { labels, groupOf, pool } = groupRuns(runs, others);
  const panels = measures.flatMap((measure) =>
    labels.map((label, group): MapPanel => {
      const own = runs.filter((run) => groupOf(run) === group);
      const { name, title: heading, unit } = measureTitle(measure);
      const title = label === "" ? heading : `${heading}, ${label}`;
      const cells = cellsOver(x, y, own, measure);
      const medians = mediansOf(cells, pool);
      return {
        name: labels.length > 1 ? `${name}-${group + 1}` : name,
        title,
        notes: [
          ...notFiniteNotes(title, own, measure),
          ...censoredNotes(title, cells.flat(), pool),
        ],
        unit,
        measure,
        medians,
        censored: [...cells.keys()].filter(
          (cell) => medians.count[cell]! > 0 && Number.isNaN(medians.median[cell]!),
        ),
      };
    }),
  );
  return parameterMapFigure(
    { x, y, panels, shows: mediansText(pool) },
    { document: figureDocument(), title },
  );
}

/** The runs' values of a measure at each pair of two parameters' values. */
function cellsOver(
  x: ParameterAxis,
  y: ParameterAxis,
  runs: readonly StudyRun[],
  measure: MeasureName,
): CensoredValue[][] {
  const columns = new Map(x.values.map((value, place) => [value, place]));
  const rows = new Map(y.values.map((value, place) => [value, place]));
  const cells = Array.from({ length: columns.size * rows.size }, (): CensoredValue[] => []);
  for (const run of runs) {
    const column = columns.get(settingOf(run, x.name as SettingName))!;
    const row = rows.get(settingOf(run, y.name as SettingName))!;
    const value = runValue(run, measure);
    if (value) cells[row * columns.size + column]!.push(value);
  }
  return cells;
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
  const pool = poolOf(runs);
  return settingGrid(runs, varied, choices, {
    title,
    subject,
    lines: mediansText(pool),
    panelOf: ({ title, groups }, labels) => ({
      axisLabel,
      ...curveLines(study, groups, labels, "activityEHz", title, pool),
    }),
  });
}

/** Networks without hyperactivity so far: lines as far as they can be told apart, then panels. */
function survivalGrid(
  varied: readonly SettingName[],
  runs: readonly StudyRun[],
  title: string,
): Figure {
  const networks = poolOf(runs);
  return settingGrid(runs, varied, varied, {
    title,
    subject: `Fraction of runs without hyperactivity so far${networks ? ` (${networks.text})` : ""}: Kaplan–Meier estimate`,
    lines: undefined,
    panelOf: ({ groups }) => onsetPanel(groups.map(onsetsOf)),
  });
}

interface SettingGrid extends Pick<CurveGridData, "subject" | "lines"> {
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
  { title, subject, lines, panelOf }: SettingGrid,
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
      name: shown.length > 1 ? `setting-${k + 1}` : "",
      title: setting.title,
    }),
  );
  return curveGridFigure(
    {
      subject,
      groups: labels,
      panels,
      lines,
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
    const title = names.map((name) => settingText(run, name)).join("\n");
    const setting = settings.get(title) ?? { title, groups: groups.map(() => []) };
    settings.set(title, setting);
    setting.groups[groupOf(run)]!.push(run);
  }
  return [...settings.values()];
}
