import { nameHint, nearestName } from "./nearest-name.ts";
import type { Model, OriginalName } from "./parameter-definition.ts";
import { ParameterError } from "./parameter-error.ts";
import { definitionOf, type ParameterName, parameterNames } from "./parameters.ts";

/**
 * A parameter in a model's original scripts, or undefined for one that they have not; without a
 * model, in the first one's that have it.
 */
export function inOriginal(
  name: ParameterName,
  model?: Model,
): Exclude<OriginalName, string> | undefined {
  const { models: own } = definitionOf(name);
  const original = model === undefined ? (own[2013] ?? own[2014]) : own[model];
  return typeof original === "string" ? { name: original } : (original ?? undefined);
}

/** The original's names of a parameter. */
export const originalNames = (name: ParameterName): readonly string[] => {
  const original = inOriginal(name);
  return original ? [original.name] : [];
};

const parameterByName: ReadonlyMap<string, ParameterName> = new Map(
  parameterNames.flatMap((name) =>
    [name, ...originalNames(name)].map((known) => [known, name] as const),
  ),
);

/** The parameter of a name, ours or the original's, or undefined. */
export function findParameter(known: string): ParameterName | undefined {
  return parameterByName.get(known);
}

/**
 * Name of a parameter in messages: as given by the user, followed by isocortex's name if that
 * differs.
 */
export function displayName(known: string): string {
  const name = findParameter(known);
  return name === undefined || name === known ? known : `${known} (${name})`;
}

/**
 * The error for a name that is neither ours nor the original's; it names one that is near.
 *
 * Where only our names count, as in records of overrides, an original's name is answered with ours.
 */
export function unknownParameter(given: string): ParameterError {
  if (given === "numcols") return computedParameter(given);
  const nearest = findParameter(given) ?? nearestName(given, [...parameterByName.keys()]);
  const hint = nameHint(nearest && displayName(nearest), "isocortex list parameters");
  const message = `Unknown parameter "${given}". ${hint}`;
  const allowed = "a known parameter name";
  return new ParameterError(message, { parameter: given, given, allowed, nearest });
}

/** The original computes the number of columns; a value of its own would leave some unbuilt. */
function computedParameter(given: string): ParameterError {
  const allowed = `${displayName("colW")} and ${displayName("colH")}`;
  const message = `${given} is not a parameter: the original computes it as colW × colH. Set ${allowed}.`;
  return new ParameterError(message, { parameter: given, given, allowed });
}
