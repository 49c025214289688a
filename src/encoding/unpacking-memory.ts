import type { i32, usize } from "../rules/prelude.ts";

/* Addresses of what unpacking.ts reads and writes, and how much there is room for. */

export const MOST_SPIKES: i32 = 8192;
/** Of a block's payload. */
export const MOST_BYTES: i32 = 122_880;

/** The payload, and the same with its bytes in reverse after so many of value 0. */
export const PAYLOAD: usize = 0;
export const REVERSED: usize = 122_880;
export const PADDING: usize = 64;
/** Times, as doubles, and cells, as unsigned integers of 32 bits. */
export const TIMES: usize = 262_144;
export const CELLS: usize = 327_680;
/** The largest of the cells. */
export const LARGEST_CELL: usize = 360_448;
export const END: usize = 360_456;
