import type { i32, usize } from "../rules/prelude.ts";

/* Addresses of what tapers.ts reads and writes: arrays of doubles. */

/** The most tapers, and the frequencies that are served at once: an even number. */
export const MOST_TAPERS: i32 = 16;
export const CHUNK: i32 = 256;

/** Concentrations λ of the tapers, and (1 − λ) times the noise. */
export const CONCENTRATIONS: usize = 0;
export const LEAKS: usize = 128;
/** Results, then the spectra with each taper: a chunk of frequencies each. */
export const RESULTS: usize = 256;
export const POWERS: usize = 2304;
/** Vectors that go on: their lanes that do, and their places. */
export const ACTIVE: usize = 35_072;
export const PENDING: usize = 37_120;
export const END: usize = 37_632;
