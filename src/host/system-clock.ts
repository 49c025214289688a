/** The last moment whose ISO 8601 form has a year of four digits, ms since 1970. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** This computer's clocks. */
export const systemClock = {
  monotonicMs: () => performance.now(),
  // A clock can be set to years that readers of dates refuse.
  date: () => new Date(Math.min(Math.max(0, Date.now()), LAST_MS)),
};

/** The time of day, ISO 8601, UTC. */
export const timestamp = (): string => systemClock.date().toISOString();
