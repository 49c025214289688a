import { FORMAT_VERSION } from "../encoding/format-version.ts";

/**
 * A file of a run that is truncated, or whose contents do not match their checksums.
 *
 * @example
 * ```ts
 * import { DamagedFileError, MemoryStore, readExperiment, RunReader, runExperiment } from "isocortex";
 *
 * const store = new MemoryStore();
 * await runExperiment(readExperiment("duration: 1 s"), { store });
 * store.truncate("spikes/spikes.bin", 100);
 * try {
 *   new RunReader(store);
 * } catch (error) {
 *   if (!(error instanceof DamagedFileError)) throw error;
 *   console.log(error.path, error.offset, error.reason);
 * }
 * ```
 */
export class DamagedFileError extends Error {
  override readonly name: string = "DamagedFileError";
  /** Path of the file within the run directory. */
  readonly path: string;
  /** Byte at which the damage begins; everything before it is intact. */
  readonly offset: number;
  /** Description of the damage. */
  readonly reason: string;

  /** @internal */
  constructor(path: string, offset: number, reason: string) {
    const rest = offset > 0 ? "All data before that byte are intact." : "Restore it from a copy.";
    super(`${path} is damaged from byte ${offset} on: ${reason}. ${rest}`);
    this.path = path;
    this.offset = offset;
    this.reason = reason;
  }
}

/** A file that ends within a block, as after a crash. */
export class CutFileError extends DamagedFileError {
  override readonly name = "CutFileError";
}

/** A file that belongs to another run. */
export class ForeignFileError extends DamagedFileError {
  override readonly name = "ForeignFileError";

  /** @param reason whose it is, and whose it should be */
  constructor(path: string, reason: string) {
    super(path, 0, reason);
    this.message =
      `${path} belongs to another run: ${reason}. Restore the run's own file, or restore it ` +
      "by isocortex resume.";
  }
}

/** A file in a newer format than this program reads. */
export class FormatVersionError extends Error {
  override readonly name = "FormatVersionError";
  readonly path: string;
  readonly found: number;

  constructor(path: string, found: number) {
    super(
      `${path} has run format version ${found}; this program reads versions 1 to ${FORMAT_VERSION}. ` +
        "Use the version of the program that the run's manifest.json names, or a newer one.",
    );
    this.path = path;
    this.found = found;
  }
}

/**
 * A directory that contains no run although one is needed, or contains one that may not be replaced.
 *
 * @example
 * ```ts
 * import { RunLocationError } from "isocortex";
 * import { openRun } from "isocortex/node";
 *
 * try {
 *   openRun("runs/none");
 * } catch (error) {
 *   if (!(error instanceof RunLocationError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class RunLocationError extends Error {
  override readonly name: string = "RunLocationError";
}

/** Data that cannot be recorded; none of it was written. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/** A run that this version cannot continue; the message gives the reason and the remedy. */
export class RecoveryError extends Error {
  override readonly name: string = "RecoveryError";
}
