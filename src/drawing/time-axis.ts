import type { Interval } from "../analysis/firing/interval.ts";

/** Unit of a time axis. @inline */
export type TimeUnit = "s" | "h" | "d";

const msPerUnit: Readonly<Record<TimeUnit, number>> = { s: 1000, h: 3_600_000, d: 86_400_000 };

/** The original's rule: seconds up to 8000 s, hours up to 80 000 s, days beyond. */
export function timeUnitFor(durationMs: number): TimeUnit {
  if (durationMs > 80_000_000) return "d";
  return durationMs > 8_000_000 ? "h" : "s";
}

/** A time axis: which stretch it shows and in which unit. */
export interface TimeAxis {
  readonly label: string;
  /** Ends of the axis, in its unit. */
  readonly domain: readonly [number, number];
  /** A time in ms on this axis. */
  readonly at: (timeMs: number) => number;
  /** A stretch of time in words: "0 to 20 s". */
  readonly words: (interval: Interval) => string;
  /** A moment in words: "20 s". */
  readonly moment: (timeMs: number) => string;
}

/** The axis of an interval, in a unit given or chosen by its duration. */
export function timeAxis(
  { startMs, endMs }: Interval,
  unit: TimeUnit = timeUnitFor(endMs - startMs),
): TimeAxis {
  const at = (timeMs: number): number => timeMs / msPerUnit[unit];
  const digits = unit === "s" ? 9 : 4;
  const number = (timeMs: number): number => Number(at(timeMs).toPrecision(digits));
  return {
    label: `Time (${unit})`,
    domain: [at(startMs), at(endMs)],
    at,
    words: (interval) => `${number(interval.startMs)} to ${number(interval.endMs)} ${unit}`,
    moment: (timeMs) => `${number(timeMs)} ${unit}`,
  };
}

/** A duration in words, in ms below a second. */
export function durationText(durationMs: number): string {
  const rounded = Number(durationMs.toPrecision(6));
  return rounded < 1000 ? `${rounded} ms` : `${rounded / 1000} s`;
}
