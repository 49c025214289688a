/** Trial: an interval with one external input, startMs ≤ t < endMs. */
export interface Trial {
  readonly startMs: number;
  readonly endMs: number;
  /** Input unique to the trial, or the same in all repeat trials. */
  readonly input: TrialInput;
}

export const trialInputs = ["unique", "repeat"] as const;

/** Input of a trial. @inline */
export type TrialInput = (typeof trialInputs)[number];

/** Event of a run; those of kind "trial" mark the start of a trial. */
export interface TrialEvent {
  readonly kind: string;
  readonly timeMs: number;
  readonly input?: TrialInput;
}

/**
 * Complete trials of a run, in order of time. A trial lasts from its event to that of the next trial
 * or to the end of the run; trials shorter than the longest, truncated by the end or by a change of
 * the protocol, are excluded.
 *
 * @param events events of the run, of any kind, in order of time
 * @param endMs end of the record, ms
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
