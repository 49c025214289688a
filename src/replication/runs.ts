import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { PoolTask } from "../executors/workers/pool.ts";
import { changedParameters } from "../experiment/branch.ts";
import { timelineOf } from "../experiment/definition.ts";
import { findPreset } from "../experiment/presets.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import {
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterDefinitions,
} from "../model/parameters.ts";
import { seedOverrides } from "../model/seeds.ts";
import { durationMs } from "../model/timeline.ts";
import type { Condition, PaperFigure } from "../paper/figure.ts";
import { RunLocationError } from "../recording/errors.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import { findManifest } from "../recording/recovery.ts";
import { holdsRun } from "../runs/directory.ts";
import { type RunNeeds, runNeeds } from "../runs/needs.ts";
import { openDamagedRun } from "../runs/opening.ts";
import { PastSearch } from "../study/planning/pasts.ts";
import { doesOf, type EntrySource } from "../timeline/entry.ts";
import { gainTimesIn } from "./plan.ts";

/** Request for the runs of a figure. */
export interface PaperRunRequest {
  /** Folder of the runs; each is in a folder of its own there. */
  readonly directory: string;
  readonly isQuick: boolean;
  /** Another network and other input; the published ones when absent. */
  readonly seed?: number | undefined;
  /** Seeds of the replicates of a figure that averages over them; `seed` alone when absent. */
  readonly seeds?: readonly number[] | undefined;
  /** Changes to all runs. */
  readonly changes: ParameterOverrides;
  /** Entries of the timeline of a run that its parameters do not give, such as a recorded signal. */
  readonly entriesFor?: ((parameters: Parameters) => readonly EntrySource[]) | undefined;
}

/** A run that a figure shows. */
export interface PlannedRun {
  /** Role and label of its condition. */
  readonly role: string;
  readonly label: string;
  /** 0 for the published network and input. */
  readonly seed: number;
  readonly preset: string;
  readonly directory: string;
  readonly parameters: Parameters;
  readonly entries: readonly EntrySource[];
}

/** A run that is to be recorded, and how much of it there is already. */
export interface PaperTask extends PoolTask {
  readonly label: string;
  /** Simulated time from which it is recorded now, and its end, ms; equal where it is complete. */
  readonly fromMs: number;
  readonly endMs: number;
  /** Resources for the remaining recordings. */
  readonly needs: RunNeeds;
}

/** Plan of the recordings for a figure, in executable order. */
export interface PaperPlan {
  readonly runs: readonly PlannedRun[];
  readonly tasks: readonly PaperTask[];
}

/** Intervals between records of gains in the course of learning. */
const GAIN_RECORDS = 40;

/**
 * Plans the runs of a figure of the paper. Those of training begin as branches of one baseline, so
 * that a pair differs in nothing but scaling and what both share is simulated once; a run that is
 * there already as a whole is kept.
 *
 * @throws {InvalidParametersError} when the changes cannot be made
 * @throws {RunLocationError} when a run with other parameters is in a folder
 */
export function planPaperRuns(figure: PaperFigure, request: PaperRunRequest): PaperPlan {
  const { seeds = [request.seed] } = request;
  const runs = figure.conditions.flatMap((condition) =>
    seeds.map((seed) => plannedRun(condition, { ...request, seed })),
  );
  for (const run of runs) checkEarlier(run);
  const tasks: PaperTask[] = [];
  for (const run of runs) {
    const timeMs = branchTimeMs(run);
    if (timeMs === undefined) tasks.push(runTask(run));
    else {
      const baseline = baselineFor(timeMs, request);
      if (!tasks.some(({ id }) => id === baseline.id)) tasks.push(baseline);
      tasks.push(branchTask(run, baseline, timeMs));
    }
  }
  return { runs, tasks };
}

function plannedRun(condition: Condition, request: PaperRunRequest): PlannedRun {
  const { role, label, changed } = condition;
  const preset = presetName(condition.preset, request);
  const changes = { ...request.changes, ...(changed && { [changed.name]: changed.value }) };
  const parameters = resolveParameters(overridesOf(preset, { ...request, changes }));
  const name = changed ? `${preset}-${changed.value}-${unitOf(changed.name)}` : preset;
  return {
    role,
    label,
    seed: request.seed ?? 0,
    preset,
    directory: folderOf(name, request),
    parameters,
    entries: request.entriesFor?.(parameters) ?? [],
  };
}

const unitOf = (name: string): string =>
  parameterDefinitions[name as ParameterName].unit.toLowerCase();

