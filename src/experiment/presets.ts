import { resolveParameters } from "../model/derived-defaults.ts";
import { nameHint, nearestName } from "../model/nearest-name.ts";
import { inOriginal } from "../model/parameter-names.ts";
import { modelOf, type ParameterName, type ParameterOverrides } from "../model/parameters.ts";
import { seedOverrides } from "../model/seeds.ts";
import type { Experiment, ExperimentChanges } from "./definition.ts";
import type { Preset } from "./preset.ts";
import {
  deletion,
  quick,
  quickDeletion,
  quickDeletionAsDeposited,
  quickTraining,
  withoutLearning,
} from "./preset-overrides.ts";
import { presets2014 } from "./presets-2014.ts";

const definitions: readonly Omit<Preset, "original">[] = [
  {
    name: "baseline",
    title: "The column with external input only",
    figure: null,
    description:
      "800 s without learning, scaling or deletion: the state that the other experiments start from.",
    overrides: { protocol: "training", scaling: false, ...withoutLearning },
  },
  {
    name: "baseline-quick",
    title: "The column with external input only, for 2 minutes",
    figure: null,
    description: "120 s without learning, scaling or deletion.",
    overrides: {
      protocol: "training",
      scaling: false,
      baselineDurationS: 120,
      ...withoutLearning,
      ...quick,
    },
  },
  {
    name: "training",
    title: "Learning without scaling, which ends in hyperactivity",
    figure: "4, 6, 7a, 7c",
    description:
      "800 s of baseline, 8000 s of rhythmic training with STDP and 800 s of recall, without homeostasis.",
    overrides: { protocol: "training", scaling: false },
  },
  {
    name: "training-quick",
    title: "Learning without scaling in 3 minutes: hyperactivity",
    figure: null,
    description:
      "80 s of baseline, 85 s of training with STDP a hundred times as fast, 15 s of recall. The " +
      "column becomes hyperactive after 60 s of learning.",
    overrides: { protocol: "training", scaling: false, ...quickTraining },
  },
  {
    name: "training-with-scaling",
    title: "Learning with scaling, which prevents hyperactivity",
    figure: "5, 6, 7b, 7d",
    description:
      "The same training, with homeostatic scaling from the start of learning to the end.",
    overrides: { protocol: "training", scaling: true },
  },
  {
    name: "training-with-scaling-quick",
    title: "Learning with scaling in 3 minutes: no hyperactivity",
    figure: null,
    description:
      "The training of training-quick, with scaling from the start of learning. Rates stay at " +
      "baseline while plastic gains increase.",
    overrides: { protocol: "training", scaling: true, ...quickTraining },
  },
  {
    name: "scaling",
    title: "Scaling alone for 44 h",
    figure: "3",
    description:
      "160 000 s without learning or deletion, with scaling from 800 s on: stability of the controller.",
    overrides: {
      protocol: "training",
      scaling: true,
      baselineDurationS: 160_000,
      ...withoutLearning,
    },
  },
  {
    name: "scaling-quick",
    title: "Scaling alone for 200 s: rates stay at their targets",
    figure: null,
    description: "200 s without learning or deletion, with fast scaling from 80 s on.",
    overrides: {
      protocol: "training",
      scaling: true,
      baselineDurationS: 200,
      ...withoutLearning,
      scalingStartMs: 80_000,
      ...quick,
    },
  },
  {
    name: "deletion",
    title: "Loss of 300 of 470 cells over 44 h, without scaling",
    figure: "2 (combined)",
    description:
      "Every 1600 s three cells are deleted and external input is reduced, for 160 000 s, " +
      "without learning. The durations are those of a deposited batch script, the step is the README's.",
    overrides: { protocol: "deletion", scaling: false, ...deletion },
  },
  {
    name: "deletion-quick",
    title: "Loss of 300 of 470 cells in 5 minutes, without scaling: reduced firing",
    figure: null,
    description:
      "Every 3 s three cells are deleted and external input is reduced. The firing rate falls by " +
      "half.",
    overrides: { protocol: "deletion", scaling: false, ...quickDeletion },
  },
  {
    name: "deletion-with-scaling",
    title: "Loss of 300 of 470 cells over 44 h, with scaling",
    figure: "2 (combined)",
    description: "The same deletion, with homeostatic scaling from 800 s on.",
    overrides: { protocol: "deletion", scaling: true, ...deletion },
  },
  {
    name: "deletion-with-scaling-quick",
    title: "Loss of 300 of 470 cells in 5 minutes, with scaling: sustained firing",
    figure: null,
    description:
      "The deletion of deletion-quick, with scaling from 60 s on. The firing rate stays near its " +
      "target until more than half of the cells are lost.",
    overrides: { protocol: "deletion", scaling: true, ...quickDeletion },
  },
  {
    name: "deletion-as-deposited",
    title: "Learning without scaling, with loss of 36 cells",
    figure: "2 (as deposited)",
    description:
      "Figure 2 as in the deposited command, with default durations, STDP and training: 9600 s " +
      "of learning, in which three cells are deleted every 800 s.",
    overrides: { protocol: "deletion", scaling: false, deletionStepCells: 3 },
  },
  {
    name: "deletion-as-deposited-quick",
    title: "Learning without scaling in 3 minutes, with loss of 36 cells",
    figure: null,
    description: "The training of training-quick, with three cells deleted every 15 s.",
    overrides: { protocol: "deletion", scaling: false, ...quickDeletionAsDeposited },
  },
  {
    name: "deletion-with-scaling-as-deposited",
    title: "Learning with scaling, with loss of 36 cells",
    figure: "2 (as deposited)",
    description: "As deletion-as-deposited, with scaling from the start of learning.",
    overrides: { protocol: "deletion", scaling: true, deletionStepCells: 3 },
  },
  {
    name: "deletion-with-scaling-as-deposited-quick",
    title: "Learning with scaling in 3 minutes, with loss of 36 cells",
    figure: null,
    description: "As deletion-as-deposited-quick, with scaling from the start of learning.",
    overrides: { protocol: "deletion", scaling: true, ...quickDeletionAsDeposited },
  },
];

