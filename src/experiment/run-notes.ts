import { timeText } from "../document/quantities.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { externalStreamCount } from "../model/external-input.ts";
import { inOriginal } from "../model/parameter-names.ts";
import {
  defaultOf,
  hasParameter,
  modelOf,
  type ParameterName,
  type Parameters,
  parameterDefinitions,
  parameterNames,
} from "../model/parameters.ts";
import {
  INPUT_SEED_STEP,
  type SharedSeeds,
  sharedSeeds,
  TRIAL_SEED_STEP,
} from "../model/stream-seeds.ts";
import { durationMs } from "../model/timeline.ts";
import { readEntries } from "../timeline/entries.ts";
import { protocolEntries } from "../timeline/protocol-entries.ts";
import { kickStartOf } from "../timeline/protocol-entries-2014.ts";
import { firstBeginning } from "../timeline/when.ts";
import type { Course } from "./definition.ts";

/** All that notes say of a run. */
interface Facts {
  readonly inert: readonly ParameterName[];
  readonly input: Input;
  readonly sizeFactor: number;
  /** Seed of a kick-start that fails as in the original, and when; undefined for no such. */
  readonly failure: string | undefined;
  readonly hasSyntheticSignal: boolean;
  /** Times of the start of scaling and, before it, of the end of the run; undefined if it starts. */
  readonly lateScaling: string | undefined;
}

/**
 * Notes on runs before they start: parameters that the original's command line cannot change, and
 * seeds of external input that are not independent of each other or of the published ones.
 */
export function runNotes(runs: Iterable<Course>): string[] {
  // Of a large study's runs, most are alike in these, and the runs themselves would take a gigabyte.
  const distinct = new Map<string, Facts>();
  for (const run of runs) {
    const facts = factsOf(run);
    distinct.set(JSON.stringify(facts), facts);
  }
  const all = [...distinct.values()];
  return [
    ...inertNotes(all),
    ...seedNotes(all),
    ...kickStartNotes(all),
    ...signalNotes(all),
    ...scalingNotes(all),
  ];
}

function factsOf(run: Course): Facts {
  const { parameters, entries } = run;
  return {
    inert: inertNames.filter((name) => isSet(parameters, name)),
    input: inputOf(run),
    sizeFactor: parameters.sizeFactor,
    failure: kickStartFailure(parameters),
    hasSyntheticSignal:
      parameters.model === "2014" &&
      parameters.informationSignal &&
      !entries.some(({ id }) => id === "electrostimulation"),
    lateScaling: lateScaling(run),
  };
}

function lateScaling({ parameters, entries }: Course): string | undefined {
  const { scaling, scalingStartMs } = parameters;
  const endMs = durationMs(parameters);
  if (!scaling || scalingStartMs < endMs || entries.some((entry) => "scaling" in entry)) {
    return undefined;
  }
  return `at ${timeText(scalingStartMs)}, and the run ends at ${timeText(endMs)}`;
}

const scalingNotes = (runs: readonly Facts[]): string[] =>
  [...new Set(runs.flatMap((run) => run.lateScaling ?? []))].map(
    (times) => `Scaling has no effect: it begins ${times}. scalingStartMs sets its beginning.`,
  );

/** A kick-start of the 2014 model that fails as in the original. */
function kickStartFailure(run: Parameters): string | undefined {
  if (run.model !== "2014" || !run.deletion || run.deletionProcess !== "dynamic") return undefined;
  const { fails, count } = kickStartOf(run);
  return fails ? `${run.stimulationSeed} after ${cellsText(count)}` : undefined;
}

function kickStartNotes(runs: readonly Facts[]): string[] {
  const failures = new Set(runs.flatMap(({ failure }) => failure ?? []));
  if (failures.size === 0) return [];
  return [
    "The kick-start of cell death fails, as in the original, and external input is never reduced: " +
      `stimulationSeed ${[...failures].join(", ")}. kickStartFailure=mended prevents this.`,
  ];
}

function signalNotes(runs: readonly Facts[]): string[] {
  if (!runs.some(({ hasSyntheticSignal }) => hasSyntheticSignal)) return [];
  return [
    "The information signal is a synthetic one, as the original's recorded signal cannot be " +
      "distributed: runsim --signal FILE takes a recorded one.",
  ];
}

/** Parameters without effect in the original. */
const inertNames = parameterNames.filter((name) => inOriginal(name)?.inert);

