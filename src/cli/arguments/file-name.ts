import { join } from "node:path";
import { isFolder } from "../../store/file-entry.ts";
import { UsageError } from "../failure.ts";

/**
 * Checks that --out names a file.
 *
 * @param example file name that the error suggests
 * @throws {UsageError} when it is a directory, or looks like one
 */
export function checkFileName(out: string, example: string): void {
  if (!out.endsWith("/") && !isFolder(out)) return;
  throw new UsageError(
    `--out ${out} is a directory: expected the name of a file, such as ${join(out, example)}.`,
  );
}
