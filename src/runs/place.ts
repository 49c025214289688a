import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RunLocationError } from "../recording/errors.ts";
import { runFiles } from "../recording/run-files.ts";
import { removeOutputs } from "../store/output-ledger.ts";
import { removeLeftovers } from "../store/replacement.ts";
import {
  type DirectoryEntry,
  examineDirectory,
  outputFolders,
  recordFolders,
} from "./directory.ts";

/** More names are counted, not listed. */
const MOST_LISTED = 5;

/** Files that a new run writes, except checkpoints, whose names are unique. */
const writtenPaths: readonly string[] = [...Object.values(runFiles), ...recordFolders];

/**
 * Reason why a run cannot be recorded in a directory without loss; undefined if it can.
 *
 * @param overwrite whether a run that is there may be deleted
 * @param otherwise what could be given instead
 */
export function placeRefusal(
  directory: string,
  overwrite: boolean,
  otherwise = "another directory",
): string | undefined {
  const { use, entries } = examineDirectory(directory);
  const foreign = entries.filter(({ kind }) => kind === "foreign");
  switch (use) {
    case "free":
      return undefined;
    case "run": {
      if (!overwrite) {
        return `${directory} already contains a run. Give --overwrite to replace it, or ${otherwise}.`;
      }
      const obstacles = foreign.filter(({ path }) => writtenPaths.includes(path));
      if (obstacles.length === 0) return undefined;
      return (
        `In ${directory}, ${listed(obstacles)} would be replaced, but was not written by ` +
        `isocortex or was changed since. Move it away, or give ${otherwise}.`
      );
    }
    case "other files": {
      const others = foreign.length > 0 ? foreign : entries;
      return (
        `${directory} contains files that do not belong to a run (${listed(others)}), and is not ` +
        `changed. Give ${otherwise}.`
      );
    }
    case "not a directory":
      return `${directory} is a file or below one. Give ${otherwise}.`;
  }
}

/**
 * Makes place for a run: deletes the one that is in a directory, file by file, with what was drawn
 * and exported of it. What the program did not write, or somebody changed since, stays.
 *
 * @param onNote told what of the run's folders stays
 * @throws {RunLocationError} when something is in the way
 */
export async function makePlace(
  directory: string,
  overwrite: boolean,
  onNote: (text: string) => void = () => {},
): Promise<void> {
  const refusal = placeRefusal(directory, overwrite);
  if (refusal !== undefined) throw new RunLocationError(refusal);
  const { use, entries } = examineDirectory(directory);
  if (use !== "run") return;
  const remove = (...kinds: string[]) => {
    for (const { path, kind } of entries) {
      if (kinds.includes(kind)) rmSync(join(directory, path), { force: true });
    }
  };
  const left = foreignIn(entries);
  for (const folder of outputFolders) {
    const names = await removeOutputs(join(directory, folder));
    left.push(...names.map((name) => ({ path: `${folder}/${name}` })));
  }
  remove("record", "beginning", "log");
  for (const folder of recordFolders) removeIfEmpty(join(directory, folder));
  // The manifest last: cut off before, the directory still counts as a run and can be removed.
  remove("manifest");
  if (left.length === 0) return;
  onNote(
    `${directory}: not written by isocortex, or changed since, and therefore kept: ` +
      `${listed(left)}`,
  );
}

/** Foreign files in the run's folders. */
const foreignIn = (entries: readonly DirectoryEntry[]): Pick<DirectoryEntry, "path">[] =>
  entries.filter(({ path, kind }) => kind === "foreign" && path.includes("/"));

function removeIfEmpty(folder: string): void {
  try {
    removeLeftovers(folder);
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
  }
}

function listed(entries: readonly Pick<DirectoryEntry, "path">[]): string {
  const names = entries.slice(0, MOST_LISTED).map(({ path }) => path);
  const rest = entries.length - names.length;
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
