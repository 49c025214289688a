/* Positions of numbers of the 2014 model's homeostasis in the engine's memory. */

/** Numbers of the network, by their place in `homeostasis`. */
export const GROWTH_FACTOR = 0;
/** Rule of dynamic death, 0 for none yet; factor of its probability; low index of the draws. */
export const DEATH_RULE = 1;
export const DEATH_SPEED = 2;
export const DEATH_STREAM = 3;
/** Draws so far. */
export const DEATH_DRAWS = 4;
export const HOMEOSTASIS_NUMBERS = 5;

/** Values of DEATH_RULE. */
export const DEATHLESS = 0;
export const PUBLISHED_DEATH = 1;
export const INTENDED_DEATH = 2;

/** Numbers of a cell, in `sensor`: activity, and the time of the arrival that it is as of, ms. */
export const ACTIVITY = 0;
export const ACTIVE_AT = 1;
/** The last arrival that the cell's membrane has received, ms: the sensor of its firing decays to it. */
export const RECEIVED_AT = 2;
export const SENSOR = 3;

/** Numbers of a cell's dynamic death, in `death`: time, ms; number of the draw; probability. */
export const DIED_AT = 0;
export const DEATH_DRAW = 1;
export const DEATH_PROBABILITY = 2;
export const DEATH = 3;
