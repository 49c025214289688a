import { basename, resolve } from "node:path";
import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import type { Period } from "../drawing/period.ts";
import { RunHistory } from "../measures/history.ts";
import { excursionTexts } from "../recording/excursions.ts";
import { type Manifest, runEndMs } from "../recording/manifest.ts";
import { openHistory } from "../runs/history.ts";
import type { FigureRequest } from "./request.ts";
import { timelinePeriods } from "./timeline-periods.ts";

/** A run in a figure. */
export interface DrawnRun {
  readonly label: string;
  readonly history: RunHistory;
  /** Directory of the record, so that other threads can read it; absent of a record in memory. */
  readonly directory?: string;
}

/**
 * Opens runs that share a figure. They are called by their labels or, where those are the same, by
 * their directories.
 *
 * @param onNote told when a branch's past cannot be found
 * @throws {RunLocationError} when a directory holds no run
 */
export function openDrawnRuns(
  directories: readonly string[],
  onNote?: (text: string) => void,
): DrawnRun[] {
  const opened = directories.map((directory) => openHistory(directory, onNote));
  // A past that another of the runs shows as its own need not be shown twice.
  const histories = opened.map((history) =>
    history.comesFrom(opened) ? new RunHistory(history.record) : history,
  );
  const labels = histories.map(({ record }) => record.manifest.label);
  const areDistinct = new Set(labels).size === labels.length;
  return histories.map((history, k) => ({
    label: areDistinct ? labels[k]! : basename(resolve(directories[k]!)),
    history,
    directory: directories[k]!,
  }));
}

/** Identity of a run in a figure: its name, and its past if that is shown. */
export const identityOf = ({ label, history: { branchMs } }: DrawnRun, shown: Interval) => ({
  label,
  ...(branchMs !== undefined && branchMs > shown.startMs && { branchMs }),
});

/** Sentences on values outside their range by the end of the shown time. */
export const excursionNotes = (runs: readonly DrawnRun[], { endMs }: Interval): string[] =>
  runs.flatMap(({ label, history }) =>
    excursionTexts(history.excursions(endMs), history.record.manifest.network.cellCount).map(
      (text) => (runs.length > 1 ? `${label}: ${text}` : text),
    ),
  );

/** The manifest keeps the populations of a built network, which are just that. */
export const populationsOf = ({ history }: DrawnRun) =>
  history.record.manifest.populations as readonly FigurePopulation[];

/**
 * The stretch of time that a figure shows: what is asked for, as far as any of the runs has it.
 *
 * @throws {IntervalError} when no time is left
 */
export function shownInterval(
  runs: readonly DrawnRun[],
  { fromMs, toMs }: Pick<FigureRequest, "fromMs" | "toMs">,
): Interval {
  const intervals = runs.map(({ history }) => history.interval);
  const held = {
    startMs: Math.min(...intervals.map(({ startMs }) => startMs)),
    endMs: Math.max(...intervals.map(({ endMs }) => endMs)),
  };
  const shown = {
    startMs: fromMs ?? held.startMs,
    endMs: Math.min(toMs ?? Infinity, held.endMs),
  };
  if (shown.startMs < shown.endMs) return shown;
  const asked = `from ${shown.startMs / 1000} s to ${toMs === undefined ? "the end" : `${toMs / 1000} s`}`;
  const whose = runs.length === 1 ? "the run holds" : "the runs hold";
  throw new IntervalError(
    `There is nothing to draw ${asked}: ${whose} ${held.startMs / 1000} to ${held.endMs / 1000} s; give a start before the end.`,
  );
}

/** Stretches of the protocol; one that not all runs have is named after its run. */
export function periodsOf(runs: readonly DrawnRun[]): Period[] {
  const all = runs.map(({ history }) => [
    ...periodsOfRun(history),
    ...(runs.length === 1 ? pastPeriod(history) : []),
  ]);
  const isShared = (period: Period) =>
    all.every((some) => some.some((other) => same(period, other)));
  return all.flatMap((some, k) =>
    some.flatMap((period) => {
      if (isShared(period)) return k === 0 ? [period] : [];
      return runs.length === 1
        ? [period]
        : [{ ...period, label: `${period.label} (${runs[k]!.label})` }];
    }),
  );
}

const same = (a: Period, b: Period): boolean =>
  a.label === b.label &&
  a.startMs === b.startMs &&
  a.endMs === b.endMs &&
  JSON.stringify(a.parts) === JSON.stringify(b.parts);

function periodsOfRun(history: RunHistory): Period[] {
  const { phases } = history.record.manifest;
  const courses = history.courses();
  const states = courses
    .filter(({ entry: { origin, what } }) => origin === "parameters" && shownStates.includes(what))
    .flatMap(({ entry, parts }) => parts.map((part) => ({ label: entry.label, ...part })));
  // A single phase says nothing that the time axis does not.
  return [
    ...(phases.length > 1 ? phases.map(named) : []),
    ...states,
    ...stimulationPeriods(history),
    ...timelinePeriods(courses),
  ];
}

/** States of the parameters that have a bar. */
const shownStates: readonly string[] = ["scaling", "damage"];

/** Electrostimulation of the parameters, from its beginning on: a list of stimuli follows the other. */
function stimulationPeriods({ record, interval }: RunHistory): Period[] {
  return (record.manifest.timeline ?? []).flatMap(({ origin, what, label, when }) => {
    const { fromMs } = when;
    const isRepeated = origin === "parameters" && what === "electrostimulate";
    if (!isRepeated || typeof fromMs !== "number" || fromMs >= interval.endMs) return [];
    return [{ label, startMs: fromMs, endMs: runEndMs(record.manifest) }];
  });
}

const named = ({ name: label, startMs, endMs }: Manifest["phases"][number]): Period => ({
  label,
  startMs,
  endMs,
});

const pastPeriod = ({ branchMs, interval, pastLabels }: RunHistory): Period[] =>
  branchMs === undefined
    ? []
    : [{ label: `past (${pastLabels.join(", ")})`, startMs: interval.startMs, endMs: branchMs }];
