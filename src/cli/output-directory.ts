import { directoryUse } from "../node/run/run-directory.ts";
import { UsageError } from "./failure.ts";

/**
 * Checks that a run can be recorded in a directory without loss.
 *
 * @throws {UsageError} when it holds anything, unless that is a run to be overwritten
 */
export function checkOutput(directory: string, overwrite: boolean, otherwise: string): void {
  switch (directoryUse(directory)) {
    case "free":
      return;
    case "run":
      if (overwrite) return;
      throw new UsageError(
        `${directory} holds a run already. Give --overwrite to replace it, or ${otherwise}.`,
      );
    case "other files":
      throw new UsageError(
        `${directory} holds files but no run, so it is left alone. To record a run elsewhere, give ${otherwise}.`,
      );
    case "not a directory":
      throw new UsageError(`${directory} is or lies under a file. Give ${otherwise}.`);
  }
}
