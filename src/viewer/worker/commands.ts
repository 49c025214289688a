import type { EntrySource, Experiment } from "../../index.ts";
import { addOptions, commandLine, quoted } from "../../live/session/command-line.ts";
import type { LiveColumn } from "../../live/session/live-column.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** The line that repeats what goes on live: a branch of the run, with what was done. */
export function continuationCommand(
  { directories }: RecordedRun,
  timeMs: number,
  { experiment, touched }: LiveColumn,
): string {
  const entries = experiment.entries.filter(({ id }) => touched.includes(String(id)));
  return branchLine(directories[0]!, timeMs, [], entries);
}

/** The line that records a run again: an experiment, or a branch of its parent. */
export function recordedCommand(recorded: RecordedRun, experiment: Experiment): string {
  const { directories, history } = recorded;
  const { ancestry, entries = [] } = history.record.manifest;
  if (!ancestry) return commandLine(experiment);
  const parent = directories[1] ?? ancestry.directory;
  const known = history.parentEntries ?? [];
  const isKnown = (entry: EntrySource) =>
    known.some((one) => JSON.stringify(one) === JSON.stringify(entry));
  const settings = Object.entries(ancestry.changes).map(([name, { to }]) => `${name}=${to}`);
  const own = entries.filter((entry) => !isKnown(entry));
  const kept = new Set(entries.map(({ id }) => id));
  const removed = known.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, remove: true }));
  return branchLine(parent, ancestry.timeMs, settings, [...own, ...removed]);
}

function branchLine(
  parent: string,
  timeMs: number,
  settings: readonly string[],
  entries: readonly EntrySource[],
): string {
  const words = [
    ...settings.map((setting) => `--set ${quoted(setting)}`),
    ...addOptions(entries),
    "--out runs/continued",
  ];
  return [`isocortex branch ${quoted(`${parent}@${timeMs / 1000}`)}`, ...words].join(" \\\n  ");
}
