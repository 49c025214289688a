import type { Activity, IntervalRates } from "../measures/activity.ts";
import { secondsText, shortNumber } from "./quantities.ts";

/** Mean rates with their interval: "E 0.59 Hz, I 4.95 Hz, 0 to 80 s". */
export const ratesText = ({ eHz, iHz, interval }: IntervalRates): string =>
  Number.isNaN(eHz) && Number.isNaN(iHz)
    ? `not recorded, or no cell alive (${rangeText(interval)})`
    : `E ${rateText(eHz)}, I ${rateText(iHz)}, ${rangeText(interval)}`;

/** A dash for cells none of which live. */
const rateText = (hz: number): string => (Number.isNaN(hz) ? "–" : `${shortNumber(hz)} Hz`);

const rangeText = ({ startMs, endMs }: IntervalRates["interval"]): string =>
  `${secondsText(startMs)} to ${secondsText(endMs)}`;

/** Onset of hyperactivity with the threshold that it was found by. */
export function onsetText({ onset }: Activity): string {
  const { onsetMs, baselineHz, thresholdHz, multiple, smoothingMs } = onset;
  if (Number.isNaN(baselineHz)) return "unknown: the E cells have no rate at baseline";
  if (baselineHz === 0) return "unknown: the E cells are silent at baseline";
  const when = onsetMs === null ? "none" : secondsText(onsetMs);
  return (
    `${when}: E rate above ${shortNumber(thresholdHz)} Hz, ${shortNumber(multiple)} × the ` +
    `baseline of ${shortNumber(baselineHz)} Hz, averaged over ${secondsText(smoothingMs)}`
  );
}
