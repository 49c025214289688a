import { wilsonInterval } from "./confidence.ts";

/** Time of an event, or the end of an observation without it. */
export interface Observation {
  /** In any unit, not negative. */
  readonly time: number;
  /** False if the observation ended at this time without the event (censored). */
  readonly isEvent: boolean;
}

/** Fraction of subjects without an event against time, with pointwise 95 % confidence limits. */
export interface SurvivalCurve {
  /** 0, and the times at which events occurred, in order; each fraction holds to the next time. */
  readonly times: Float64Array;
  /** Fraction without an event up to and including this time. */
  readonly fraction: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Number still observed without an event just before this time. */
  readonly atRisk: Uint32Array;
  /** The first time at which at most half are without an event; null if more always were. */
  readonly median: number | null;
}

/**
 * Kaplan–Meier estimate of survival, S(t) = Π (1 − d_i / n_i) over the times t_i ≤ t of events, with
 * d_i events among n_i subjects that are still observed (Kaplan & Meier 1958, J Am Stat Assoc
 * 53:457).
 *
 * The limits are Wilson's for a sample of the effective size S (1 − S) / Var S, with Greenwood's
 * variance S² Σ d_i / (n_i (n_i − d_i)) (Rothman 1978, J Chronic Dis 31:557). Without censoring
 * before t that is the number of subjects. Unlike mean ± standard errors they stay within 0 … 1 and
 * are of use for few subjects and where S is 0 or 1.
 *
 * @throws {RangeError} when a time is negative or not a number
 *
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * // Onsets of hyperactivity in three networks; a fourth had none in 8000 s.
 * const { times, fraction, median } = analysis.survivalCurve([
 *   { time: 4119, isEvent: true },
 *   { time: 4874, isEvent: true },
 *   { time: 4961, isEvent: true },
 *   { time: 8000, isEvent: false },
 * ]);
 * console.log(times, fraction, median);
 * ```
 */
export function survivalCurve(observations: readonly Observation[]): SurvivalCurve {
  for (const { time } of observations) {
    if (!(time >= 0)) throw new RangeError(`A time of ${time}: expected one of 0 or later.`);
  }
  const eventTimes = observations.flatMap(({ time, isEvent }) => (isEvent ? [time] : []));
  const times = [...new Set([0, ...eventTimes])].sort((a, b) => a - b);
  const points: { fraction: number; lower: number; upper: number; atRisk: number }[] = [];
  let fraction = 1;
  let greenwood = 0;
  let size = observations.length;
  for (const now of times) {
    const atRisk = observations.filter(({ time }) => time >= now).length;
    const events = eventTimes.filter((time) => time === now).length;
    if (atRisk > 0) fraction *= 1 - events / atRisk;
    if (fraction > 0) {
      greenwood += events / (atRisk * (atRisk - events) || 1);
      // Of the same meaning where nobody had an event so far.
      size = fraction < 1 ? (1 - fraction) / (fraction * greenwood) : atRisk;
    }
    points.push({ ...wilsonInterval(fraction * size, size), fraction, atRisk });
  }
  const column = (of: (point: (typeof points)[number]) => number) => Float64Array.from(points, of);
  return {
    times: Float64Array.from(times),
    fraction: column((point) => point.fraction),
    lower: column(({ lower }) => lower),
    upper: column(({ upper }) => upper),
    atRisk: Uint32Array.from(points, ({ atRisk }) => atRisk),
    median: times[points.findIndex((point) => point.fraction <= 0.5)] ?? null,
  };
}
