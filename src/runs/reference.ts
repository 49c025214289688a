import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { PublishedRun } from "../simulation/published-verification.ts";
import {
  DIGEST_FILE,
  decodePublishedRun,
  decodeReferenceRun,
} from "../simulation/reference-run.ts";
import type { ReferenceRun } from "../simulation/verification.ts";

/**
 * A recorded run of the original from its folder, in the format of test/reference/README.md.
 *
 * @throws {ReferenceRunError} if a file is missing or does not match the others
 * @example
 * ```ts
 * import { readReferenceRun } from "isocortex/node";
 *
 * const folder = "node_modules/isocortex/test/reference/double-size-10s";
 * const { original, spikeTimesMs } = readReferenceRun(folder);
 * console.log(original, spikeTimesMs.length);
 * ```
 */
export const readReferenceRun = (folder: string): ReferenceRun =>
  decodeReferenceRun(nameOf(folder), { folder, files: filesIn(folder) });

/**
 * A published run from its folder.
 *
 * @throws {ReferenceRunError} if a file is missing or does not match the others
 */
export const readPublishedRun = (folder: string): PublishedRun =>
  decodePublishedRun(nameOf(folder), { folder, files: filesIn(folder) });

/** True if the folder holds digests of a run, in place of its spikes. */
export const isPublishedRun = (folder: string): boolean => existsSync(join(folder, DIGEST_FILE));

const nameOf = (folder: string): string => basename(resolve(folder));

const filesIn = (folder: string) => (file: string) => {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path) : undefined;
};