/**
 * All experiments that can be run by name: each published one, followed by its short form.
 *
 * @example
 * ```ts
 * import { presets } from "isocortex";
 *
 * for (const { name, title, original } of presets) console.log(name, title, original);
 * ```
 */
export const presets: readonly Preset[] = [...definitions, ...presets2014].map((definition) => ({
  ...definition,
  original: originalNotation(definition.overrides),
}));

/** Overrides as the original's command line has them: "{stdpsim=1 scaling=0}". */
function originalNotation({ model, ...overrides }: ParameterOverrides): string {
  const assignments = Object.entries(overrides).map(([key, value]) => {
    const name = key as ParameterName;
    const original = inOriginal(name, modelOf(model ? { model } : {}));
    const coded = original?.codes?.indexOf(String(value)) ?? value;
    return `${original?.name ?? name}=${typeof coded === "string" ? coded : +coded}`;
  });
  return `{${assignments.join(" ")}}`;
}

/** Thrown when an experiment is asked for that does not exist. */
export class UnknownPresetError extends Error {
  override readonly name = "UnknownPresetError";
  readonly given: string;
  /** A name that is near. */
  readonly nearest: string | undefined;

  constructor(given: string) {
    const names = presets.map((preset) => preset.name);
    const nearest = nearestName(given, names);
    super(`There is no experiment "${given}". ${nameHint(nearest, "isocortex list experiments")}`);
    this.given = given;
    this.nearest = nearest;
  }
}

/** The experiment of this name. Throws {@link UnknownPresetError} if there is none. */
export function findPreset(name: string): Preset {
  const preset = presets.find((one) => one.name === name);
  if (preset === undefined) throw new UnknownPresetError(name);
  return preset;
}

/**
 * A preset, with the seed and the parameters changed as requested.
 *
 * @param name one of `presets`
 * @param changes seed of the network and input, and parameters; by default none
 * @throws {UnknownPresetError} if there is no preset of this name
 * @throws {InvalidParametersError} with an error for each invalid change
 * @example
 * ```ts
 * import { presetExperiment, Simulation } from "isocortex";
 *
 * const changes = { plasticIncrementEE: 0.005 };
 * const { parameters, entries } = presetExperiment("training-quick", { seed: 3, changes });
 * const simulation = new Simulation(parameters, { entries });
 * console.log(simulation.durationMs);
 * ```
 */
export function presetExperiment(
  name: string,
  { seed = 0, changes }: ExperimentChanges = {},
): Experiment {
  const { title, description, overrides } = findPreset(name);
  const seeds = seedOverrides(seed, { ...overrides, ...changes });
  const parameters = resolveParameters({ ...overrides, ...seeds, ...changes });
  return { description: `${title}. ${description}`, preset: name, parameters, entries: [] };
}
