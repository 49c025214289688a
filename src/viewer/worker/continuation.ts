import type { Experiment } from "../../index.ts";
import { LiveColumn } from "../../live/session/live-column.ts";
import { checkPlayedSize } from "../../live/worker/shown-size.ts";
import type { RunHistory } from "../../measures/history.ts";
import { readCheckpoint } from "../../recording/checkpoint.ts";
import { checkpointFiles } from "../../recording/checkpoint-files.ts";
import { DamagedFileError } from "../../recording/errors.ts";
import { runEndMs } from "../../recording/manifest.ts";
import { networkHash } from "../../recording/network-hash.ts";
import { recordedParameters } from "../../recording/recorded-parameters.ts";
import type { RunStore } from "../../recording/run-store.ts";
import { readTrains, recordedChecksums } from "../../recording/train-files.ts";
import { findTrains, provideTrains } from "../../timeline/spike-trains.ts";

declare const PROGRAM: { readonly name: string; readonly version: string };

/** A recorded run, and where its checkpoints are. */
export interface Continuable {
  readonly history: RunHistory;
  readonly store: RunStore;
}

/** A recorded run cannot be continued; the message says why, and what to do. */
export class ContinuationError extends Error {
  override readonly name = "ContinuationError";
}

/**
 * The column of a recorded run, at its last state before a moment: what goes on from there is what
 * was recorded, to the bit, until something else is done.
 *
 * @throws {ContinuationError} when the program is another one, or the state is unknown
 */
export function continuedColumn(recorded: Continuable, timeMs: number): LiveColumn {
  const { history, store } = recorded;
  const { manifest } = history.record;
  const { program, ancestry } = manifest;
  if (program.name !== PROGRAM.name || program.version !== PROGRAM.version) {
    throw new ContinuationError(
      `This run was recorded by ${program.name} ${program.version}, and this is ${PROGRAM.name} ` +
        `${PROGRAM.version}, which may compute other spikes. Use that version to continue it.`,
    );
  }
  if (timeMs >= runEndMs(manifest)) {
    throw new ContinuationError(
      "The experiment ends here. Go back to an earlier moment and continue from there.",
    );
  }
  if (ancestry && timeMs < ancestry.timeMs) {
    throw new ContinuationError(
      `This moment is in the past of the run, before it branched off ${ancestry.label} at ` +
        `${ancestry.timeMs / 1000} s. Open that run to continue it from here.`,
    );
  }
  for (const checksum of recordedChecksums(manifest)) {
    if (!findTrains(checksum)) provideTrains(readTrains(store, manifest, checksum));
  }
  const state = stateBefore(recorded, timeMs);
  if (!state && ancestry) {
    throw new ContinuationError(
      `This branch has no intact checkpoint before ${timeMs / 1000} s, so its state is unknown. ` +
        "Branch it again from its parent.",
    );
  }
  const experiment = experimentOf(recorded);
  checkPlayedSize(experiment.parameters);
  const column = new LiveColumn(experiment, [], state);
  if (networkHash(column.network) !== manifest.network.hash) {
    throw new ContinuationError(
      "This program builds another network from the run's parameters than it was recorded with. " +
        "Record the run again.",
    );
  }
  return column;
}

/** The experiment of a recorded run; of a branch, as if it had been so from the beginning. */
export function experimentOf({ history }: Pick<Continuable, "history">): Experiment {
  const { label, preset, entries = [] } = history.record.manifest;
  const parameters = recordedParameters(history.record.manifest);
  return { description: label, preset, parameters, entries };
}

/** The state of the last intact checkpoint that is not after a time. */
function stateBefore({ history, store }: Continuable, timeMs: number) {
  const { manifest } = history.record;
  // The reference engine keeps its state in a way of its own, but its bits are the same.
  if (manifest.engine) return undefined;
  for (const { path, timeMs: takenMs } of checkpointFiles(store)) {
    if (takenMs > timeMs + 0.001) continue;
    try {
      const checkpoint = readCheckpoint(store, path, manifest);
      if (checkpoint.manifest.simulatedMs <= timeMs) return checkpoint.state;
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
    }
  }
  return undefined;
}
