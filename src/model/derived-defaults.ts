import { throwIfAny } from "./parameter-error.ts";
import {
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterDefinitions,
  parameterNames,
} from "./parameters.ts";
import { roundToSixDigits } from "./six-digits.ts";
import { consistencyErrors, overrideErrors } from "./validation.ts";

type Definitions = typeof parameterDefinitions;

/** The parameters whose default is computed from others. */
type DerivedName = {
  [N in ParameterName]: Definitions[N]["default"] extends { readonly formula: string } ? N : never;
}[ParameterName];

/** True if a parameter's default is computed from others. */
export const isDerived = (name: ParameterName): name is DerivedName =>
  typeof parameterDefinitions[name].default === "object";

/** The default of a parameter that is computed from others, which have theirs already. */
const derivedDefault = (name: DerivedName, given: Omit<Parameters, DerivedName>): number =>
  roundToSixDigits(parameterDefinitions[name].default.compute(given));

/**
 * All parameters of a run: the overrides, exactly as given, and defaults for the rest.
 *
 * Defaults that are computed from other parameters are rounded to six significant digits, as the
 * original's are. The result is frozen. Throws InvalidParametersError with everything that is wrong.
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
  const values: Partial<Record<ParameterName, unknown>> = {};
  for (const name of parameterNames) {
    values[name] = overrides[name] ?? parameterDefinitions[name].default;
  }
  const given = { ...values } as Parameters;
  for (const name of parameterNames.filter(isDerived)) {
    values[name] = overrides[name] ?? derivedDefault(name, given);
  }
  const parameters = Object.freeze(values) as Parameters;
  throwIfAny(consistencyErrors(parameters));
  return parameters;
}
