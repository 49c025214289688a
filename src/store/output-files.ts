import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { entryAt } from "./file-entry.ts";
import { addLines, fileChecksum, forgetLines, isOwnOutput, newLines } from "./output-ledger.ts";
import { Replacement } from "./replacement.ts";

/** A file's contents, piece by piece. */
export type Pieces = Iterable<string | Uint8Array>;

/** Files that outputs may replace: those that the program wrote, or any. @inline */
export type Replaceable = "own" | "any";

/** Something that is not replaced stands where a file is to be written. Nothing was written. */
export class OccupiedPathError extends Error {
  override readonly name = "OccupiedPathError";
}

/** New contents of an output that come piece by piece, and their SHA-256. */
class Output extends Replacement {
  readonly #hash = createHash("sha256");

  override write(piece: string | Uint8Array): void {
    super.write(piece);
    this.#hash.update(piece);
  }

  /** SHA-256 of the contents, hexadecimal, once they are complete. */
  checksum(): string {
    return this.#hash.digest("hex");
  }
}

/**
 * Files that appear together, each in place of an earlier one: under names of their own until all
 * are complete. Of several processes that write the same ones, the last one wins.
 */
export class OutputFiles {
  readonly #replaceable: Replaceable;
  readonly #replacements: Replacement[] = [];

  constructor(replaceable: Replaceable) {
    this.#replaceable = replaceable;
  }

  /** Begins a file; its folder is made if it does not exist. */
  begin(path: string): Replacement {
    return this.#added(new Output(path));
  }

  /** Begins a file to which others write as well, under its temporary name. */
  beginShared(path: string): Replacement {
    return this.#added(new Replacement(path));
  }

  #added(replacement: Replacement): Replacement {
    this.#replacements.push(replacement);
    return replacement;
  }

  /** Writes a file piece by piece; signals have their turn between pieces. */
  async write(path: string, pieces: Pieces): Promise<void> {
    const replacement = this.begin(path);
    for (const piece of pieces) {
      replacement.write(piece);
      await setImmediate();
    }
  }

  /**
   * Gives the files their names.
   *
   * @throws {OccupiedPathError} when something else has one of them
   */
  async publish(): Promise<void> {
    const checksums = new Map<string, string>();
    for (const replacement of this.#replacements) {
      replacement.settle();
      const checksum =
        replacement instanceof Output
          ? replacement.checksum()
          : await fileChecksum(replacement.temporaryPath);
      checksums.set(replacement.path, checksum);
    }
    const lines = newLines(checksums);
    try {
      addLines(lines);
      await checkReplaceable([...checksums.keys()], this.#replaceable);
      // In a row: another process that publishes the same files has its turn before or after.
      for (const replacement of this.#replacements) replacement.place();
    } catch (error) {
      forgetLines(lines);
      throw error;
    }
    for (const replacement of this.#replacements) replacement.syncFolders();
  }

  /** Deletes what has been written and has no name yet, and the folders that were made for it. */
  discard(): void {
    for (const replacement of this.#replacements.toReversed()) replacement.discard();
  }
}

/**
 * Writes files and publishes them; none of them if that fails.
 *
 * @throws {OccupiedPathError} when something stands in the way
 */
export async function writeOutputs(
  contents: ReadonlyMap<string, Pieces>,
  replaceable: Replaceable = "own",
): Promise<void> {
  await checkReplaceable([...contents.keys()], replaceable);
  const files = new OutputFiles(replaceable);
  try {
    for (const [path, pieces] of contents) await files.write(path, pieces);
    await files.publish();
  } catch (error) {
    files.discard();
    throw error;
  }
}

/** @throws {OccupiedPathError} when outputs may not take the place of what has these paths */
export async function checkReplaceable(
  paths: readonly string[],
  replaceable: Replaceable,
): Promise<void> {
  for (const path of paths) {
    const found = entryAt(path);
    if (found === undefined) continue;
    if (!found.isFile()) {
      throw new OccupiedPathError(
        `${path} is ${kindOf(found)}, which is never replaced. Name another path.`,
      );
    }
    if (replaceable === "any" || (await isOwnOutput(path))) continue;
    throw new OccupiedPathError(
      `${path} was not written by isocortex, or was changed since. Move it away; plot and export ` +
        "replace it with --overwrite.",
    );
  }
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return "a directory";
  if (found.isSymbolicLink()) return "a link";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}
