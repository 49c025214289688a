import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import * as z from "zod";
import { parseNumberJson } from "../encoding/number-json.ts";
import { bytesChecksum, sealedJson, unsealedOrOlder } from "../encoding/sealed-json.ts";
import { timestamp } from "../host/system-clock.ts";
import { type Measures, measureNames } from "../measures/quantities.ts";
import { DamagedFileError, FormatVersionError } from "../recording/errors.ts";
import { identitySchema } from "../recording/manifest.ts";
import { bytesOf, checkPresence, textOf } from "../recording/record-presence.ts";
import { StorageError } from "../store/errors.ts";
import { FolderStore } from "../store/run-folder.ts";
import { CURVES_FILE } from "./curve-file.ts";
import type { Study } from "./folder.ts";
import type { PlanTask } from "./planning/plan.ts";

/** In a task's run directory, once all of it is done and measured. Its presence tells that. */
const COMPLETION_FILE = "completion.json";

/** In a study's directory: what stopped tasks, by their hashes. */
const FAILURE_FOLDER = "failures";

const measuresSchema = z.partialRecord(
  z.enum(measureNames),
  z.custom<number | null>((value) => typeof value === "number" || value === null),
);

const completionSchema = z.object({
  hash: z.string(),
  /** Of the run; absent where that is of format version 1. */
  identity: identitySchema.optional(),
  finishedAt: z.iso.datetime(),
  wallSeconds: z.number().nonnegative(),
  /** End of a run that an intervention has ended early. */
  endMs: z.number().nonnegative().optional(),
  /** Size of the run's directory. */
  bytes: z.int().nonnegative(),
  /** Null for baselines; a measure is null where it does not exist. */
  measures: measuresSchema.nullable(),
  /** Checksums of what else is kept of the run; absent from version 0.2.0. */
  files: z.record(z.string(), z.string()).optional(),
});

/** The entries that version 0.2.0 wrote, without a checksum. */
const olderEntries = Object.keys(
  completionSchema.omit({ identity: true, endMs: true, files: true }).shape,
);

/** Results of a complete task. */
export interface Completion extends Omit<z.infer<typeof completionSchema>, "measures"> {
  readonly measures: Measures | null;
}

/** A file of a task is missing, or not what was written for it; the task counts as not done. */
export class TaskFileError extends Error {
  override readonly name = "TaskFileError";
  /** The file's path from the study's directory. */
  readonly file: string;
  readonly reason: string;

  constructor(file: string, reason: string) {
    super(`${file}: ${reason}. The command that started the study repeats this run.`);
    this.file = file;
    this.reason = reason;
  }

  toJSON() {
    return { file: this.file, reason: this.reason };
  }
}

/** True if a task is complete, and all that is kept of it as it was written. */
export function isComplete(study: Study, task: PlanTask): boolean {
  const found = completionOrDamage(study, task);
  return found !== undefined && !(found instanceof TaskFileError);
}

/** Writes a task's completion record, the last thing to be done for it; forgets earlier failures. */
export function writeCompletion(study: Study, task: PlanTask, completion: Completion): void {
  replaceSealed(study.runDirectory(task), COMPLETION_FILE, completion);
  rmSync(failurePath(study, task), { force: true });
}

/**
 * A task's completion record; undefined when the task is not complete. It is checked against the
 * task, its run and the other files of the task.
 *
 * @throws {TaskFileError} when they do not match
 */
export function readCompletion(study: Study, task: PlanTask): Completion | undefined {
  const directory = study.runDirectory(task);
  const store = new FolderStore(directory);
  try {
    const text = textOf(store, COMPLETION_FILE);
    if (text === undefined) return undefined;
    const { measures, ...completion } = decodeCompletion(text);
    if (completion.hash !== task.hash) {
      throw new DamagedFileError(COMPLETION_FILE, 0, `it belongs to task ${completion.hash}`);
    }
    checkPresence(store, completion.identity);
    checkKept(store, completion.files ?? unchecked(task));
    const all = measures && measureNames.map((name) => [name, measures[name] ?? null]);
    return { ...completion, measures: all && (Object.fromEntries(all) as Measures) };
  } catch (error) {
    const place = relative(study.directory, directory);
    if (error instanceof StorageError) throw new TaskFileError(place, error.message);
    const isOfFile = error instanceof DamagedFileError || error instanceof FormatVersionError;
    if (!isOfFile) throw error;
    const reason = error instanceof DamagedFileError ? error.reason : error.message;
    throw new TaskFileError(join(place, error.path), reason);
  }
}

