import { TextMemory } from "../../document/text-memory.ts";
import { type Course, InvalidTimelineError, timelineOf } from "../../experiment/definition.ts";
import type { PlannedCourse } from "../../experiment/divergence.ts";
import { EntrySettingError, withEntrySettings } from "../../experiment/entry-settings.ts";
import type { MeasureName } from "../../measures/quantities.ts";
import { resolveParameters } from "../../model/derived-defaults.ts";
import { InvalidParametersError } from "../../model/parameter-error.ts";
import {
  defaultOf,
  modelOf,
  type ParameterOverrides,
  type Parameters,
  parameterNames,
} from "../../model/parameters.ts";
import { seedOverrides } from "../../model/seeds.ts";
import { durationMs } from "../../model/timeline.ts";
import { Fnv1a } from "../../numeric/fnv1a.ts";
import type { EntrySource } from "../../timeline/entry.ts";
import { protocolEntries, timelineParameters } from "../../timeline/protocol-entries.ts";
import { PastSearch, type SharedPast } from "./pasts.ts";
import type { Resources } from "./resources.ts";
import type { Sweep, SweepPreset } from "./sweep-file.ts";
import {
  combinationCount,
  combinations,
  type SettingName,
  type Settings,
  splitSettings,
} from "./variation.ts";

/** Properties common to all tasks of a plan. */
export interface PlanHeader {
  readonly name: string;
  readonly description: string;
  /** The program that may carry it out: another version may compute other spikes. */
  readonly program: { readonly name: string; readonly version: string };
  /** The experiment, with what it changes, so that the plan stands for itself. */
  readonly preset: SweepPreset;
  readonly fixed: Settings;
  readonly varied: readonly SettingName[];
  readonly measures: readonly MeasureName[];
  readonly gainTimesMs?: readonly number[] | undefined;
  /** True if each run is also measured for the paper's claims. */
  readonly judged?: boolean | undefined;
  readonly resources: Resources;
}

/** One simulation of a plan. */
export interface PlanTask {
  /** Its place in the plan: baselines first. */
  readonly index: number;
  /** A run of the study, or a past that several runs have in common. */
  readonly kind: "baseline" | "run";
  /** Names the simulation by its contents: equal ones, and in practice only they, have equal hashes. */
  readonly hash: string;
  readonly seed: number;
  /** Values of what is varied. */
  readonly settings: Settings;
  /** The task that it branches off at its end, by index; null for those that begin at 0. */
  readonly baseline: number | null;
  /** End of a baseline, ms; null for runs, which end with their experiment. */
  readonly untilMs: number | null;
}

/** A study in full: every simulation with its settings, seed and hash. Never changed once made. */
export interface Plan {
  readonly header: PlanHeader;
  readonly tasks: readonly PlanTask[];
}

/** A sweep whose runs cannot be planned: some parameters do not go together. */
export class SweepPlanError extends Error {
  override readonly name = "SweepPlanError";
}

const MOST_RUNS = 1_000_000;

/**
 * Plans a sweep: a run for each combination of settings and each seed. Runs that are the same up
 * to some time, because what tells them apart counts only from then on, branch off a baseline
 * there, which is simulated once.
 *
 * @throws {SweepPlanError} when parameters contradict each other, or there are too many runs
 */
export function planSweep(sweep: Sweep, program: PlanHeader["program"]): Plan {
  const header: PlanHeader = {
    name: sweep.name,
    description: sweep.description,
    program,
    preset: sweep.preset,
    fixed: sweep.fixed,
    varied: sweep.varied.map(({ name }) => name),
    measures: sweep.measures,
    ...(sweep.gainTimesMs && { gainTimesMs: sweep.gainTimesMs }),
    ...(sweep.judged && { judged: true }),
    resources: sweep.resources,
  };
  const count = combinationCount(sweep.varied, sweep.combine);
  if (count * sweep.seeds.length > MOST_RUNS) {
    throw new SweepPlanError(
      `${sweep.name} has ${count} settings with ${sweep.seeds.length} seeds each: expected at ` +
        `most ${MOST_RUNS} runs.`,
    );
  }
  const settings = combinations(sweep.varied, sweep.combine);
  const runs = settings.flatMap((own) => sweep.seeds.map((seed) => ({ settings: own, seed })));
  const { pasts, hashes, longestMs } = compareRuns(header, runs);
  const late = header.gainTimesMs?.find((timeMs) => timeMs > longestMs);
  if (late !== undefined) {
    throw new SweepPlanError(
      `gainTimesS contains ${late / 1000} s: expected at most ${longestMs / 1000} s, the ` +
        "duration of the longest run.",
    );
  }
  return { header, tasks: listTasks(header, runs, hashes, pasts) };
}

/** The parameters of a task: the experiment's, changed by its seed, the fixed and its own settings. */
export function taskParameters(
  header: PlanHeader,
  { seed, settings }: Pick<PlanTask, "seed" | "settings">,
): Parameters {
  const { preset, fixed } = header;
  const known = parametersSet.get(header) ?? new TextMemory(10_000);
  parametersSet.set(header, known);
  return known.get(JSON.stringify([seed, settings]), () => {
    const own = splitSettings({ ...fixed, ...settings }).parameters;
    const seeds = seedOverrides(seed, { ...preset.overrides, ...own });
    return resolveParameters({ ...preset.overrides, ...seeds, ...own });
  });
}

