import { type UnzipFileInfo, unzipSync } from "fflate";
import { runFiles } from "../recording/run-files.ts";

/** An archive that is not one whole run; the message says why, and what to do. */
export class ArchivedRunError extends Error {
  override readonly name = "ArchivedRunError";
}

/** Larger archives are not unpacked in memory, nor what is larger when unpacked. */
const MOST_BYTES = 100e6;
const MOST_UNPACKED_BYTES = 400e6;

/** True if a file begins as a zip archive does. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * Files of the one run in a zip archive of its directory, by their paths there.
 *
 * @param isWanted of a path in the archive; the others, but the manifest, are left packed
 * @throws {ArchivedRunError} when it contains none or several, is damaged, or too large to unpack
 */
export function archivedRun(
  bytes: Uint8Array,
  name: string,
  isWanted = (_path: string) => true,
): ReadonlyMap<string, Uint8Array> {
  if (bytes.length > MOST_BYTES) throw tooLarge(name, bytes.length);
  const files = unpacked(bytes, name, (path) => path.endsWith(runFiles.manifest) || isWanted(path));
  const manifests = Object.keys(files).filter(
    (path) => /^([^/]+\/)?[^/]+$/.test(path) && path.endsWith(runFiles.manifest),
  );
  if (manifests.length !== 1) {
    throw new ArchivedRunError(
      `${name} contains ${manifests.length === 0 ? "no run" : `${manifests.length} runs`}. ` +
        "Pack the directory of one run, as Download run does.",
    );
  }
  const folder = manifests[0]!.slice(0, -runFiles.manifest.length);
  return new Map(
    Object.entries(files)
      .filter(([path]) => path.startsWith(folder) && !path.endsWith("/"))
      .map(([path, content]) => [path.slice(folder.length), content]),
  );
}

function unpacked(
  bytes: Uint8Array,
  archive: string,
  isWanted: (path: string) => boolean,
): Record<string, Uint8Array> {
  let size = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo) => {
    if (!isWanted(name)) return false;
    size += originalSize;
    if (size > MOST_UNPACKED_BYTES) throw tooLarge(archive, size);
    return true;
  };
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof ArchivedRunError) throw error;
    throw new ArchivedRunError(`${archive} is incomplete or damaged. Download or pack it again.`);
  }
}

const tooLarge = (name: string, size: number) =>
  new ArchivedRunError(
    `${name} has ${Math.round(size / 1e6)} MB, more than can be unpacked here. ` +
      "Unpack it yourself: all commands take the directory of a run of any length.",
  );