/** A task's completion record, or what is wrong with it. */
export function completionOrDamage(
  study: Study,
  task: PlanTask,
): Completion | TaskFileError | undefined {
  try {
    return readCompletion(study, task);
  } catch (error) {
    if (error instanceof TaskFileError) return error;
    throw error;
  }
}

/** @throws {DamagedFileError} when the text is no completion record */
function decodeCompletion(text: string): z.infer<typeof completionSchema> {
  const content = unsealedOrOlder(text, olderEntries, parseNumberJson);
  const { data, error } = completionSchema.safeParse(content);
  if (data) return data;
  const reason = content ? z.prettifyError(error) : "its content does not match its checksum";
  throw new DamagedFileError(COMPLETION_FILE, 0, reason);
}

/** The files of a task whose checksums version 0.2.0 did not keep. */
const unchecked = ({ kind }: PlanTask): Record<string, undefined> =>
  kind === "run" ? { [CURVES_FILE]: undefined } : {};

/**
 * Compares files with their checksums; without one, a file must be JSON at least.
 *
 * @throws {DamagedFileError} when one is not what was written
 */
function checkKept(store: FolderStore, files: Readonly<Record<string, string | undefined>>): void {
  for (const [path, checksum] of Object.entries(files)) {
    const bytes = bytesOf(store, path);
    if (bytes === undefined) throw new DamagedFileError(path, 0, "it is missing");
    const isIntact = checksum === undefined ? isJson(bytes) : bytesChecksum(bytes) === checksum;
    if (isIntact) continue;
    throw new DamagedFileError(path, 0, "its content does not match its checksum");
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

const failureSchema = z.object({ reason: z.string(), failedAt: z.iso.datetime() });

/** Reason why a task ended before it was complete, in its last attempt. */
export type Failure = z.infer<typeof failureSchema>;

/**
 * Notes why a task failed, if that is possible: what it failed of counts more. It is tried again
 * when the sweep is.
 */
export function writeFailure(study: Study, { hash }: PlanTask, reason: string): void {
  const failure: Failure = { reason, failedAt: timestamp() };
  try {
    replaceSealed(join(study.directory, FAILURE_FOLDER), `${hash}.json`, failure);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Failures by the hashes of their tasks. */
export function readFailures(study: Study): ReadonlyMap<string, Failure> {
  const store = new FolderStore(study.directory);
  const failures = store.list(FAILURE_FOLDER).flatMap((name): [string, Failure][] => {
    const path = `${FAILURE_FOLDER}/${name}`;
    const text = name.endsWith(".json") ? textOf(store, path) : undefined;
    return text === undefined
      ? []
      : [[name.slice(0, -".json".length), decodeFailure(text) ?? unknownFailure(path)]];
  });
  return new Map(failures);
}

/** Reason of a task's failure, from its record; version 0.2.0 did not seal that. */
function decodeFailure(text: string): Failure | undefined {
  return failureSchema.safeParse(unsealedOrOlder(text, Object.keys(failureSchema.shape))).data;
}

const unknownFailure = (path: string): Failure => ({
  reason: `unknown, as ${path} is damaged`,
  failedAt: new Date(0).toISOString(),
});

const failurePath = (study: Study, { hash }: PlanTask): string =>
  join(study.directory, FAILURE_FOLDER, `${hash}.json`);

const replaceSealed = (folder: string, name: string, entries: object): void =>
  new FolderStore(folder).replace(name, new TextEncoder().encode(sealedJson(entries)));
