import { signal } from "@preact/signals";

/** Length of the shown time, ms; undefined for all. */
export const windowLengths: readonly (readonly [label: string, lengthMs: number | undefined])[] = [
  ["1 s", 1000],
  ["5 s", 5000],
  ["20 s", 20_000],
  ["1 min", 60_000],
  ["5 min", 300_000],
  ["all", undefined],
];

export const windowLengthMs = signal<number | undefined>(undefined);

/**
 * The whole is shown in no shorter time, ms: what has just begun grows from the left, and a record
 * that is complete fills it.
 */
export const leastWholeMs = signal(60_000);

/** The shortest time that is shown, ms. */
export const SHORTEST_MS = 5;

/** Lengths that the whole is shown in, ms: it grows by steps, so that pictures need not be drawn anew. */
const steps = [1, 2, 5, 10, 20, 30, 60, 90, 120, 180, 240, 300].map((seconds) => 1000 * seconds);

/** The stretch of time that is shown at a moment, when so much is known. */
export function shownWindow(timeMs: number, knownMs: number) {
  const lengthMs = windowLengthMs.value ?? wholeLength(Math.max(timeMs, knownMs));
  return { lengthMs, endMs: Math.max(timeMs, lengthMs) };
}

function wholeLength(knownMs: number): number {
  if (knownMs <= leastWholeMs.value) return leastWholeMs.value;
  const step = steps.find((lengthMs) => lengthMs >= knownMs);
  if (step !== undefined) return step;
  const coarse = 10 ** Math.floor(Math.log10(knownMs));
  return Math.ceil(knownMs / coarse) * coarse;
}

/** Numbers of an axis, with as many decimals as tell them from each other; none where there is null. */
export function axisTexts(values: readonly (number | null)[], increment: number): string[] {
  const decimals = String(increment).split(".")[1]?.length ?? 0;
  return values.map((value) => value?.toFixed(decimals) ?? "");
}

/** A time as people read it: 0 s, 40 ms, 3.2 s, 1:05, 1:02:07. */
export function clockText(timeMs: number): string {
  const seconds = timeMs / 1000;
  if (timeMs === 0) return "0 s";
  if (timeMs < 100) return `${Number(timeMs.toPrecision(2))} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const parts = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.floor(seconds % 60),
  ];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, k) => (k === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
