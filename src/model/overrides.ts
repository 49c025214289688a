/**
 * Reads the parameters that a user sets, in our notation and in the original's.
 *
 * Names are isocortex's or the original's. Numbers may be expressions ("4*15/11"); switches are true, on,
 * yes or 1, and false, off, no or 0; choices go by name or, as in the original, by number
 * ("stdpsim=1" is protocol "training", "randomdelete=0" is deletionSelection "scale-factor").
 * Times keep the unit of the parameter, which is the original's too.
 */

import { evaluateArithmetic, HocReader } from "./hoc-reader.ts";
import { HocError } from "./hoc-tokens.ts";
import { ParameterError, throwIfAny } from "./parameter-error.ts";
import { findParameter, inOriginal, unknownParameter } from "./parameter-names.ts";
import { definitionOf, type ParameterName, type ParameterOverrides } from "./parameters.ts";
import { valueError } from "./validation.ts";

interface Assignment {
  readonly known: string;
  readonly text: string;
  /** Value of the text, if already known. */
  readonly value?: number | undefined;
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
function readValue(name: ParameterName, text: string, value = evaluateArithmetic(text)): unknown {
  switch (definitionOf(name).kind) {
    case "number":
    case "integer":
      return value ?? text;
    case "boolean": {
      if (value === 0 || value === 1) return value === 1;
      const word = text.toLowerCase();
      return Object.hasOwn(switchWords, word) ? switchWords[word] : text;
    }
    case "choice":
      return value === undefined ? text : (inOriginal(name)?.codes?.[value] ?? text);
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
  for (const { known, text, value } of assignments) {
    const name = findParameter(known);
    if (name === undefined) {
      errors.push(unknownParameter(known));
      continue;
    }
    const earlier = knownAs.get(name) ?? known;
    if (earlier !== known) errors.push(namedTwice(name, earlier, known));
    knownAs.set(name, known);
    values[name] = readValue(name, text, value);
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

/** Variables that the original's scripts compute themselves, whatever was set before. */
const computedByOriginal: readonly string[] = ["tstop", "mytstop", "htmax", "numcells"];

/** The words that a parameter takes in place of numbers, by one of its names. */
function wordsOf(known: string): readonly string[] {
  const name = findParameter(known);
  const definition = name && definitionOf(name);
  if (definition?.kind === "choice") return definition.choices;
  return definition?.kind === "boolean" ? Object.keys(switchWords) : [];
}

/** Request of the original's command line, with its parts that have no effect. */
export interface OriginalCommand {
  readonly overrides: ParameterOverrides;
  readonly notes: readonly string[];
}

/**
 * Overrides from texts in the original's notation, such as "{stdpsim=1 scaling=0 PreDur=2*60}", in the order
 * in which NEURON would execute them.
 *
 * They are hoc, with our names, too: assignments in braces or without, in any number, expressions,
 * comments. What changes nothing in hoc either is passed over with a note; so are variables that
 * only help to compute others. Throws InvalidParametersError with all that is wrong.
 */
export function readOriginalCommand(texts: readonly string[]): OriginalCommand {
  const reader = new HocReader(wordsOf);
  const errors: ParameterError[] = [];
  for (const text of texts) {
    try {
      reader.readStatements(text);
    } catch (error) {
      if (!(error instanceof HocError)) throw error;
      errors.push(hocError(text, error));
    }
  }
  const computed = reader.assignments.filter(({ known }) => computedByOriginal.includes(known));
  const assignments = reader.assignments.filter(
    ({ known }) =>
      !computedByOriginal.includes(known) &&
      (findParameter(known) !== undefined || !reader.used.has(known)),
  );
  return {
    overrides: readAssignments(assignments, errors),
    notes: [
      ...reader.ignored.map((text) => `${text} is ignored: it does not set a parameter.`),
      ...computed.map(
        ({ known, text }) => `${known}=${text} is ignored: the original computes ${known} itself.`,
      ),
    ],
  };
}

/**
 * Overrides from a text in the original's notation, hoc: assignments with or without braces,
 * expressions and comments. Names may be the original's or isocortex's. Statements without effect
 * in hoc are ignored.
 *
 * @throws {InvalidParametersError} with an error for each invalid name, value or expression
 * @example
 * ```ts
 * import { parseOriginalOverrides, resolveParameters } from "isocortex";
 *
 * const overrides = parseOriginalOverrides("{stdpsim=1 scaling=0 PreDur=2*60}");
 * console.log(overrides); // { protocol: "training", scaling: false, baselineDurationS: 120 }
 * const parameters = resolveParameters(overrides);
 * ```
 */
export const parseOriginalOverrides = (text: string): ParameterOverrides =>
  readOriginalCommand([text]).overrides;

/** More of a text does not help to find what is wrong with it. */
const LONGEST_QUOTE = 200;

function hocError(text: string, { message: reason }: HocError): ParameterError {
  const given = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  const allowed = 'assignments as in "{stdpsim=1 scaling=0}"';
  const message = `"${given}": ${reason}. Expected ${allowed}.`;
  return new ParameterError(message, { parameter: given, given, allowed });
}
