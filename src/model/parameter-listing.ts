import { type DerivedName, derivations } from "./derived-defaults.ts";
import { originalNames } from "./parameter-names.ts";
import {
  type ParameterDefinition,
  type ParameterName,
  parameterDefinitions,
  parameterNames,
} from "./parameters.ts";
import { allowedValues } from "./validation.ts";

/** A parameter as shown to users. */
export interface ParameterListing {
  readonly name: ParameterName;
  /** The original's names; empty for parameters that it has not. */
  readonly original: readonly string[];
  /** "1" for plain numbers, empty for switches and choices. */
  readonly unit: string;
  /** The default's value, or the rule by which it follows from other parameters. */
  readonly default: string;
  readonly allowed: string;
  readonly doc: string;
}

/** All parameters, as shown to users, in listing order. */
export function listParameters(): readonly ParameterListing[] {
  return parameterNames.map((name) => {
    const definition: ParameterDefinition = parameterDefinitions[name];
    return {
      name,
      original: originalNames(name),
      unit: definition.unit,
      default: String(definition.default ?? derivations[name as DerivedName].formula),
      allowed: allowedValues(definition),
      doc: definition.doc,
    };
  });
}
