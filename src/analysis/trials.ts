/** A stretch of time with one external input, startMs ≤ t < endMs. */
export interface Trial {
  readonly startMs: number;
  readonly endMs: number;
  /** Input that no other trial has, or that all repeat trials have. */
  readonly input: TrialInput;
}

export const trialInputs = ["unique", "repeat"] as const;

/** Input of a trial. @inline */
export type TrialInput = (typeof trialInputs)[number];

/** Record of a trial's start, among other events. */
export interface TrialEvent {
  readonly kind: string;
  readonly timeMs: number;
  readonly input?: TrialInput;
}

/**
 * A run's whole trials, in order of time: each lasts from its event to the next one's, the last to
 * the end of the run. Those shorter than the longest, which the end or a change of the protocol cut
 * off, are left out.
 *
 * @param events a run's, of any kind, in order of time.
 * @param endMs end of the record.
 * @example
 * ```ts
 * import { analysis, resolveParameters, runExperiment } from "isocortex";
 *
 * const parameters = resolveParameters({
 *   protocol: "deletion",
 *   baselineDurationS: 8,
 *   learningDurationS: 0,
 *   recallDurationS: 0,
 *   trialDurationMs: 1000,
 * });
 * const run = await runExperiment({ parameters, entries: [], description: "", preset: null });
 * const trials = analysis.wholeTrials(run.events(), run.reachedMs);
 * console.log(trials.map(({ startMs, input }) => `${startMs} ms: ${input}`));
 * ```
 */
export function wholeTrials(events: readonly TrialEvent[], endMs: number): Trial[] {
  const begun = events.filter(({ kind, timeMs }) => kind === "trial" && timeMs < endMs);
  const trials = begun.map(({ timeMs, input }, k) => ({
    startMs: timeMs,
    endMs: begun[k + 1]?.timeMs ?? endMs,
    input: input!,
  }));
  const longestMs = trials.reduce((most, trial) => Math.max(most, durationOf(trial)), 0);
  return trials.filter((trial) => durationOf(trial) > longestMs - TOLERANCE_MS);
}

/** Trial times are sums of durations: they may be off by rounding. */
export const TOLERANCE_MS = 1e-3;

export const durationOf = ({ startMs, endMs }: Trial): number => endMs - startMs;
