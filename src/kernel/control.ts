/** The engine's numbers that are not arrays: those of its state, by their place in `control`. */
export const TIME = 0;
export const CELL_EVENTS = 1;
export const SPIKES = 2;
export const CHAINS = 3;
/** Scheduled inputs that have come, see scheduled-inputs.ts. */
export const INPUTS = 4;
export const SCALING_ON = 5;
export const EXTERNAL_FACTOR = 6;
/**
 * Time at which an arrival first was so strong that it magnifies rounding, ms; Infinity if none
 * was.
 */
export const EXPANDING_SINCE = 7;
export const CONTROLS = 8;

/**
 * Numbers of the work under way, by their place in `work`.
 */
/** Time up to which events have been served, ms; the present window, and the block drawn ahead. */
export const REACHED = 0;
export const WINDOW = 1;
export const BLOCK_START = 2;
export const BLOCK_END = 3;
/** Spikes in the output since it was last emptied. */
export const OUTPUT_COUNT = 4;
/** Place of the next scheduled input in memory. */
export const INPUT_CURSOR = 5;
export const WORK_NUMBERS = 6;

/** Kind of an event in a window's lists: a synapse's number, or one of these. */
export const CALLBACK = -1;
export const SCHEDULED = -2;
/** External input to receptor r is EXTERNAL − r. */
export const EXTERNAL = -3;

/** The last kind of these; below are synapses between columns, from FROM_COLUMNS on. */
export const LAST_EXTERNAL = -6;
export const FROM_COLUMNS = -2_147_483_648;

/**
 * At one time, external streams come first, in order of their numbers; then scheduled inputs,
 * arrivals from other columns and callbacks.
 */
export const STREAMS_FIRST = 4_503_599_627_370_496;
export const SCHEDULED_FIRST = 2_251_799_813_685_248;
export const DEPARTURES_FIRST = 1_125_899_906_842_624;

/** No event, no spike, in a list. */
export const NONE = -1;

/** Doubles of an event that waits in a list, see pending.ts. */
export const PENDING = 4;

/** Pieces into which a window is cut whose events must be served in order of time. */
export const PIECES_IN_ORDER = 8;

/** Spikes after which the output is handed to the caller. */
export const OUTPUT_CAPACITY = 16_384;
