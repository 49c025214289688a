import type { Derivation, Model } from "./parameter-definition.ts";
import { throwIfAny } from "./parameter-error.ts";
import {
  defaultOf,
  modelOf,
  namesOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
} from "./parameters.ts";
import { roundToSixDigits } from "./six-digits.ts";
import { consistencyErrors, overrideErrors } from "./validation.ts";

/** True if a parameter's default is computed from others in a model. */
export const isDerived = (name: ParameterName, model: Model): boolean =>
  typeof defaultOf(name, model) === "object";

const derivedDefault = ({ compute }: Derivation, given: object): number =>
  roundToSixDigits(compute(given as never));

/** The default that follows from a run's other parameters; undefined for one that does not. */
export function derivedFromOthers(name: ParameterName, parameters: Parameters): number | undefined {
  const found = defaultOf(name, modelOf(parameters));
  return typeof found === "object" ? derivedDefault(found, parameters) : undefined;
}

/**
 * All parameters of a run: the overrides as given, and defaults for the others.
 *
 * Defaults computed from other parameters are rounded to six significant digits, as in the
 * original. The result is frozen.
 *
 * @throws {InvalidParametersError} with an error for each invalid value
 *
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 *
 * const parameters = resolveParameters({ protocol: "training", baselineDurationS: 100 });
 * console.log(parameters.plasticityStartMs); // 100000: learning follows the baseline
 * ```
 */
export function resolveParameters(overrides: ParameterOverrides = {}): Parameters {
  throwIfAny(overrideErrors(overrides));
  const parameters = Object.freeze(withDefaults(overrides));
  throwIfAny(consistencyErrors(parameters));
  return parameters;
}

/** The overrides and defaults for the rest, whether these values are allowed together or not. */
export function withDefaults(overrides: ParameterOverrides): Parameters {
  const model = modelOf(overrides);
  const values: Partial<Record<ParameterName, unknown>> = {};
  const names = namesOf(model);
  for (const name of names) values[name] = overrides[name] ?? defaultOf(name, model);
  for (const name of names) {
    const value = values[name];
    if (typeof value === "object") values[name] = derivedDefault(value as Derivation, values);
  }
  return values as Parameters;
}
