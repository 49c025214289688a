import { DamagedFileError, RecoveryError } from "../../recording/errors.ts";
import type { Manifest } from "../../recording/manifest.ts";
import type { RunStore } from "../../recording/run-store.ts";
import { readTrains, recordedChecksums } from "../../recording/train-files.ts";
import { findTrains, provideTrains } from "../../timeline/spike-trains.ts";

/**
 * Makes the spike trains known that a run's stimuli took from files, from the copies in its record.
 *
 * @throws {RecoveryError} when a copy is lost or damaged
 */
export function recallTrains(directory: string, store: RunStore, manifest: Manifest): void {
  for (const checksum of recordedChecksums(manifest)) {
    if (findTrains(checksum)) continue;
    try {
      provideTrains(readTrains(store, manifest, checksum));
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      throw new RecoveryError(
        `${directory} cannot be continued: ${error.message} This file is the run's copy of a ` +
          "stimulus's spike trains. Run the experiment again from its file.",
      );
    }
  }
}
