import { BLOCK_ROOM, type RangeReader } from "../../overview/layout.ts";

/** No more is read at once than is asked for, or this. */
const MOST_BYTES = 4_000_000;

/**
 * Reads ahead where a file is read on and on: each time twice as much, so that requests are few.
 * What is read here and there is read as it is asked for.
 */
export function readingAhead(read: RangeReader): RangeReader {
  let known: { readonly offset: number; readonly bytes: Uint8Array } = {
    offset: 0,
    bytes: new Uint8Array(0),
  };
  let lastEnd = Number.NEGATIVE_INFINITY;
  return (offset, length) => {
    // Between two payloads there is only the header of a block, which is known.
    const isSequential = offset >= lastEnd && offset - lastEnd <= BLOCK_ROOM;
    lastEnd = offset + length;
    const from = offset - known.offset;
    if (from < 0 || from + length > known.bytes.length) {
      const ahead = isSequential ? Math.min(MOST_BYTES, 2 * known.bytes.length) : 0;
      known = { offset, bytes: read(offset, Math.max(length, ahead)) };
      return known.bytes.subarray(0, length);
    }
    return known.bytes.subarray(from, from + length);
  };
}
