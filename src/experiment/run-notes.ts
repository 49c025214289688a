import { resolveParameters } from "../model/derived-defaults.ts";
import { externalStreamCount } from "../model/external-input.ts";
import { inOriginal } from "../model/parameter-names.ts";
import {
  defaultOf,
  hasParameter,
  modelOf,
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
import { readEntries } from "../timeline/entries.ts";
import { protocolEntries } from "../timeline/protocol-entries.ts";
import { kickStartOf } from "../timeline/protocol-entries-2014.ts";
import { firstBeginning } from "../timeline/when.ts";
import type { Course } from "./definition.ts";

/**
 * Notes on runs before they start: parameters that the original's command line cannot change, and
 * seeds of external input that are not independent of each other or of the published ones.
 */
export function runNotes(runs: readonly Course[]): string[] {
  const parameters = runs.map((run) => run.parameters);
  return [
    ...inertNotes(parameters),
    ...seedNotes(runs),
    ...kickStartNotes(parameters),
    ...signalNotes(runs),
  ];
}

/** Kick-starts of the 2014 model that fail as in the original. */
function kickStartNotes(runs: readonly Parameters[]): string[] {
  const failing = runs.filter(
    (run) =>
      run.model === "2014" &&
      run.deletion &&
      run.deletionProcess === "dynamic" &&
      kickStartOf(run).fails,
  );
  if (failing.length === 0) return [];
  const texts = failing.map(
    (run) => `${run.stimulationSeed} after ${cellsText(kickStartOf(run).count)}`,
  );
  return [
    "The kick-start of cell death fails, as in the original, and external input is never reduced: " +
      `stimulationSeed ${[...new Set(texts)].join(", ")}. kickStartFailure=mended prevents this.`,
  ];
}

function signalNotes(runs: readonly Course[]): string[] {
  const isSynthetic = ({ parameters, entries }: Course) =>
    parameters.model === "2014" &&
    parameters.informationSignal &&
    !entries.some(({ id }) => id === "electrostimulation");
  if (!runs.some(isSynthetic)) return [];
  return [
    "The information signal is a synthetic one, as the original's recorded signal cannot be " +
      "distributed: runsim --signal FILE takes a recorded one.",
  ];
}

function inertNotes(runs: readonly Parameters[]): string[] {
  return parameterNames.flatMap((name) => {
    const isSet = (run: Parameters) =>
      hasParameter(modelOf(run), name) && run[name] !== defaultOf(name, modelOf(run));
    const original = inOriginal(name);
    if (!original?.inert || !runs.some(isSet)) return [];
    return (
      `${original.name} has no effect in the original, whose scripts override it; in isocortex ` +
      `${name} has an effect, so this run has no counterpart in the original.`
    );
  });
}

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

function seedNotes(runs: readonly Course[]): string[] {
  const inputs = runs.map(inputOf);
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
  runs: readonly Course[],
): string[] {
  const distinct = new Set([publishedSeeds[name], ...seeds]);
  if (distinct.size < 2) return [];
  const streams = mostStreams(runs);
  const { first, count } = sharedSeeds([...distinct], step, streams);
  return first ? [sharingText(name, first, step, streams, count - 1)] : [];
}

/** External streams of the largest column among the runs. */
function mostStreams(runs: readonly Course[]): number {
  const sizes = [...new Set(runs.map(({ parameters }) => parameters.sizeFactor))];
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
