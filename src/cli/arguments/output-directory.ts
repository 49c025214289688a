import { placeRefusal } from "../../runs/place.ts";
import { UsageError } from "../failure.ts";

/**
 * Checks that a run can be recorded in a directory without loss.
 *
 * @throws {UsageError} when it holds anything, unless that is a run to be overwritten
 */
export function checkOutput(directory: string, overwrite: boolean, otherwise: string): void {
  const refusal = placeRefusal(directory, overwrite, otherwise);
  if (refusal !== undefined) throw new UsageError(refusal);
}