const isSet = (run: Parameters, name: ParameterName): boolean =>
  hasParameter(modelOf(run), name) && run[name] !== defaultOf(name, modelOf(run));

const inertNotes = (runs: readonly Facts[]): string[] =>
  inertNames
    .filter((name) => runs.some(({ inert }) => inert.includes(name)))
    .map(
      (name) =>
        `${inOriginal(name)!.name} has no effect in the original, whose scripts override it; in ` +
        `isocortex ${name} has an effect, so this run has no counterpart in the original.`,
    );

const publishedSeeds = {
  inputSeed: parameterDefinitions.inputSeed.default,
  trialSeed: parameterDefinitions.trialSeed.default,
};

/** External input of a run according to its timeline. */
interface Input {
  readonly inputSeed: number;
  /** Of trials; empty for a run without any. */
  readonly trialSeeds: readonly number[];
  /** True if trials begin with the run, so that `inputSeed` draws next to nothing. */
  readonly beginsWithTrial: boolean;
}

function inputOf({ parameters, entries }: Course): Input {
  const { inputSeed, trialSeed } = parameters;
  const given = protocolEntries(parameters).filter(
    ({ id }) => !entries.some((entry) => entry["id"] === id),
  );
  const trials = [...given, ...entries].filter((source) => source["trials"] !== undefined);
  return {
    inputSeed,
    trialSeeds: trials.map(({ trials: own }) => (own as { seed?: number }).seed ?? trialSeed),
    beginsWithTrial: trials.some((source) => {
      const entry = readEntries([source], "experiment").entries[0];
      return entry !== undefined && firstBeginning(entry.when, 0) === 0;
    }),
  };
}

function seedNotes(runs: readonly Facts[]): string[] {
  const inputs = runs.map(({ input }) => input);
  const steady = inputs.filter(({ beginsWithTrial }) => !beginsWithTrial);
  const inTrials = inputs.flatMap(({ trialSeeds }) => trialSeeds);
  const isIdle = ({ inputSeed, trialSeeds, beginsWithTrial }: Input) =>
    beginsWithTrial &&
    inputSeed !== publishedSeeds.inputSeed &&
    trialSeeds.every((seed) => seed === publishedSeeds.trialSeed);
  const inputSeeds = steady.map(({ inputSeed }) => inputSeed);
  return [
    ...sharingNotes("inputSeed", inputSeeds, INPUT_SEED_STEP, runs),
    ...sharingNotes("trialSeed", inTrials, TRIAL_SEED_STEP, runs),
    ...(inputs.some(isIdle)
      ? [
          "inputSeed draws only the first interval of each external stream in deletion runs, which reseed them at 0 s. trialSeed gives other input.",
        ]
      : []),
  ];
}

function sharingNotes(
  name: keyof typeof publishedSeeds,
  seeds: readonly number[],
  step: number,
  runs: readonly Facts[],
): string[] {
  const distinct = new Set([publishedSeeds[name], ...seeds]);
  if (distinct.size < 2) return [];
  const streams = mostStreams(runs);
  const { first, count } = sharedSeeds([...distinct], step, streams);
  return first ? [sharingText(name, first, step, streams, count - 1)] : [];
}

/** External streams of the largest column among the runs. */
function mostStreams(runs: readonly Facts[]): number {
  const sizes = [...new Set(runs.map(({ sizeFactor }) => sizeFactor))];
  return Math.max(
    ...sizes.map((sizeFactor) => externalStreamCount(resolveParameters({ sizeFactor }))),
  );
}

function sharingText(
  name: keyof typeof publishedSeeds,
  { a, b, offset }: SharedSeeds,
  step: number,
  streams: number,
  others: number,
): string {
  const called = (seed: number) =>
    seed === publishedSeeds[name] ? `${seed} (published)` : String(seed);
  const more = others > 0 ? ` ${others} more of these seeds have such a neighbour.` : "";
  const unlike = step === 1 ? "" : ` by no multiple of ${step}, or`;
  return (
    `${name} ${called(a)} and ${called(b)} give ${streams - offset} of ${streams} external streams the same random numbers, ` +
    `${offset === 1 ? "one cell on" : `${offset} cells on`}, as in the original: such runs are not independent.${more} ` +
    `Independent seeds differ${unlike} by at least ${step * streams}.`
  );
}

const cellsText = (count: number): string => (count === 1 ? "1 cell" : `${count} cells`);
