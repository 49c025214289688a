import { closeSync, fsyncSync, mkdirSync, openSync, rmdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { attempt } from "./errors.ts";
import { leadsToFolder } from "./file-entry.ts";

/**
 * Makes a folder and those above it that are missing; on failure, none of them is left.
 *
 * `mkdirSync` with `recursive` never returns below folders such as /proc, which exist and refuse
 * with ENOENT, and gives read-only places other reasons than their own.
 *
 * @returns the folders that were made, outermost first
 * @throws {StorageError} when the system refuses it
 */
export const makeFolders = (folder: string): string[] =>
  attempt("make", folder, () => makeMissing(resolve(folder)));

function makeMissing(path: string): string[] {
  if (leadsToFolder(path)) return [];
  const parent = dirname(path);
  const made = parent === path ? [] : makeMissing(parent);
  try {
    mkdirSync(path);
    return [...made, path];
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === "EEXIST";
    // Another process may have made it just now.
    if (isTaken && leadsToFolder(path)) return made;
    removeFolders(made);
    throw isTaken
      ? Object.assign(new Error(`${path} is not a folder`), { code: "ENOTDIR" })
      : error;
  }
}

/** Deletes folders that were just made, unless something has been put there meanwhile. */
export function removeFolders(made: readonly string[]): void {
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** Makes the entries of a folder survive a power failure. */
export function syncFolder(folder: string): void {
  // Windows cannot open folders, and keeps their entries safe itself.
  if (process.platform === "win32") return;
  const file = openSync(folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
