import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes text piece by piece to a stream, no faster than that takes it; the stream stays open. */
export async function streamText(
  pieces: Iterable<string>,
  stream: NodeJS.WritableStream,
): Promise<void> {
  await pipeline(Readable.from(pieces), stream, { end: false });
}
