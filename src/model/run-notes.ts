import { resolveParameters } from "./derived-defaults.ts";
import { externalStreamCount } from "./external-input.ts";
import { inOriginal } from "./parameter-names.ts";
import {
  definitionOf,
  type ParameterOverrides,
  parameterDefinitions,
  parameterNames,
} from "./parameters.ts";
import { INPUT_SEED_STEP, type SharedSeeds, sharedSeeds, TRIAL_SEED_STEP } from "./stream-seeds.ts";

/**
 * What should be known of runs before they begin: parameters that the original's command line cannot
 * change, and seeds of external input that are not independent of each other or of the published ones.
 */
export function runNotes(runs: readonly ParameterOverrides[]): string[] {
  return [...inertNotes(runs), ...seedNotes(runs)];
}

function inertNotes(runs: readonly ParameterOverrides[]): string[] {
  return parameterNames.flatMap((name) => {
    const published = definitionOf(name).default;
    const isSet = (run: ParameterOverrides) => (run[name] ?? published) !== published;
    const original = inOriginal(name);
    if (!original?.inert || !runs.some(isSet)) return [];
    return `${original.name} has no effect in the original, whose scripts do not heed it; here ${name} acts, and such a run has no counterpart there.`;
  });
}

const publishedSeeds = {
  inputSeed: parameterDefinitions.inputSeed.default,
  trialSeed: parameterDefinitions.trialSeed.default,
};

function seedNotes(runs: readonly ParameterOverrides[]): string[] {
  const { protocol } = parameterDefinitions;
  const isDeletion = (run: ParameterOverrides) => (run.protocol ?? protocol.default) === "deletion";
  const training = runs.filter((run) => !isDeletion(run));
  const deletion = runs.filter(isDeletion);
  const inputSeeds = training.map((run) => run.inputSeed ?? publishedSeeds.inputSeed);
  const trialSeeds = deletion.map((run) => run.trialSeed ?? publishedSeeds.trialSeed);
  const isIdle = (run: ParameterOverrides) =>
    (run.inputSeed ?? publishedSeeds.inputSeed) !== publishedSeeds.inputSeed &&
    (run.trialSeed ?? publishedSeeds.trialSeed) === publishedSeeds.trialSeed;
  const idle = deletion.some(isIdle)
    ? [
        "inputSeed draws only the first interval of each external stream in deletion runs, which reseed them at 0 s. trialSeed gives other input.",
      ]
    : [];
  return [
    ...sharingNotes(
      "inputSeed",
      [publishedSeeds.inputSeed, ...inputSeeds],
      INPUT_SEED_STEP,
      training,
    ),
    ...sharingNotes(
      "trialSeed",
      [publishedSeeds.trialSeed, ...trialSeeds],
      TRIAL_SEED_STEP,
      deletion,
    ),
    ...idle,
  ];
}

function sharingNotes(
  name: keyof typeof publishedSeeds,
  seeds: readonly number[],
  step: number,
  runs: readonly ParameterOverrides[],
): string[] {
  const distinct = new Set(seeds);
  if (distinct.size < 2) return [];
  const streams = mostStreams(runs);
  const { first, count } = sharedSeeds([...distinct], step, streams);
  return first ? [sharingText(name, first, step, streams, count - 1)] : [];
}

/** External streams of the largest column among the runs. */
function mostStreams(runs: readonly ParameterOverrides[]): number {
  const sizes = [...new Set(runs.map(({ sizeFactor }) => sizeFactor))];
  return Math.max(
    ...sizes.map((sizeFactor) =>
      externalStreamCount(resolveParameters({ ...(sizeFactor !== undefined && { sizeFactor }) })),
    ),
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
