import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { numberJson, parseNumberJson } from "../../recording/number-json.ts";
import { type Measures, measureNames } from "../../sweep/measures.ts";
import type { PlanTask } from "../../sweep/plan.ts";
import { FolderStore } from "../run/run-folder.ts";
import { StorageError } from "../storage-error.ts";
import { timestamp } from "../system-clock.ts";
import type { Study } from "./study.ts";

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
  finishedAt: z.iso.datetime(),
  wallSeconds: z.number().nonnegative(),
  /** Size of the run's directory. */
  bytes: z.int().nonnegative(),
  /** Null for baselines; a measure is null where it does not exist. */
  measures: measuresSchema.nullable(),
});

/** What came of a complete task. */
export interface Completion extends Omit<z.infer<typeof completionSchema>, "measures"> {
  readonly measures: Measures | null;
}

/** Whether a task is complete: cheap, as it is asked for every task of a study. */
export const isComplete = (study: Study, task: PlanTask): boolean =>
  existsSync(join(study.runDirectory(task), COMPLETION_FILE));

/** Writes a task's completion record, the last thing to be done for it; forgets earlier failures. */
export function writeCompletion(study: Study, task: PlanTask, completion: Completion): void {
  replaceJson(study.runDirectory(task), COMPLETION_FILE, completion);
  rmSync(failurePath(study, task), { force: true });
}

/** A task's completion record; undefined when it is not complete. */
export function readCompletion(study: Study, task: PlanTask): Completion | undefined {
  const text = readText(join(study.runDirectory(task), COMPLETION_FILE));
  if (text === undefined) return undefined;
  const completion = completionSchema.parse(parseNumberJson(text));
  const measures =
    completion.measures &&
    Object.fromEntries(measureNames.map((name) => [name, completion.measures![name] ?? null]));
  return { ...completion, measures: measures as Measures | null };
}

const failureSchema = z.object({ reason: z.string(), failedAt: z.iso.datetime() });

/** Why a task ended before it was complete, the last time that it was tried. */
export type Failure = z.infer<typeof failureSchema>;

/**
 * Notes why a task failed, if that is possible: what it failed of counts more. It is tried again
 * when the sweep is.
 */
export function writeFailure(study: Study, { hash }: PlanTask, reason: string): void {
  const failure: Failure = { reason, failedAt: timestamp() };
  try {
    replaceJson(join(study.directory, FAILURE_FOLDER), `${hash}.json`, failure);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Failures by the hashes of their tasks. */
export function readFailures(study: Study): ReadonlyMap<string, Failure> {
  const folder = join(study.directory, FAILURE_FOLDER);
  if (!existsSync(folder)) return new Map();
  const failures = readdirSync(folder).flatMap((name): [string, Failure][] => {
    const text = name.endsWith(".json") ? readText(join(folder, name)) : undefined;
    return text === undefined
      ? []
      : [[name.slice(0, -".json".length), failureSchema.parse(JSON.parse(text))]];
  });
  return new Map(failures);
}

const failurePath = (study: Study, { hash }: PlanTask): string =>
  join(study.directory, FAILURE_FOLDER, `${hash}.json`);

function replaceJson(folder: string, name: string, contents: object): void {
  const text = `${numberJson(contents, 2)}\n`;
  new FolderStore(folder).replace(name, new TextEncoder().encode(text));
}

/** A file's text; undefined when there is no such file. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
