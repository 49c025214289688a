import type { Mark } from "../../live/worker/messages.ts";

/** Least distance between two marks, as a part of the bar, where there is room for it. */
const MARK_GAP = 0.011;

/** A mark of all that was done at one time, and its place on the bar, from 0 to 1. */
interface PlacedMark {
  readonly timeMs: number;
  readonly label: string;
  readonly place: number;
}

/** Touches by time, set apart from each other so that each can be seen and chosen. */
export function placedMarks(marks: readonly Mark[], extentMs: number): PlacedMark[] {
  const shown = marks.filter(({ isTouched, timeMs }) => isTouched && timeMs <= extentMs);
  const times = [...new Set(shown.map(({ timeMs }) => timeMs))].sort((one, other) => one - other);
  const gap = Math.min(MARK_GAP, 1 / times.length);
  let least = 0;
  return times.map((timeMs, k) => {
    const most = 1 - gap * (times.length - 1 - k);
    const place = Math.min(most, Math.max(least, timeMs / extentMs));
    least = place + gap;
    const labels = shown.filter((mark) => mark.timeMs === timeMs).map(({ label }) => label);
    return { timeMs, label: labels.join(", "), place };
  });
}
