/** The engine's numbers that are not arrays: those of its state, by their place in `control`. */
export const TIME = 0;
export const CELL_EVENTS = 1;
export const SPIKES = 2;
export const CHAINS = 3;
export const TRAINING_CURSOR = 4;
export const SCALING_ON = 5;
export const EXTERNAL_FACTOR = 6;
/** When an arrival first was so strong that it magnifies rounding, ms; Infinity if none was. */
export const EXPANDING_SINCE = 7;
export const CONTROLS = 8;

/**
 * Numbers of the work under way, by their place in `work`.
 *
 * The event being served is among them: a double that is handed over in memory costs nothing,
 * while one that crosses a call which is not inlined is put on the heap.
 */
/** Time of the event being served, ms, and the served cell's Vm, mV relative to rest. */
export const NOW = 0;
export const VM = 1;
/** The present slot of external input: next event, number of events, end, ms, and number. */
export const SLOT_CURSOR = 2;
export const SLOT_COUNT = 3;
export const SLOT_END = 4;
export const SLOT_NUMBER = 5;
export const SLOTS_PER_MS = 6;
/** Spikes in the output since it was last emptied. */
export const OUTPUT_COUNT = 7;
export const WORK_NUMBERS = 8;

/** Slots in the wheel of external input, where streams beyond it wait, and no stream. */
export const SLOTS = 8192;
export const FAR = SLOTS;
export const NONE = -1;

/** External events that a slot holds on average, and at most. */
export const SLOT_EVENTS = 20;
export const SLOT_CAPACITY = 1024;

/** Spikes after which the output is handed to the caller. */
export const OUTPUT_CAPACITY = 16_384;
