import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { decodeFileHeader, FILE_HEADER_BYTES } from "../encoding/block.ts";
import { checkpointPattern } from "../recording/checkpoint-files.ts";
import { isManifest } from "../recording/manifest-file.ts";
import {
  checkpointFolder,
  growingFiles,
  runFiles,
  stimulusFolder,
} from "../recording/run-files.ts";
import { trainsPattern } from "../recording/train-files.ts";
import { entryAt, isFolder, unlessGone } from "../store/file-entry.ts";
import { isLease, isLeaseFile } from "../store/lease-file.ts";
import { isTemporary } from "../store/replacement.ts";
import { isRunLog, logFile } from "./log.ts";
import { isSchedulerLog } from "./scheduler-logs.ts";

/** Use of a directory in which a run is to be recorded. */
export type DirectoryUse = "free" | "run" | "other files" | "not a directory";

/**
 * Kind of a directory's entry, by its content:
 * - `manifest`, `record`: of a run that has begun
 * - `beginning`: what a run leaves that was killed before it began
 * - `log`, `outputs`: the run's log, and folders of what is drawn and exported of it
 * - `passing`: leases, temporary files, and what schedulers write of a job that is to record a run
 * - `foreign`: anything else; the program did not write it, or it is damaged
 */
export type EntryKind =
  | "manifest"
  | "record"
  | "beginning"
  | "log"
  | "outputs"
  | "passing"
  | "foreign";

/** Something in a run's directory. */
export interface DirectoryEntry {
  /** Its path in there. */
  readonly path: string;
  readonly kind: EntryKind;
}

/** Use and content of a directory. */
export interface DirectoryContents {
  readonly use: DirectoryUse;
  readonly entries: readonly DirectoryEntry[];
}

/** Folders that figures and exports of a run go to unless it is said where. */
export const outputFolders: readonly string[] = ["figures", "export"];

const { manifest: manifestFile, ...binaryFiles } = runFiles;
const binaryPaths: readonly string[] = Object.values(binaryFiles);

/** Folders that a run's record is in. */
export const recordFolders: readonly string[] = [
  ...new Set(binaryPaths.map(dirname).filter((folder) => folder !== ".")),
  stimulusFolder,
  checkpointFolder,
];

const growingPaths: readonly string[] = growingFiles.map((file) => runFiles[file]);

/** Content of a directory; it is "free" where there is none yet, or nothing that would be lost. */
export function examineDirectory(directory: string): DirectoryContents {
  const names = unlessGone(() => readdirSync(directory));
  if (names === undefined) {
    return { use: isPossible(directory) ? "free" : "not a directory", entries: [] };
  }
  const entries = names
    .flatMap((name) => pathsOf(directory, name))
    .map((path) => ({ path, kind: entryKind(directory, path) }));
  return { use: useOf(entries), entries };
}

export const directoryUse = (directory: string): DirectoryUse => examineDirectory(directory).use;

/** True if a directory holds a run, be its manifest damaged or lost. */
export const holdsRun = (directory: string): boolean =>
  entryKind(directory, manifestFile) === "manifest" || directoryUse(directory) === "run";

function useOf(entries: readonly DirectoryEntry[]): DirectoryUse {
  const has = (...kinds: EntryKind[]) => entries.some(({ kind }) => kinds.includes(kind));
  const hasDamagedManifest = entries.some(({ path }) => path === manifestFile);
  if (has("manifest", "record") || (has("beginning") && hasDamagedManifest)) return "run";
  return has("log", "outputs", "foreign") ? "other files" : "free";
}

/** True if a directory that does not exist can be made: below a file, it cannot. */
function isPossible(directory: string): boolean {
  if (entryAt(directory)) return false;
  const parent = dirname(resolve(directory));
  return unlessGone(() => statSync(parent).isDirectory()) ?? isPossible(parent);
}

/** A name in a directory, or those in the folder of a record that it is. */
function pathsOf(directory: string, name: string): string[] {
  const full = join(directory, name);
  const isOwn = recordFolders.includes(name) && isFolder(full);
  const inside = isOwn ? unlessGone(() => readdirSync(full)) : undefined;
  return inside?.map((inner) => `${name}/${inner}`) ?? [name];
}

/** Kind of an entry; one that is gone again was another process's. */
const entryKind = (directory: string, path: string): EntryKind =>
  unlessGone(() => kindOf(directory, path)) ?? "passing";

function kindOf(directory: string, path: string): EntryKind {
  const full = join(directory, path);
  const name = path.split("/").at(-1)!;
  const file = lstatSync(full);
  if (outputFolders.includes(path) && file.isDirectory()) return "outputs";
  if (!file.isFile()) return "foreign";
  const isAtTop = path === name;
  if (isTemporary(name) || (isAtTop && isSchedulerLog(name))) return "passing";
  if (isAtTop && isLeaseFile(name))
    return isLease(readFileSync(full, "utf8")) ? "passing" : "foreign";
  if (path === manifestFile) return isManifest(readFileSync(full)) ? "manifest" : "foreign";
  if (path === logFile) return isRunLog(readFileSync(full, "utf8")) ? "log" : "foreign";
  const isCheckpoint = checkpointPattern.test(path);
  const isOwn = isCheckpoint || trainsPattern.test(path) || binaryPaths.includes(path);
  if (!isOwn) return "foreign";
  const header = decodeFileHeader(firstBytes(full));
  if (header === undefined) return "foreign";
  const isGrowing = growingPaths.includes(path);
  const isBeginning = isGrowing ? file.size <= header.bytes : !isCheckpoint;
  return isBeginning ? "beginning" : "record";
}

function firstBytes(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(FILE_HEADER_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
