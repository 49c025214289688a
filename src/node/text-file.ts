import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes text piece by piece to a stream, no faster than that takes it; the stream stays open. */
export async function streamText(
  pieces: Iterable<string>,
  stream: NodeJS.WritableStream,
): Promise<void> {
  await pipeline(Readable.from(pieces), stream, { end: false });
}

/** Writes text piece by piece to a file, which appears whole or not at all; makes its folder. */
export async function writeTextFile(pieces: Iterable<string>, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
