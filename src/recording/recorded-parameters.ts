import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import type { Manifest } from "./manifest.ts";

/**
 * The parameters that a run was recorded with.
 *
 * @throws {InvalidParametersError} when they are not this program's
 */
export function recordedParameters({ parameters }: Manifest): Parameters {
  const values = Object.entries(parameters).map(([name, { value }]) => [name, value]);
  return resolveParameters(Object.fromEntries(values) as ParameterOverrides);
}
