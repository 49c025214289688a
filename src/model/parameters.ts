/**
 * Every parameter of a run.
 *
 * Its entry says all that is known of a parameter: types, defaults, validation, names, what a
 * branch may change, which runs share a past, `isocortex list` and the manifest are derived from
 * it. Published values are those of Rowan & Neymotin (2013), ModelDB 147141, and of Rowan,
 * Neymotin & Lytton (2014), ModelDB 154096.
 */

import type {
  ChoiceDefinition,
  Derivation,
  LaterEffect,
  Model,
  ModelDefaults,
  ParameterDefinition,
} from "./parameter-definition.ts";
import { cellParameters } from "./parameters/cells.ts";
import { columnParameters } from "./parameters/columns.ts";
import { courseParameters } from "./parameters/course.ts";
import { deletionParameters } from "./parameters/deletion.ts";
import { deletionParameters2014 } from "./parameters/deletion-2014.ts";
import { externalInputParameters } from "./parameters/external-input.ts";
import { modelParameters } from "./parameters/model.ts";
import { phaseParameters2014 } from "./parameters/phases-2014.ts";
import { recordingParameters } from "./parameters/recording.ts";
import { scalingParameters } from "./parameters/scaling.ts";
import { seedParameters } from "./parameters/seeds.ts";
import { stdpParameters } from "./parameters/stdp.ts";
import {
  informationTrialParameters2014,
  stimulationParameters2014,
} from "./parameters/stimulation-2014.ts";
import { trainingParameters } from "./parameters/training.ts";
import { wiringParameters } from "./parameters/wiring.ts";
import { ruleParameters } from "./rules.ts";

/** All parameters by name, in the order in which they are listed to users. */
export const parameterDefinitions = {
  ...modelParameters,
  ...courseParameters,
  ...phaseParameters2014,
  ...scalingParameters,
  ...stdpParameters,
  ...ruleParameters,
  ...trainingParameters,
  ...deletionParameters,
  ...deletionParameters2014,
  ...stimulationParameters2014,
  ...informationTrialParameters2014,
  ...recordingParameters,
  ...externalInputParameters,
  ...wiringParameters,
  ...columnParameters,
  ...cellParameters,
  ...seedParameters,
} satisfies Record<string, ParameterDefinition>;

type Definitions = typeof parameterDefinitions;

export type ParameterName = keyof Definitions;

type ValueOf<D extends ParameterDefinition> = D extends { kind: "boolean" }
  ? boolean
  : D extends ChoiceDefinition<infer C>
    ? C
    : number;

/**
 * All parameters of a run, every default filled in.
 *
 * They are those of its model: at run time, names that only the other model has are absent.
 *
 * @interface
 */
export type Parameters = { readonly [N in ParameterName]: ValueOf<Definitions[N]> };

/** Changes of parameters; the others keep their published values, or are derived from these. */
export type ParameterOverrides = Partial<Parameters>;

/** All parameter names, in listing order. */
export const parameterNames = Object.keys(parameterDefinitions) as ParameterName[];

/** The model of parameters, by the year of its paper. */
export const modelOf = ({ model = "2013" }: Pick<ParameterOverrides, "model">): Model =>
  model === "2014" ? 2014 : 2013;

/** Names of a model's parameters, in listing order. */
export const namesOf = (model: Model): readonly ParameterName[] =>
  parameterNames.filter((name) => hasParameter(model, name));

/** True if a model has a parameter. */
export const hasParameter = (model: Model, name: ParameterName): boolean =>
  definitionOf(name).models[model] !== undefined;

/** Default of a parameter in a model, or how it follows from other parameters. */
export function defaultOf(name: ParameterName, model: Model): Default {
  const value: Default | ModelDefaults<Default> = definitionOf(name).default;
  return typeof value === "object" && model in value
    ? (value as ModelDefaults<Default>)[model]
    : (value as Default);
}

type Default = number | boolean | string | Derivation;

/** All that is known of a parameter. */
export const definitionOf = (name: ParameterName): ParameterDefinition =>
  parameterDefinitions[name];

/** The parameters that first matter in one way. */
export const parametersThatMatter = (
  matters: LaterEffect | "from the beginning",
): readonly ParameterName[] =>
  parameterNames.filter((name) => definitionOf(name).matters === matters);
