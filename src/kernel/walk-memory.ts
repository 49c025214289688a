import type { usize } from "../rules/prelude.ts";
import { vectorConstants } from "./addresses.ts";

/* The memory of walks.ts, which is its own. */

/** Steps served at a time, and places between the first draws of walks served together, at most. */
export const BLOCK = 512;
export const SPAN = 1024;

/** Slots, of two walks each, served at a time; and at most. */
export const GROUP = 4;
export const MOST_SLOTS = 1024;

/**
 * Positions in a slot, two lanes each: two factors of its walks' steps, and their sums so far; then
 * where in DRAWS the first walk begins, an integer of 32 bits.
 */
export const STEP_FACTORS = 0;
export const SCALES = 2;
export const SUMS = 4;
export const OFFSET = 6;
export const SLOT = 8;

/** Draws in [0, 1), factors of the steps by their place, sums of a group by place, and slots. */
export const DRAWS: usize = vectorConstants + 512;
/** Both lanes of the last slot read on, and draws are four at a time. */
export const MOST_DRAWS = BLOCK + SPAN + 4;
export const PLACE_FACTORS: usize = DRAWS + 8 * MOST_DRAWS;
export const POINTS: usize = PLACE_FACTORS + 8 * BLOCK;
export const SLOTS: usize = POINTS + 16 * BLOCK * GROUP;
export const END: usize = SLOTS + 8 * SLOT * MOST_SLOTS;
