/**
 * Reads the parameters that a user sets, in our notation and in the original's.
 *
 * Names are ours or the original's. Numbers may be arithmetic ("4*15/11"); switches are true, on,
 * yes or 1, and false, off, no or 0; choices go by name or, as in the original, by number
 * ("stdpsim=1" is protocol "training", "randomdelete=0" is deletionSelection "scale-factor").
 * Times keep the unit of the parameter, which is the original's too.
 */

import { evaluateArithmetic } from "./arithmetic.ts";
import { ParameterError, throwIfAny } from "./parameter-error.ts";
import { findParameter, unknownParameter } from "./parameter-names.ts";
import {
  type ParameterDefinition,
  type ParameterName,
  type ParameterOverrides,
  parameterDefinitions,
} from "./parameters.ts";
import { valueError } from "./validation.ts";

interface Assignment {
  readonly known: string;
  readonly text: string;
}

const switchWords: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  false: false,
  off: false,
  no: false,
};

/** The value that a text stands for, or the text itself where it stands for none. */
function readValue(definition: ParameterDefinition, text: string): unknown {
  const value = evaluateArithmetic(text);
  switch (definition.kind) {
    case "number":
    case "integer":
      return value ?? text;
    case "boolean": {
      if (value === 0 || value === 1) return value === 1;
      const word = text.toLowerCase();
      return Object.hasOwn(switchWords, word) ? switchWords[word] : text;
    }
    case "choice":
      return value === undefined ? text : (definition.originalValues?.[value] ?? text);
  }
}

function namedTwice(name: ParameterName, first: string, second: string): ParameterError {
  const message = `${first} and ${second} are two names of one parameter: expected only one of them.`;
  const allowed = `either ${first} or ${second}`;
  return new ParameterError(message, { parameter: name, given: `${first}, ${second}`, allowed });
}

/** Turns assignments into overrides; later ones win. Throws all that is wrong with them together. */
function readAssignments(
  assignments: readonly Assignment[],
  errors: ParameterError[],
): ParameterOverrides {
  const values: Partial<Record<ParameterName, unknown>> = {};
  const knownAs = new Map<ParameterName, string>();
  for (const { known, text } of assignments) {
    const name = findParameter(known);
    if (name === undefined) {
      errors.push(unknownParameter(known));
      continue;
    }
    const earlier = knownAs.get(name) ?? known;
    if (earlier !== known) errors.push(namedTwice(name, earlier, known));
    knownAs.set(name, known);
    values[name] = readValue(parameterDefinitions[name], text);
    const error = valueError(name, values[name], known, text);
    if (error !== undefined) errors.push(error);
  }
  throwIfAny(errors);
  return values as ParameterOverrides;
}

function syntaxError(given: string, allowed: string): ParameterError {
  return new ParameterError(`"${given}": expected ${allowed}.`, {
    parameter: given,
    given,
    allowed,
  });
}

/**
 * Overrides from a list of "name=value".
 *
 * Throws InvalidParametersError with every unknown name, bad value and double naming.
 */
export function parseAssignments(assignments: readonly string[]): ParameterOverrides {
  const errors: ParameterError[] = [];
  const read = assignments.flatMap((assignment): Assignment[] => {
    const [, known, text] = /^\s*([^=]*[^=\s])\s*=(.*)$/s.exec(assignment) ?? [];
    if (known !== undefined && text !== undefined) return [{ known, text: text.trim() }];
    errors.push(syntaxError(assignment, "name=value"));
    return [];
  });
  return readAssignments(read, errors);
}

const braceGroups = /^\s*(?:\{[^{}]*\}\s*)+$/;
const assignedName = /(?<![\w.])([A-Za-z_]\w*)\s*=/g;

/**
 * Overrides from the original's command-line notation, such as "{stdpsim=1 scaling=0 PreDur = 60}".
 *
 * One or several groups in braces, or a single assignment without; a value lasts until the next name.
 * Throws InvalidParametersError with every unknown name, bad value and double naming.
 */
export function parseOriginalOverrides(text: string): ParameterOverrides {
  const expected = 'assignments as in "{stdpsim=1 scaling=0}"';
  const errors: ParameterError[] = [];
  if (/[{}]/.test(text) && !braceGroups.test(text)) throwIfAny([syntaxError(text, expected)]);
  const assignments = text.split(/[{}]/).flatMap((group): Assignment[] => {
    const names = [...group.matchAll(assignedName)];
    const before = group.slice(0, names[0]?.index).trim();
    if (before !== "") errors.push(syntaxError(before, expected));
    return names.map((match, i) => ({
      known: match[1]!,
      text: group.slice(match.index + match[0].length, names[i + 1]?.index).trim(),
    }));
  });
  return readAssignments(assignments, errors);
}
