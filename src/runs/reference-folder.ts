import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../host/package.ts";
import type { Model } from "../model/parameter-definition.ts";
import { RunLocationError } from "../recording/errors.ts";

/** Folder of the published runs that come with the package, as digests. */
const publishedRuns = join(packageRoot, "test", "reference", "published");

const columnReferences = join(packageRoot, "test", "reference-columns");

/** The folders of the reference runs of each model that come with the package. */
export const shippedReferenceFolders: Readonly<Record<Model, readonly string[]>> = {
  2013: [join(packageRoot, "test", "reference"), columnReferences],
  2014: [join(packageRoot, "test", "reference-2014")],
};

/** The folders of those of a model, or only of several columns, or of the published runs. */
export const includedReferences = (wanted: {
  readonly model: `${Model}`;
  readonly columns?: boolean;
  readonly published?: boolean;
}): readonly string[] =>
  wanted.published
    ? [publishedRuns]
    : wanted.columns
      ? [columnReferences]
      : shippedReferenceFolders[wanted.model];

/**
 * Folders of reference runs at a path: itself if it is one, else those in it, sorted by name.
 *
 * @throws {RunLocationError} when there are none
 */
export function referenceFolders(path: string): string[] {
  if (isReferenceRun(path)) return [path];
  const folders = foldersIn(path).filter(isReferenceRun).sort();
  if (folders.length > 0) return folders;
  throw new RunLocationError(
    `${path} contains no reference run: expected a folder with run.json, or a folder of such ` +
      "folders.",
  );
}

const isReferenceRun = (folder: string): boolean => existsSync(join(folder, "run.json"));

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));
}
