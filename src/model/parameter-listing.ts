import type { Effect } from "./parameter-definition.ts";
import { originalNames } from "./parameter-names.ts";
import { definitionOf, type Parameters, parameterNames } from "./parameters.ts";
import { allowedValues } from "./validation.ts";

/** A parameter as shown to users. */
export interface ParameterListing {
  /** Its name, as in `Parameters`. */
  readonly name: keyof Parameters;
  /** The original's names; empty for parameters that it has not. */
  readonly original: readonly string[];
  /** "1" for plain numbers, empty for switches and choices. */
  readonly unit: string;
  /** The default's value, or the rule by which it follows from other parameters. */
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
    const { unit, default: value, doc, matters, changes } = definitionOf(name);
    return {
      name,
      original: originalNames(name),
      unit,
      default: typeof value === "object" ? value.formula : String(value),
      allowed: allowedValues(name),
      doc,
      matters,
      changes,
    };
  });
}
