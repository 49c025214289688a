import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { RunLocationError } from "../../recording/errors.ts";
import { checkpointFolder, runFiles } from "../../recording/run-files.ts";
import { isTemporary } from "../replacement.ts";
import { isLeaseFile } from "./lease.ts";
import { logFile } from "./run-log.ts";
import { isSchedulerLog } from "./scheduler-logs.ts";

/** What stands at a path where a run is to be recorded. */
export type DirectoryUse = "free" | "run" | "other files" | "not a directory";

/**
 * What a directory holds; "free" where there is none yet, or nothing in it but what a run leaves
 * that was killed before it began, and what schedulers write of a job that is to record one.
 */
export function directoryUse(directory: string): DirectoryUse {
  try {
    if (readdirSync(directory).every(isBeginning)) return "free";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "free";
    if (code === "ENOTDIR") return "not a directory";
    throw error;
  }
  return holdsRun(directory) ? "run" : "other files";
}

/** Whether an entry of this name may be there before a run has a manifest. */
function isBeginning(name: string): boolean {
  return (
    isLeaseFile(name) || isTemporary(name) || isSchedulerLog(name) || beginnings.includes(name)
  );
}

const { manifest, ...binaryFiles } = runFiles;

const beginnings: readonly string[] = [
  checkpointFolder,
  ...Object.values(binaryFiles).map((path) => path.split("/")[0]!),
];

/** Whether a directory has the manifest of a run, be it damaged or of another version. */
export function holdsRun(directory: string): boolean {
  const path = join(directory, runFiles.manifest);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  return /"format":\s*"isocortex run"/.test(readFileSync(path, "utf8"));
}

/** What runs consist of and what is derived from them, the manifest last. */
const ownEntries = [
  "spikes",
  "cells",
  "weights",
  checkpointFolder,
  "figures",
  "export",
  logFile,
  runFiles.events,
  runFiles.manifest,
];

/** Deletes a run and what was drawn and exported of it; other files in its directory stay. */
export function removeRun(directory: string): void {
  if (!holdsRun(directory)) {
    throw new RunLocationError(`${directory} holds no run, so nothing in it is deleted.`);
  }
  // The manifest last: cut off before, the directory still counts as a run and can be removed.
  for (const entry of ownEntries) rmSync(join(directory, entry), { recursive: true, force: true });
}
