import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { makeZip, predictLength } from "client-zip";
import { runPaths } from "../archive/run-zip.ts";
import { FolderStore } from "../store/run-folder.ts";

/** A file to be saved, which comes into being as it is sent. */
export interface Download {
  readonly name: string;
  readonly size: number;
  readonly read: () => Readable;
}

/**
 * A recorded run as a zip archive of its directory. Its files are read one after another as it is
 * sent, whatever their size.
 *
 * @param fileOf file of a path in the directory, undefined where it is none of a record
 */
export function runArchive(
  directory: string,
  fileOf: (path: string) => string | undefined,
): Download {
  const label = basename(directory);
  const files = runPaths(new FolderStore(directory)).flatMap((path) => {
    const file = fileOf(path);
    if (file === undefined) return [];
    const { size, mtime } = statSync(file);
    return [{ file, name: `${label}/${path}`, size, lastModified: mtime }];
  });
  const entries = function* () {
    for (const { file, ...entry } of files) yield { ...entry, input: createReadStream(file) };
  };
  return {
    name: `${label}.zip`,
    size: Number(predictLength(files)),
    read: () => Readable.fromWeb(makeZip(entries()) as ReadableStream),
  };
}
