import { setImmediate } from "node:timers/promises";
import { Replacement } from "./replacement.ts";

/**
 * Files that appear together, each in place of what there may be: under names of their own until
 * all are complete. Of several processes that write the same ones, the last one wins.
 */
export class OutputFiles {
  readonly #replacements: Replacement[] = [];

  /** Begins a file; its folder is made if it does not exist. */
  begin(path: string): Replacement {
    const replacement = new Replacement(path);
    this.#replacements.push(replacement);
    return replacement;
  }

  /** Writes a file piece by piece; signals have their turn between pieces. */
  async write(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
    const replacement = this.begin(path);
    for (const piece of pieces) {
      replacement.write(piece);
      await setImmediate();
    }
  }

  /** Gives the files their names. */
  publish(): void {
    for (const replacement of this.#replacements) replacement.settle();
    // In a row: another process that publishes the same files has its turn before or after.
    for (const replacement of this.#replacements) replacement.place();
    for (const replacement of this.#replacements) replacement.syncFolders();
  }

  /** Deletes what has been written and has no name yet, and the folders that were made for it. */
  discard(): void {
    for (const replacement of this.#replacements.toReversed()) replacement.discard();
  }
}

/** Writes files and publishes them; none of them if that fails. */
export async function writeOutputs(write: (files: OutputFiles) => Promise<void>): Promise<void> {
  const files = new OutputFiles();
  try {
    await write(files);
    files.publish();
  } catch (error) {
    files.discard();
    throw error;
  }
}
