import { isDerived, resolveParameters, withDefaults } from "../model/derived-defaults.ts";
import { ParameterError, throwIfAny } from "../model/parameter-error.ts";
import {
  definitionOf,
  modelOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterNames,
} from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";

/**
 * The parameters of a branch at `timeMs`: its parent's, but for the changes.
 *
 * A parent's value that is the default derived from others is derived again.
 *
 * @throws {InvalidParametersError} naming every change that a branch cannot make, and for a branch
 *   that would end before it begins
 */
export function branchParameters(
  parent: Parameters,
  changes: ParameterOverrides,
  timeMs: number,
): Parameters {
  // Under the rules of another model, the parent's parameters would not even be understood.
  const model = changes.model ?? parent.model;
  if (model !== parent.model) throwIfAny(fixedError("model", { ...parent, model }));
  const branch = resolveParameters({
    ...underivedOverrides(parent),
    ...begunAnew(parent, changes, timeMs),
    ...changes,
  });
  const asked = changedParameters(parent, branch).filter((name) => changes[name] !== undefined);
  const errors = asked.flatMap((name) => fixedError(name, branch));
  if (errors.length === 0 && durationMs(branch) < timeMs) errors.push(endError(branch, timeMs));
  throwIfAny(errors);
  return branch;
}

/** The parameters in which a branch differs from its parent. */
export const changedParameters = (parent: Parameters, branch: Parameters): ParameterName[] =>
  parameterNames.filter((name) => parent[name] !== branch[name]);

/** Parameters as overrides, without those that are the default derived from others. */
export function underivedOverrides(parent: Parameters): ParameterOverrides {
  const valuesOf = (names: readonly ParameterName[]): ParameterOverrides =>
    Object.fromEntries(names.map((name) => [name, parent[name]]));
  const model = modelOf(parent);
  const given = parameterNames.filter((name) => !isDerived(name, model));
  const derived = withDefaults(valuesOf(given));
  return valuesOf(
    parameterNames.filter((name) => given.includes(name) || derived[name] !== parent[name]),
  );
}

/** Deletion and trials that a branch begins, begin as they would at the start of a run. */
const begunAnew = (
  parent: Parameters,
  changes: ParameterOverrides,
  timeMs: number,
): ParameterOverrides =>
  parent.protocol !== "deletion" && changes.protocol === "deletion"
    ? { deletionProtocolStartMs: timeMs }
    : {};

function fixedError(name: ParameterName, branch: Parameters): ParameterError[] {
  const { changes } = definitionOf(name);
  if (changes.latest !== "beginning") return [];
  const given = String(branch[name]);
  const allowed = "the parent's value";
  const message = `${name} cannot change in a branch: ${changes.reason}. Set it in a new run instead.`;
  return [new ParameterError(message, { parameter: name, given, allowed })];
}

function endError(branch: Parameters, timeMs: number): ParameterError {
  const parameter = "baselineDurationS + learningDurationS + recallDurationS";
  const given = `${durationMs(branch) / 1000} s`;
  const allowed = `at least ${timeMs / 1000} s, the start of the branch`;
  const message = `${parameter} = ${given}: expected ${allowed}.`;
  return new ParameterError(message, { parameter, given, allowed });
}
