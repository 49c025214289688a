import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { runPaths } from "../archive/run-zip.ts";
import { storedZip, storedZipBytes } from "../archive/stored-zip.ts";
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
    return [{ file, name: `${label}/${path}`, bytes: size, modified: mtime }];
  });
  const entries = function* () {
    for (const { file, ...entry } of files)
      yield { ...entry, pieces: createReadStream(file) as AsyncIterable<Uint8Array> };
  };
  return {
    name: `${label}.zip`,
    size: storedZipBytes(files),
    read: () => Readable.fromWeb(storedZip(entries()) as ReadableStream),
  };
}
