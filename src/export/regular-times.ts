import type { RunExcerpt } from "./excerpt.ts";

/** Of an interval, by which times may be off: they accumulate, and are rounded each time. */
const TOLERANCE = 1e-6;

/**
 * The interval at which times follow each other, ms; undefined where there is no single one.
 *
 * @param expectedMs the interval that is known; without one it takes three times to tell
 */
export function regularStepMs(timesMs: Float64Array, expectedMs?: number): number | undefined {
  const [startMs, nextMs] = timesMs;
  if (startMs === undefined || (expectedMs === undefined && timesMs.length < 3)) return undefined;
  const stepMs = nextMs === undefined ? expectedMs! : nextMs - startMs;
  const isRegular = timesMs.every(
    (timeMs, k) => Math.abs(timeMs - (startMs + k * stepMs)) <= TOLERANCE * stepMs,
  );
  return isRegular ? stepMs : undefined;
}

/** The interval at which cells were sampled, ms. */
export const samplingStepMs = ({ manifest, sampleTimesMs }: RunExcerpt): number => {
  const intervalMs = Number(manifest.parameters["samplingIntervalMs"]!.value);
  return regularStepMs(sampleTimesMs, intervalMs) ?? intervalMs;
};
