/**
 * The engine's numbers that are not arrays, by their place in `control`.
 *
 * The event being served is among them: a double that is handed over in memory costs nothing,
 * while one that crosses a call which is not inlined is put on the heap.
 */
export const TIME = 0;
export const CELL_EVENTS = 1;
export const SPIKES = 2;
export const CHAINS = 3;
export const TRAINING_CURSOR = 4;
export const SCALING_ON = 5;
export const EXTERNAL_FACTOR = 6;
/** Time of the event being served, ms, and the served cell's Vm, mV relative to rest. */
export const NOW = 7;
export const VM = 8;
/** When an arrival first was so strong that it magnifies rounding, ms; Infinity if none was. */
export const EXPANDING_SINCE = 9;
/** External input generated ahead: next event, number of events, where it ends and its usual length, ms. */
export const BLOCK_CURSOR = 10;
export const BLOCK_COUNT = 11;
export const BLOCK_END = 12;
export const BLOCK_LENGTH = 13;
/** Spikes in the output since it was last emptied. */
export const OUTPUT_COUNT = 14;
export const CONTROLS = 16;

/** External events generated ahead at a time: as many as stay in a core's second-level cache. */
export const BLOCK_EVENTS = 16_384;

/** Room for more events than the mean: sixteen standard deviations. */
export const BLOCK_CAPACITY = BLOCK_EVENTS + 2048;

/** Spikes after which the output is handed to the caller. */
export const OUTPUT_CAPACITY = 16_384;