/** Parameters of the tasks of plans: planning, notes and estimates ask for the same. */
const parametersSet = new WeakMap<PlanHeader, TextMemory<Parameters>>();

/**
 * The parameters of a task and its own entries.
 *
 * @throws {InvalidParametersError} when its parameters do not go together
 * @throws {EntrySettingError} when its entries cannot be set so
 */
export function taskCourse(header: PlanHeader, task: Pick<PlanTask, "seed" | "settings">): Course {
  const { preset, fixed } = header;
  const parameters = taskParameters(header, task);
  const { entries = [] } = preset;
  const { keys } = splitSettings({ ...fixed, ...task.settings });
  if (Object.keys(keys).length === 0) return { parameters, entries };
  const text = JSON.stringify([protocolEntries(parameters), entries, keys]);
  return {
    parameters,
    entries: entriesSet.get(text, () => withEntrySettings({ parameters, entries }, keys)),
  };
}

/** Entries with settings: runs that differ in nothing but seeds have the same. */
const entriesSet = new TextMemory<readonly EntrySource[]>(1000);

/** End of a task's simulation, ms. */
export function taskEndMs(
  { preset, fixed }: PlanHeader,
  { settings, untilMs }: Pick<PlanTask, "settings" | "untilMs">,
): number {
  if (untilMs !== null) return untilMs;
  const given: ParameterOverrides = { ...preset.overrides, ...fixed, ...settings };
  const seconds = (name: PhaseName) => given[name] ?? Number(defaultOf(name, modelOf(given)));
  return durationMs({
    baselineDurationS: seconds("baselineDurationS"),
    learningDurationS: seconds("learningDurationS"),
    recallDurationS: seconds("recallDurationS"),
  });
}

type PhaseName = "baselineDurationS" | "learningDurationS" | "recallDurationS";

/** A simulation's hash: of the program, all that happens, and what is recorded how far. */
export function taskHash(
  { program, gainTimesMs = [] }: PlanHeader,
  { parameters, entries }: Course,
  untilMs: number | null,
): string {
  const values = parameterNames.map((name) => parameters[name]);
  const own = entries.length > 0 ? [entries] : [];
  const text = JSON.stringify([
    program.name,
    program.version,
    gainTimesMs,
    untilMs,
    values,
    ...own,
  ]);
  return new Fnv1a().add(new TextEncoder().encode(text)).digest();
}

type Run = Pick<PlanTask, "settings" | "seed">;

/** Hashes all runs, and finds the pasts that they share. */
function compareRuns(header: PlanHeader, runs: readonly Run[]) {
  const search = new PastSearch();
  const timelines = new TimelineMemory();
  let longestMs = 0;
  const hashes = runs.map((run) => {
    const { course, planned } = checkedRun(header, run, timelines);
    longestMs = Math.max(longestMs, durationMs(course.parameters));
    search.add(planned);
    return taskHash(header, course, null);
  });
  return { pasts: search.found, hashes, longestMs };
}

/** The timelines of runs without entries of their own: few, as most parameters say nothing of them. */
class TimelineMemory {
  readonly #known = new Map<string, PlannedCourse["timeline"]>();

  timelineOf(course: Course): PlannedCourse["timeline"] {
    if (course.entries.length > 0) return timelineOf(course).timeline;
    const key = JSON.stringify(timelineParameters.map((name) => course.parameters[name]));
    const timeline = this.#known.get(key) ?? timelineOf(course).timeline;
    this.#known.set(key, timeline);
    return timeline;
  }
}

/** @throws {SweepPlanError} when the run cannot be */
function checkedRun(header: PlanHeader, run: Run, timelines: TimelineMemory) {
  try {
    const course = taskCourse(header, run);
    const { parameters } = course;
    return { course, planned: { parameters, timeline: timelines.timelineOf(course) } };
  } catch (error) {
    if (!planErrors.some((kind) => error instanceof kind)) throw error;
    const settings = Object.entries(run.settings).map(([name, value]) => `${name} = ${value}`);
    throw new SweepPlanError(
      `A run with ${settings.join(", ")} is impossible: ${(error as Error).message}`,
    );
  }
}

const planErrors = [InvalidParametersError, InvalidTimelineError, EntrySettingError];

function listTasks(
  header: PlanHeader,
  runs: readonly Run[],
  hashes: readonly string[],
  pasts: readonly SharedPast[],
): PlanTask[] {
  const baselineOf = new Map<number, number>();
  const baselines = pasts.map(({ members, commonMs }, index): PlanTask => {
    for (const member of members) baselineOf.set(member, index);
    const first = runs[members[0]!]!;
    const hash = taskHash(header, taskCourse(header, first), commonMs);
    return { index, kind: "baseline", hash, ...first, baseline: null, untilMs: commonMs };
  });
  const known = new Set<string>();
  const tasks = runs.map((run, place): PlanTask => {
    const hash = hashes[place]!;
    if (known.has(hash)) throw new SweepPlanError(sameTwice(run));
    known.add(hash);
    const baseline = baselineOf.get(place) ?? null;
    const index = baselines.length + place;
    return { index, kind: "run", hash, ...run, baseline, untilMs: null };
  });
  return [...baselines, ...tasks];
}

const sameTwice = ({ settings, seed }: Run): string =>
  `Two runs would be identical: ${JSON.stringify(settings)} with seed ${seed}. Remove one of them.`;
