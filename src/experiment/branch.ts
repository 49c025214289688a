import { type DerivedName, derivations, resolveParameters } from "../model/derived-defaults.ts";
import { InvalidParametersError, ParameterError } from "../model/parameter-error.ts";
import {
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterNames,
} from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { builtIn } from "./changeable-parameters.ts";

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
  const branch = resolveParameters({
    ...underivedOverrides(parent),
    ...begunAnew(parent, changes, timeMs),
    ...changes,
  });
  const asked = changedParameters(parent, branch).filter((name) => changes[name] !== undefined);
  const errors = asked.flatMap((name) => fixedError(name, branch));
  if (errors.length === 0 && durationMs(branch) < timeMs) errors.push(endError(branch, timeMs));
  if (errors.length > 0) throw new InvalidParametersError(errors);
  return branch;
}

/** The parameters in which a branch differs from its parent. */
export const changedParameters = (parent: Parameters, branch: Parameters): ParameterName[] =>
  parameterNames.filter((name) => parent[name] !== branch[name]);

/** Parameters as overrides, without those that are the default derived from others. */
export function underivedOverrides(parent: Parameters): ParameterOverrides {
  const names = Object.keys(derivations) as DerivedName[];
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));
  const derived = resolveParameters({ ...parent, ...unset } as ParameterOverrides);
  const kept = Object.entries(parent).filter(
    ([name, value]) =>
      derived[name as DerivedName] !== value || !names.includes(name as DerivedName),
  );
  return Object.fromEntries(kept) as ParameterOverrides;
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
  const reason = builtIn[name];
  if (reason === undefined) return [];
  const given = String(branch[name]);
  const allowed = "the parent's value";
  const message = `${name} cannot change in a branch: ${reason}. Set it in a new run instead.`;
  return [new ParameterError(message, { parameter: name, given, allowed })];
}

function endError(branch: Parameters, timeMs: number): ParameterError {
  const parameter = "baselineDurationS + learningDurationS + recallDurationS";
  const given = `${durationMs(branch) / 1000} s`;
  const allowed = `at least ${timeMs / 1000} s, where the branch begins`;
  const message = `${parameter} = ${given}: expected ${allowed}.`;
  return new ParameterError(message, { parameter, given, allowed });
}
