/** Measurement of pieces of simulation. */
export interface Measurement {
  /** True if all threads served the network, false if one did. */
  readonly together: boolean;
  /** True if all threads could serve it from now on, and this process has a core for itself. */
  readonly isPossible: () => boolean;
  readonly wallMs: number;
  /** Events of the whole network. */
  readonly events: number;
  /** Time that it took before to let all threads begin together, or to let them part, ms. */
  readonly changeMs: number;
}

/** Decision whether one thread or all serve a network, and what it rests on. */
export interface Pace {
  readonly together: boolean;
  /** Time measured so far, ms. */
  readonly nowMs: number;
  /** Speed that one thread reaches where it is not interrupted, events/ms. */
  readonly aloneSpeed: number;
  /** Speed of all threads: a recent mean, and the best such mean lately. */
  readonly teamSpeed: number;
  readonly bestTeamSpeed: number;
  /** Time that the threads have cost since they began together, ms; negative where they saved time. */
  readonly lostMs: number;
  /** Time for which one thread was left alone after the last attempt, and when the next may begin, ms. */
  readonly pauseMs: number;
  readonly nextMs: number;
}

/** One thread is observed for so long before all begin together, at least, ms. */
const LEAST_PAUSE_MS = 50;
/** Attempts that fail double the pause up to here; its length beyond follows from what they cost. */
const MOST_DOUBLED_MS = 5000;
const MOST_PAUSE_MS = 600_000;
/** Each pause is at most so many times the one before, so that one long interruption costs little. */
const MOST_GROWTH = 4;
/** Cost of a failed attempt relative to the time until the next, at most. */
const COST_SHARE = 0.005;

/** Averaging time of speeds, ms: some time slices of a scheduler. */
const AVERAGING_MS = 20;
/** The same for one thread where it is slower than its mean, as an interruption is not its own speed. */
const INTERRUPTION_MS = 200;
/** Speed relative to one thread that is assumed until measured, and below which one goes on alone. */
const EXPECTED_GAIN = 1.7;
const LEAST_GAIN = 1.1;
/** Part of their best speed below which the threads are disturbed, and how fast that is forgotten, ms. */
const DISTURBED = 0.7;
const FORGETTING_MS = 5000;

/** At the start of a run: one thread alone, and the others after `firstMs` at the earliest. */
export const paceAtStart = (firstMs = 0): Pace => ({
  together: false,
  nowMs: 0,
  aloneSpeed: 0,
  teamSpeed: 0,
  bestTeamSpeed: 0,
  lostMs: 0,
  pauseMs: LEAST_PAUSE_MS,
  nextMs: Math.max(firstMs, LEAST_PAUSE_MS),
});

/**
 * The decision after a measurement.
 *
 * All threads go on together as long as they are faster than one alone and not disturbed. One alone
 * is judged by its speed between interruptions, also on a busy core. How long it goes on alone
 * follows from what the last attempt cost.
 */
export const paceAfter = (pace: Pace, measured: Measurement): Pace =>
  measured.together ? afterTogether(pace, measured) : afterAlone(pace, measured);

function afterAlone(before: Pace, { isPossible, wallMs, events, changeMs }: Measurement): Pace {
  // Otherwise the threads had to part for a change of the network.
  const pace = before.together ? parted(before) : before;
  const nowMs = pace.nowMs + wallMs + changeMs;
  const aloneSpeed = meanAlone(pace.aloneSpeed, speed(events, wallMs), wallMs);
  const after = { ...pace, nowMs, aloneSpeed };
  if (nowMs < pace.nextMs || aloneSpeed === 0 || !isPossible()) return after;
  const teamSpeed = EXPECTED_GAIN * aloneSpeed;
  return { ...after, together: true, teamSpeed, bestTeamSpeed: 0, lostMs: 0 };
}

function afterTogether(pace: Pace, { wallMs, events, changeMs }: Measurement): Pace {
  const { aloneSpeed } = pace;
  const nowMs = pace.nowMs + wallMs + changeMs;
  // To part will take as long as it took to begin.
  const lostMs = pace.lostMs + 2 * changeMs + wallMs - events / aloneSpeed;
  const teamSpeed = mean(pace.teamSpeed, speed(events, wallMs), wallMs / AVERAGING_MS);
  const forgotten = pace.bestTeamSpeed * Math.exp(-wallMs / FORGETTING_MS);
  const bestTeamSpeed = Math.max(teamSpeed, forgotten);
  const after = { ...pace, nowMs, lostMs, teamSpeed, bestTeamSpeed };
  const least = Math.max(LEAST_GAIN * aloneSpeed, DISTURBED * bestTeamSpeed);
  return teamSpeed >= least
    ? after
    : parted(after, lostMs < 0 ? LEAST_PAUSE_MS : longerPause(after));
}

function longerPause({ pauseMs, lostMs }: Pace): number {
  const byCost = Math.min(lostMs / COST_SHARE, MOST_GROWTH * pauseMs, MOST_PAUSE_MS);
  return Math.max(byCost, Math.min(2 * pauseMs, MOST_DOUBLED_MS));
}

/** One thread alone from now on, whose speed is measured anew. */
const parted = (pace: Pace, pauseMs = pace.pauseMs): Pace => ({
  ...pace,
  together: false,
  aloneSpeed: 0,
  pauseMs,
  nextMs: pace.nowMs + pauseMs,
});

function meanAlone(before: number, now: number, wallMs: number): number {
  if (before === 0) return now;
  return mean(before, now, wallMs / (now > before ? AVERAGING_MS : INTERRUPTION_MS));
}

/** Mean of a value in which the present has the weight of so many averaging times. */
function mean(before: number, now: number, times: number): number {
  const kept = Math.exp(-times);
  return kept * before + (1 - kept) * now;
}

const speed = (events: number, wallMs: number): number => (wallMs > 0 ? events / wallMs : 0);
