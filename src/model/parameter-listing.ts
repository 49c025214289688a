import { type Effect, models } from "./parameter-definition.ts";
import { originalNames } from "./parameter-names.ts";
import {
  defaultOf,
  definitionOf,
  hasParameter,
  type Parameters,
  parameterNames,
} from "./parameters.ts";
import { allowedValues } from "./validation.ts";

/** A parameter as shown to users. */
export interface ParameterListing {
  /** Its name, as in `Parameters`. */
  readonly name: keyof Parameters;
  /** Years of the models that have it. */
  readonly models: readonly (2013 | 2014)[];
  /** The original's names; empty for parameters that it has not. */
  readonly original: readonly string[];
  /** "1" for plain numbers, empty for switches and choices. */
  readonly unit: string;
  /**
   * The default's value, or the rule by which it follows from other parameters; for each model, if
   * it differs.
   */
  readonly default: string;
  /** Its range or choices, in words. */
  readonly allowed: string;
  /** Its meaning, in a sentence. */
  readonly doc: string;
  /** Time at which its value can first make a difference to a run. */
  readonly matters: Effect["matters"];
  /** Latest possible change, and the reason for the limit. */
  readonly changes: Effect["changes"];
}

/**
 * All parameters, as shown to users, in listing order.
 *
 * @example
 * ```ts
 * import { listParameters } from "isocortex";
 *
 * for (const { name, default: value, unit, doc } of listParameters()) {
 *   console.log(name, "=", value, unit, "–", doc);
 * }
 * ```
 */
export function listParameters(): readonly ParameterListing[] {
  return parameterNames.map((name) => {
    const { unit, doc, matters, changes } = definitionOf(name);
    return {
      name,
      models: models.filter((model) => hasParameter(model, name)),
      original: originalNames(name),
      unit,
      default: defaultText(name),
      allowed: allowedValues(name),
      doc,
      matters,
      changes,
    };
  });
}

function defaultText(name: keyof Parameters): string {
  const texts = models
    .filter((model) => hasParameter(model, name))
    .map((model) => {
      const value = defaultOf(name, model);
      return [typeof value === "object" ? value.formula : String(value), model] as const;
    });
  const [first, ...others] = texts;
  if (others.every(([text]) => text === first![0])) return first![0];
  return texts.map(([text, model]) => `${text} (${model})`).join(", ");
}
