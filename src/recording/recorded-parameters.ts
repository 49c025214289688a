import { resolveParameters } from "../model/derived-defaults.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import { DamagedFileError } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import { runFiles } from "./run-files.ts";

/**
 * The parameters that a run was recorded with.
 *
 * @throws {DamagedFileError} when they are not this program's
 */
export function recordedParameters({ parameters }: Manifest): Parameters {
  const values = Object.entries(parameters).map(([name, { value }]) => [name, value]);
  try {
    return resolveParameters(Object.fromEntries(values) as ParameterOverrides);
  } catch (error) {
    if (!(error instanceof InvalidParametersError)) throw error;
    throw new DamagedFileError(runFiles.manifest, 0, error.message);
  }
}
