/** Measurement of a piece of simulation. */
export interface Measurement {
  /** True if all threads served the network, false if one did. */
  readonly together: boolean;
  /** True if cores were idle lately for all other threads, which could serve from now on. */
  readonly isPossible: () => boolean;
  readonly wallMs: number;
  /** Processor time of the whole process in this piece, ms. */
  readonly cpuMs: number;
  /** Events of the whole network. */
  readonly events: number;
  /** Time that it took before to let all threads begin together, or to let them part, ms. */
  readonly changeMs: number;
  /** True if a block of external input ended in this piece: at its start, that of all of it is drawn. */
  readonly endsBlock: boolean;
}

/** Decision whether one thread or all serve a network, and what it rests on. */
export interface Pace {
  readonly together: boolean;
  /**
   * Speed of one thread that is not interrupted, and of all, events/ms: recent means over whole
   * blocks. That of one is 0 where it is unknown: at the start, and when all have just parted.
   */
  readonly aloneSpeed: number;
  readonly teamSpeed: number;
  /** Time of one thread for its last whole block, ms. */
  readonly aloneBlockMs: number;
  /** The present block so far: time (of one thread, that without interruptions), ms, and events. */
  readonly blockMs: number;
  readonly blockEvents: number;
  /** Time that may be lost with further attempts, ms; negative while the last ones cost too much. */
  readonly creditMs: number;
  /** Time for which all threads still serve together before their speed is judged, ms. */
  readonly practiceMs: number;
}

/** Part of the time of one thread that attempts may cost. */
const COST_SHARE = 0.01;
/** Credit that time alone and time saved can build up, and debt that attempts can leave, ms. */
const MOST_CREDIT_MS = 100;
const MOST_DEBT_MS = 500;

/** Averaging time of speeds, ms: longer than the time slices of schedulers. */
const AVERAGING_MS = 80;
/** Speed relative to one thread that is assumed until measured, and below which one goes on alone. */
const EXPECTED_GAIN = 1.7;
const LEAST_GAIN = 1.1;
/** At first, threads run code that is not compiled yet, and what compiles it takes a core. */
const PRACTICE_MS = 120;

/** At the start of a run: one thread alone. */
export const paceAtStart: Pace = {
  together: false,
  aloneSpeed: 0,
  teamSpeed: 0,
  aloneBlockMs: 0,
  blockMs: 0,
  blockEvents: 0,
  creditMs: 0,
  practiceMs: PRACTICE_MS,
};

/**
 * The decision after a measurement.
 *
 * All threads begin together where cores have been idle for them, and go on as long as they are
 * faster than one. What attempts cost more than they save is paid from a credit that grows by a
 * part of all time alone, so that the whole never takes much longer than one thread alone.
 */
export function paceAfter(pace: Pace, measured: Measurement): Pace {
  // The threads may have had to part for a change of the network.
  const begun = pace.together === measured.together ? pace : changed(pace, measured.together);
  return measured.together ? afterTogether(begun, measured) : afterAlone(begun, measured);
}

function afterAlone(pace: Pace, measured: Measurement): Pace {
  const { wallMs, cpuMs, events, changeMs, endsBlock, isPossible } = measured;
  // Interruptions lengthen wall time, other work of this process its processor time.
  const ownMs = Math.min(wallMs, cpuMs);
  const after = withPiece(pace, ownMs, events, COST_SHARE * ownMs - changeMs);
  if (!endsBlock) return after;
  const aloneSpeed = meanSpeed(pace.aloneSpeed, after);
  const measuredAnew = { ...changed(after, false), aloneSpeed, aloneBlockMs: after.blockMs };
  if (after.creditMs <= 0 || aloneSpeed === 0) return measuredAnew;
  // All may have been slow because the computer is: then one thread alone is slower now.
  const wasFaster = pace.aloneSpeed === 0 && isFaster(pace.teamSpeed, aloneSpeed);
  if (wasFaster) return changed(measuredAnew, true);
  if (!isPossible()) return measuredAnew;
  return { ...changed(measuredAnew, true), teamSpeed: EXPECTED_GAIN * aloneSpeed };
}

function afterTogether(pace: Pace, measured: Measurement): Pace {
  const { wallMs, events, changeMs, endsBlock } = measured;
  const isPractice = pace.practiceMs > 0;
  const practiceMs = Math.max(pace.practiceMs - wallMs, 0);
  const countedMs = wallMs - (pace.practiceMs - practiceMs);
  const savedMs = events / pace.aloneSpeed - countedMs - changeMs;
  const after = { ...withPiece(pace, wallMs, events, savedMs), practiceMs };
  if (after.blockMs > pace.aloneBlockMs + AVERAGING_MS) return changed(after, false);
  // In the first piece, all await the last to begin.
  if (isPractice || changeMs > 0) return changed(after, true);
  if (!endsBlock) return after;
  const teamSpeed = meanSpeed(pace.teamSpeed, after);
  if (isFaster(teamSpeed, pace.aloneSpeed)) return { ...changed(after, true), teamSpeed };
  return { ...changed(after, false), teamSpeed, aloneSpeed: 0 };
}

/** True if all threads at one speed are worth while with one thread at the other. */
const isFaster = (teamSpeed: number, aloneSpeed: number): boolean =>
  teamSpeed >= LEAST_GAIN * aloneSpeed;

/** A piece more of the present block, in which so much time was saved. */
function withPiece(pace: Pace, blockMs: number, events: number, savedMs: number): Pace {
  return {
    ...pace,
    blockMs: pace.blockMs + blockMs,
    blockEvents: pace.blockEvents + events,
    creditMs: Math.max(-MOST_DEBT_MS, Math.min(pace.creditMs + savedMs, MOST_CREDIT_MS)),
  };
}

/** One thread or all from now on, with a new block. */
const changed = (pace: Pace, together: boolean): Pace => ({
  ...pace,
  ...{ together, blockMs: 0, blockEvents: 0 },
});

/** Mean speed in which the block that has ended has the weight of its time. */
function meanSpeed(before: number, { blockMs, blockEvents }: Pace): number {
  if (blockMs === 0) return before;
  const kept = before === 0 ? 0 : Math.exp(-blockMs / AVERAGING_MS);
  return kept * before + ((1 - kept) * blockEvents) / blockMs;
}
