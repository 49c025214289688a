import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { decodeReferenceRun } from "../simulation/reference-run.ts";
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
export function readReferenceRun(folder: string): ReferenceRun {
  const files = (file: string) => {
    const path = join(folder, file);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  return decodeReferenceRun(basename(resolve(folder)), { folder, files });
}
