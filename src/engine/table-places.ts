/*
 * Where the tables whose size does not depend on the network stand in the engine's memory, in
 * bytes. They come first, so that a compiled kernel finds them at addresses it knows beforehand;
 * engine-memory.ts lays them out and holds the two together.
 */

export const CLASS_CONSTANT_AT = 0;
export const EXTERNAL_WEIGHT_AT = 384;
export const RECEPTOR_MASK_AT = 1152;
export const INVERSE_REVERSAL_AT = 1280;
export const REVERSAL_AT = 1344;
export const STEPS_PER_MS_AT = 1408;
export const WORK_AT = 1472;
export const EXPONENTIAL_ROOT_AT = 1536;
export const OCTAVE_TABLE_AT = 3584;
export const LOGARITHM_TABLE_AT = 4160;
export const DECAY_TABLE_AT = 12_352;
export const INTERPOLATION_AT = 61_504;
/** Room for constants of the compiled kernel, which fills it itself: 16 bytes each. */
export const VECTOR_CONSTANTS_AT = 141_568;
/** Intervals of the stream that is being drawn. */
export const INTERVAL_AT = 142_080;
/** The state follows, and begins with `control`. */
export const STATE_AT = 142_592;
/** Cell records are the second part of it. */
export const CELL_AT = 142_656;
