import { quantityFromText, timeUnits, type Units } from "../document/quantities.ts";
import type { ParameterAxis } from "../drawing/parameter-axis.ts";
import { valueText } from "../drawing/parameter-axis.ts";
import { isEntryKey } from "../experiment/entry-settings.ts";
import { parameterDefinitions } from "../model/parameters.ts";
import { unitsOf } from "../timeline/interventions/fields.ts";
import type { Pool } from "./medians.ts";
import type { ParameterValue, SettingName } from "./planning/variation.ts";
import type { StudyRun } from "./table.ts";

/** Lines that a panel can hold and readers tell apart. */
const MOST_GROUPS = 7;

/** A varied parameter with the values that complete runs have. */
export function parameterAxis(name: SettingName, runs: readonly StudyRun[]): ParameterAxis {
  const values = [...new Set(runs.map((run) => settingOf(run, name)))];
  const isNumeric = values.every((value) => typeof value === "number");
  const sorted = isNumeric ? values.sort((a, b) => Number(a) - Number(b)) : values;
  return { name, unit: unitOf(name, runs), values: sorted };
}

/** The units that values of entries' keys may have, by the base unit of each. */
const units = { s: timeUnits, ...unitsOf };

function unitOf(name: SettingName, runs: readonly StudyRun[]): string {
  if (!isEntryKey(name)) return parameterDefinitions[name].unit;
  const isQuantity = ([, own]: [string, Units]) =>
    runs.every(({ task }) => quantityFromText(String(task.settings[name]), own) !== undefined);
  return Object.entries(units).find(isQuantity)?.[0] ?? "1";
}

/** Name of what is varied and a run's value of it, as figures call it: "plasticIncrementEE 0.1", "training.rate 4 Hz". */
export function settingText(run: StudyRun, name: SettingName): string {
  // The name of a parameter ends with its unit.
  const unit = isEntryKey(name) ? unitOf(name, [run]) : "1";
  return `${name} ${valueText(settingOf(run, name))}${unit === "1" ? "" : ` ${unit}`}`;
}

/** The value that a run has of what is varied; of a quantity, in its base unit, times in s. */
export function settingOf({ task }: StudyRun, name: SettingName): ParameterValue {
  const value = task.settings[name] as ParameterValue;
  if (!isEntryKey(name) || typeof value !== "string") return value;
  const timeMs = quantityFromText(value, timeUnits);
  const found = Object.values(unitsOf).map((own) => quantityFromText(value, own));
  return timeMs === undefined ? (found.find((one) => one !== undefined) ?? value) : timeMs / 1000;
}

/** Grouping of runs in a figure, and what their medians are taken over. */
export interface Grouping {
  /** Parameters whose combinations have a line each. */
  readonly by: readonly SettingName[];
  /** Labels that distinguish groups, such as "scaling on". */
  readonly labels: readonly string[];
  readonly groupOf: (run: StudyRun) => number;
  /** Undefined when every run is a point of its own. */
  readonly pool: Pool | undefined;
}

/**
 * Groups runs by the parameters that a figure does not show otherwise: switches and choices first,
 * as long as there are few combinations; medians are taken over the rest, and over seeds.
 */
export function groupRuns(runs: readonly StudyRun[], others: readonly SettingName[]): Grouping {
  const axes = others.map((name) => parameterAxis(name, runs));
  const isChoice = ({ values }: ParameterAxis) => values.some((value) => typeof value !== "number");
  const order = axes
    .filter(({ values }) => values.length > 1)
    .sort((a, b) => Number(isChoice(b)) - Number(isChoice(a)) || a.values.length - b.values.length);
  const by: SettingName[] = [];
  const rest: ParameterAxis[] = [];
  let combinations = 1;
  for (const axis of order) {
    if (combinations * axis.values.length > MOST_GROUPS) rest.push(axis);
    else {
      combinations *= axis.values.length;
      by.push(axis.name as SettingName);
    }
  }
  const labelOf = (run: StudyRun) => by.map((name) => settingText(run, name)).join(", ");
  const labels = [...new Set(runs.map(labelOf))];
  const places = new Map(labels.map((label, place) => [label, place]));
  const groupOf = (run: StudyRun) => places.get(labelOf(run))!;
  return { by, labels, groupOf, pool: poolOf(runs, rest) };
}

/** Items that medians over runs of one setting, but for the values of these parameters, are of. */
export function poolOf(
  runs: readonly StudyRun[],
  rest: readonly ParameterAxis[] = [],
): Pool | undefined {
  const seeds = new Set(runs.map(({ task }) => task.seed)).size;
  const parts = [
    ...(seeds > 1 ? [`${seeds} seeds`] : []),
    ...rest.map(({ name, values }) => `${values.length} values of ${name}`),
  ];
  return parts.length > 0 ? { text: parts.join(" and "), isSample: rest.length === 0 } : undefined;
}
