/**
 * Positions of a cell's quantities in the engine's memory.
 *
 * A cell is one record of {@link RECORD} consecutive doubles (two cache lines), so that an event
 * touches few lines whichever cell it reaches. Inhibition and afterhyperpolarization are kept as
 * positive magnitudes: all deviations then decay and are bounded alike.
 */

/** Doubles per cell record. */
export const RECORD = 16;

/** The four receptors stand first, so that a receptor number is its offset. */
export const AMPA = 0;
export const NMDA = 1;
export const GABA_PROXIMAL = 2;
export const GABA_DISTAL = 3;
export const AHP = 4;
/** Time of the last membrane update, ms. */
export const UPDATED_AT = 5;
/** Dynamic threshold, absolute mV. */
export const THRESHOLD = 6;
/** End of the absolute refractory period under way, ms; Infinity when the cell is not refractory. */
export const REFRACTORY_UNTIL = 9;
/** End of the last absolute refractory period, ms: the risen threshold decays from here. */
export const RECOVERED_AT = 8;
/** Time of the last event of any kind, ms. */
export const LAST_EVENT = 7;
/** Sensed rate in spikes/ms, as of SENSED_AT: it is decayed only when it is needed. */
export const SENSED_RATE = 10;
export const SENSED_AT = 11;
/** Target rate, spikes/ms; negative until scaling's first event sets it. */
export const TARGET_RATE = 12;
export const RATE_ERROR_INTEGRAL = 13;
export const SCALE_FACTOR = 14;
export const SPIKE_COUNT = 15;

/** Values of a reading besides a cell's record: synaptic drive and deviation from rest, mV. */
export const DRIVE = RECORD;
export const DEVIATION = RECORD + 1;
export const READING = RECORD + 2;

/** Doubles per record of a cell class's constants, and the number of classes. */
export const CLASS_RECORD = 16;
export const CLASS_COUNT = 3;

export const REST = 0;
export const BASE_THRESHOLD = 1;
/** Threshold right after a spike. */
export const SPIKE_THRESHOLD = 2;
/** Value below which the threshold no longer moves: the interpolated exponential's last entry. */
export const SETTLED_THRESHOLD = 3;
export const BLOCK_LEVEL = 4;
export const REFRACTORY_PERIOD = 5;
export const AHP_STEP = 6;
export const THRESHOLD_STEPS_PER_MS = 7;
/** Table steps per ms (see interpolated-exponential.ts) of the decay of proximal GABA-A and AHP. */
export const PROXIMAL_STEPS_PER_MS = 8;
export const AHP_STEPS_PER_MS = 9;
/**
 * Values used by the quiet loop (quiet-input.ts): a sum of receptors less afterhyperpolarization,
 * and a square of Vm's deviation.
 */
export const QUIET_SUM = 10;
export const QUIET_SQUARE = 11;
