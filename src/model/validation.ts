import { totalCellCount } from "./cell-counts.ts";
import { numberText } from "./number-text.ts";
import {
  type ChoiceDefinition,
  type Model,
  models,
  type NumberDefinition,
  type ParameterDefinition,
} from "./parameter-definition.ts";
import { ParameterError } from "./parameter-error.ts";
import { displayName, inOriginal, unknownParameter } from "./parameter-names.ts";
import {
  definitionOf,
  hasParameter,
  modelOf,
  namesOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterDefinitions,
} from "./parameters.ts";
import { deletesBySteps, recurrenceErrors } from "./recurrence.ts";
import { durationMs, usesPlasticity, usesTraining } from "./timeline.ts";
import { errors2014 } from "./validation-2014.ts";

/** Beyond this, times in ms are too coarse for delays and intervals. */
const longestDurationMs = 1e12;

function allowedNumbers({ kind, range: [min, max], aboveMin, unit }: NumberDefinition): string {
  const noun = kind === "integer" ? "a whole number" : "a number";
  const extent = aboveMin
    ? `above ${numberText(min)}, up to ${numberText(max)}`
    : `from ${numberText(min)} to ${numberText(max)}`;
  return unit === "1" ? `${noun} ${extent}` : `${noun} ${extent} ${unit}`;
}

function allowedChoices(name: ParameterName, { choices }: ChoiceDefinition): string {
  const names = choices.join(" or ");
  const original = inOriginal(name);
  if (!original?.codes) return names;
  const codes = original.codes.map((choice, code) => `${code} for ${choice}`);
  return `${names} (or, as in the original, ${codes.join(", ")})`;
}

/** Accepted values of a parameter, in words, such as "a number above 0, up to 1e12 ms". */
export function allowedValues(name: ParameterName): string {
  const definition = definitionOf(name);
  switch (definition.kind) {
    case "number":
    case "integer":
      return allowedNumbers(definition);
    case "boolean":
      return "true or false";
    case "choice":
      return allowedChoices(name, definition);
  }
}

function isAllowed(definition: ParameterDefinition, value: unknown): boolean {
  switch (definition.kind) {
    case "number":
    case "integer": {
      if (typeof value !== "number" || !Number.isFinite(value)) return false;
      if (definition.kind === "integer" && !Number.isInteger(value)) return false;
      const {
        range: [min, max],
        aboveMin,
      } = definition;
      return (aboveMin ? value > min : value >= min) && value <= max;
    }
    case "boolean":
      return typeof value === "boolean";
    case "choice":
      return definition.choices.includes(value as string);
  }
}

/**
 * The error of a value that its parameter does not allow, or undefined.
 *
 * `known` is the name that the user wrote, `given` what the user wrote for the value.
 */
export function valueError(
  name: ParameterName,
  value: unknown,
  known: string = name,
  given: unknown = value,
): ParameterError | undefined {
  const definition = definitionOf(name);
  if (isAllowed(definition, value)) return undefined;
  const isText = typeof given === "string";
  const text = isText ? `"${given}"` : String(given);
  const asText = definition.kind === "choice" && !isText ? "a string, " : "";
  const allowed = `${asText}${allowedValues(name)}`;
  return new ParameterError(`${displayName(known)} = ${text}: expected ${allowed}.`, {
    parameter: known,
    given: String(given),
    allowed,
  });
}

/** The errors of overrides, each looked at alone: unknown names, wrong kinds, values out of range. */
export function overrideErrors(overrides: ParameterOverrides): ParameterError[] {
  const model = modelOf(overrides);
  return Object.entries(overrides).flatMap(([known, value]) => {
    if (value === undefined) return [];
    if (!Object.hasOwn(parameterDefinitions, known)) return [unknownParameter(known)];
    const name = known as ParameterName;
    return (
      valueError(name, value) ?? (hasParameter(model, name) ? [] : [foreignError(name, model)])
    );
  });
}

/** The error of parameters that lack some: overrides alone are no parameters. */
export function incompleteErrors(parameters: ParameterOverrides = {}): ParameterError[] {
  const missing = namesOf(modelOf(parameters)).find((name) => parameters[name] === undefined);
  if (missing === undefined) return [];
  const allowed = "all parameters, as resolveParameters({ … }) returns them";
  const problem = { parameter: missing, given: "undefined", allowed };
  return [new ParameterError(`${missing} is missing: expected ${allowed}.`, problem)];
}