function checkEarlier({ directory, parameters, entries }: PlannedRun): void {
  if (!holdsRun(directory)) return;
  const manifest = findManifest(openDamagedRun(directory));
  const changed: string[] = changedParameters(recordedParameters(manifest), parameters);
  const planned = JSON.parse(JSON.stringify(entries));
  if (!isDeepStrictEqual(manifest.entries ?? [], planned)) changed.push("entries of the timeline");
  if (changed.length === 0) return;
  throw new RunLocationError(
    `${directory} contains a run with different ${changed.join(", ")}. Delete it, or name ` +
      "another folder with --out.",
  );
}

const presetName = (name: string, { isQuick }: PaperRunRequest): string =>
  isQuick ? `${name}-quick` : name;

const folderOf = (preset: string, { directory, seed }: PaperRunRequest): string =>
  join(directory, seed === undefined ? preset : `${preset}-seed${seed}`);

function overridesOf(preset: string, { seed = 0, changes }: PaperRunRequest) {
  const { overrides } = findPreset(preset);
  return { ...overrides, ...seedOverrides(seed, { ...overrides, ...changes }), ...changes };
}

/**
 * Time at which a run branches off its baseline, ms: up to then it is as one without interventions,
 * with scaling or without. Undefined for a run that begins at 0, or has begun there.
 */
function branchTimeMs({ directory, parameters }: PlannedRun): number | undefined {
  if (holdsRun(directory)) return findManifest(openDamagedRun(directory)).ancestry?.timeMs;
  const timeline = timelineFor(parameters);
  if (!doesOf(timeline, "plasticity")) return undefined;
  const search = new PastSearch();
  search.add({ parameters, timeline: [] });
  search.add({ parameters, timeline });
  const counterpart = { ...parameters, scaling: !parameters.scaling };
  search.add({ parameters: counterpart, timeline: timelineFor(counterpart) });
  const [past] = search.found;
  return past?.members.slice(0, 2).join() === "0,1" ? past.commonMs : undefined;
}

const timelineFor = (parameters: Parameters) => timelineOf({ parameters, entries: [] }).timeline;

/** The run without learning and scaling that branches come from at a time. */
function baselineFor(branchMs: number, request: PaperRunRequest): PaperTask {
  const preset = presetName("baseline", request);
  const own = resolveParameters(overridesOf(preset, request));
  const overrides = {
    ...overridesOf(preset, request),
    scaling: false,
    learningDurationS: 0,
    recallDurationS: 0,
    baselineDurationS: Math.max(own.baselineDurationS, branchMs / 1000),
  };
  const parameters = resolveParameters(overrides);
  const directory = folderOf(preset, request);
  return {
    ...progressOf(directory, parameters),
    work: {
      kind: "run",
      request: {
        directory,
        overwrite: false,
        preset,
        label: labelOf(directory),
        parameters,
        checkpointTimesMs: branchMs < durationMs(parameters) ? [branchMs] : [],
      },
    },
  };
}

function branchTask(run: PlannedRun, baseline: PaperTask, timeMs: number): PaperTask {
  const { directory, parameters } = run;
  return {
    ...progressOf(directory, parameters, { startMs: timeMs, isBranch: true }),
    after: [baseline.id],
    work: {
      kind: "branch",
      request: {
        parent: baseline.id,
        timeMs,
        changes: parameters,
        directory,
        overwrite: false,
        label: labelOf(directory),
        gainTimesMs: gainTimesMs(parameters),
      },
    },
  };
}

function runTask({ directory, preset, parameters, entries }: PlannedRun): PaperTask {
  return {
    ...progressOf(directory, parameters),
    work: {
      kind: "run",
      request: {
        directory,
        overwrite: false,
        preset,
        label: labelOf(directory),
        parameters,
        entries,
        gainTimesMs: gainTimesMs(parameters),
      },
    },
  };
}

/** Requirements and progress of a task. */
function progressOf(
  directory: string,
  parameters: Parameters,
  { startMs = 0, isBranch = false } = {},
) {
  const fromMs = holdsRun(directory)
    ? findManifest(openDamagedRun(directory)).simulatedMs
    : startMs;
  const gains = gainTimesMs(parameters).length;
  const needs = runNeeds(parameters, { startMs: fromMs, isBranch, gains });
  return {
    id: directory,
    label: labelOf(directory),
    memoryBytes: needs.memoryBytes,
    fromMs,
    endMs: durationMs(parameters),
    needs,
  };
}

const labelOf = (directory: string): string => directory.split(/[\\/]/).at(-1)!;

const gainTimesMs = (parameters: Parameters) =>
  gainTimesIn(timelineFor(parameters), GAIN_RECORDS) ?? [];
