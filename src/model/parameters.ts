/**
 * Every parameter of a run.
 *
 * Its entry says all that is known of a parameter: types, defaults, validation, names, what a
 * branch may change, which runs share a past, `isocortex list` and the manifest are derived from
 * it. Published values are those of Rowan & Neymotin (2013), ModelDB 147141.
 */

import type { ChoiceDefinition, LaterEffect, ParameterDefinition } from "./parameter-definition.ts";
import { cellParameters } from "./parameters/cells.ts";
import { courseParameters } from "./parameters/course.ts";
import { deletionParameters } from "./parameters/deletion.ts";
import { externalInputParameters } from "./parameters/external-input.ts";
import { recordingParameters } from "./parameters/recording.ts";
import { scalingParameters } from "./parameters/scaling.ts";
import { seedParameters } from "./parameters/seeds.ts";
import { stdpParameters } from "./parameters/stdp.ts";
import { trainingParameters } from "./parameters/training.ts";
import { wiringParameters } from "./parameters/wiring.ts";
import { ruleParameters } from "./rules.ts";

/** All parameters by name, in the order in which they are listed to users. */
export const parameterDefinitions = {
  ...courseParameters,
  ...scalingParameters,
  ...stdpParameters,
  ...ruleParameters,
  ...trainingParameters,
  ...deletionParameters,
  ...recordingParameters,
  ...externalInputParameters,
  ...wiringParameters,
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

/** All parameters of a run, every default filled in. @interface */
export type Parameters = { readonly [N in ParameterName]: ValueOf<Definitions[N]> };

/** Changes of parameters; the others keep their published values, or are derived from these. */
export type ParameterOverrides = Partial<Parameters>;

/** All parameter names, in listing order. */
export const parameterNames = Object.keys(parameterDefinitions) as ParameterName[];

/** All that is known of a parameter. */
export const definitionOf = (name: ParameterName): ParameterDefinition =>
  parameterDefinitions[name];

/** The parameters that first matter in one way. */
export const parametersThatMatter = (
  matters: LaterEffect | "from the beginning",
): readonly ParameterName[] =>
  parameterNames.filter((name) => definitionOf(name).matters === matters);