/** The error of a parameter that only the other model has. */
function foreignError(name: ParameterName, model: Model): ParameterError {
  const other = models.find((one) => one !== model)!;
  const both = (one: ParameterName) => {
    const original = inOriginal(one)?.name;
    return original === undefined ? one : `${one} (${original})`;
  };
  const counterpart = counterparts[name];
  const advice = counterpart ? ` Here ${both(counterpart)} has its part.` : "";
  const message =
    `${both(name)} is a parameter of the ${other} model, and this run is of the ${model} model.` +
    `${advice} Leave it out, or set model=${other}.`;
  const allowed = `a parameter of the ${model} model`;
  return new ParameterError(message, { parameter: name, given: name, allowed });
}

/** Parameters of the other model that have the part of those that a model has not. */
const counterparts: Readonly<Partial<Record<ParameterName, ParameterName>>> = {
  protocol: "deletion",
  deletionIntervalMs: "timelineUnitMs",
  deletionProtocolStartMs: "deletionStartMs",
  deletionSeed: "stimulationSeed",
  weightSeed: "weightRandomization",
  deletion: "protocol",
  timelineUnitMs: "deletionIntervalMs",
  deletionStartMs: "deletionProtocolStartMs",
  weightRandomization: "weightSeed",
};

/** The error of a value that another parameter limits, or none. */
function excess(
  parameters: Parameters,
  parameter: "plasticityStartMs" | "trainingStartMs" | "deletionStepCells",
  limit: number,
  origin: string,
): ParameterError[] {
  const given = String(parameters[parameter]);
  if (parameters[parameter] <= limit) return [];
  const allowed = `at most ${numberText(limit)} ${definitionOf(parameter).unit}, ${origin}`;
  const message = `${parameter} = ${given}: expected ${allowed}.`;
  return [new ParameterError(message, { parameter, given, allowed })];
}

function durationErrors(parameters: Parameters): ParameterError[] {
  const totalMs = durationMs(parameters);
  if (totalMs > 0 && totalMs <= longestDurationMs) return [];
  const parameter = "baselineDurationS + learningDurationS + recallDurationS";
  const given = `${numberText(totalMs / 1e3)} s`;
  const allowed = `more than 0, at most ${numberText(longestDurationMs / 1e3)} s`;
  const message = `${parameter} = ${given}: expected ${allowed}.`;
  return [new ParameterError(message, { parameter, given, allowed })];
}

/** A scale factor begins at 1, which its bounds must allow. */
function scaleFactorErrors({ scaleFactorMaximum }: Parameters): ParameterError[] {
  if (scaleFactorMaximum === 0 || scaleFactorMaximum >= 1) return [];
  const parameter = "scaleFactorMaximum";
  const given = String(scaleFactorMaximum);
  const allowed = "a number of 1 or more, or 0 for no bound";
  const message = `${parameter} = ${given}: expected ${allowed}, as scale factors begin at 1.`;
  return [new ParameterError(message, { parameter, given, allowed })];
}

/** The errors of parameters whose values are allowed alone but not together. */
export function consistencyErrors(parameters: Parameters): ParameterError[] {
  const { plasticityEndMs, trainingEndMs, sizeFactor } = parameters;
  const cellCount = totalCellCount(sizeFactor);
  const impossible = durationErrors(parameters);
  return [
    ...(impossible.length > 0 ? impossible : recurrenceErrors(parameters, cellCount)),
    ...scaleFactorErrors(parameters),
    ...(parameters.model === "2014" ? errors2014(parameters) : []),
    ...(usesPlasticity(parameters)
      ? excess(parameters, "plasticityStartMs", plasticityEndMs, "the plasticityEndMs")
      : []),
    ...(usesTraining(parameters)
      ? excess(parameters, "trainingStartMs", trainingEndMs, "the trainingEndMs")
      : []),
    ...(deletesBySteps(parameters)
      ? excess(parameters, "deletionStepCells", cellCount, "all of the column")
      : []),
  ];
}
