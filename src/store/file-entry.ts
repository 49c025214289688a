import { lstatSync, type Stats, statSync } from "node:fs";

/** Result of an operation; undefined when what it is about does not exist, or no more. */
export function unlessGone<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Status of a path; for a link, of the link itself. */
export const entryAt = (path: string): Stats | undefined => unlessGone(() => lstatSync(path));

/** True if a path is that of a regular file, not of a link, device or pipe. */
export const isRegularFile = (path: string): boolean => entryAt(path)?.isFile() ?? false;

/** True if a path is that of a folder, not of a link to one. */
export const isFolder = (path: string): boolean => entryAt(path)?.isDirectory() ?? false;

/** True if a path is that of a folder, or of a link to one. */
export const leadsToFolder = (path: string): boolean =>
  unlessGone(() => statSync(path))?.isDirectory() ?? false;
