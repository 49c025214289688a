import {
  type CensoredValue,
  censoredMedian,
  type MedianBand,
  medianBand,
  medianCoverage,
} from "../analysis/statistics/median.ts";
import type { MeasureName } from "../measures/quantities.ts";
import { measureDefinitions } from "../measures/quantities.ts";
import type { StudyRun } from "./table.ts";

/**
 * A measure of a run; of an event that a run ended without, the end of the run, which the event's time
 * exceeds. Undefined if there is no such measure of the run, or none that is finite.
 */
export function runValue(
  { measures, endMs }: StudyRun,
  measure: MeasureName,
): CensoredValue | undefined {
  const value = measures[measure];
  if (value !== null) return Number.isFinite(value) ? { value, isCensored: false } : undefined;
  const isMissed = measureDefinitions[measure].isEventTime && wasMeasured(measures, measure);
  return isMissed ? { value: endMs / 1000, isCensored: true } : undefined;
}

/** Version 0.2.0 had no measures of the range of the state. */
const wasMeasured = (measures: StudyRun["measures"], measure: MeasureName): boolean =>
  measure === "hyperactivityOnsetS" || measures.notFiniteCells !== null;

/** Items that medians are taken over. */
export interface Pool {
  /** "5 seeds and 3 values of scalingBeta". */
  readonly text: string;
  /** True for independent networks and inputs alone: values of a parameter are not a sample. */
  readonly isSample: boolean;
}

/** Medians of the values at each place, with limits where these are a sample. */
export function mediansOf(
  places: readonly (readonly CensoredValue[])[],
  pool: Pool | undefined,
): MedianBand {
  const band = medianBand(places.map(censoredMedian));
  if (!pool || pool.isSample) return band;
  const none = band.median.map(() => Number.NaN);
  return { ...band, lower: none, upper: none };
}

/** Meaning of the limits of medians of so many runs each, with their exact coverage. */
export function limitsShown(counts: ArrayLike<number>, { text }: Pool): string {
  const known = Array.from(counts, medianCoverage).filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)].map(percent);
  const coverage = least === most ? least : `${least} to ${most}`;
  return `order-statistic interval of the median over ${text}, coverage ${coverage} %`;
}

/** A note on medians that have no limits. */
export function limitNotes(counts: ArrayLike<number>, pool: Pool | undefined): string[] {
  if (!pool) return [];
  if (!pool.isSample)
    return ["No interval of these medians: values of a parameter are not a sample."];
  const few = Array.from(counts).filter(
    (count) => count > 1 && Number.isNaN(medianCoverage(count)),
  );
  if (few.length === 0) return [];
  const most = Math.max(...few);
  return [
    `No 95 % interval of the median over ${most} runs exists: their whole range covers it with ${percent(1 - 2 ** (1 - most))} %.`,
  ];
}

const percent = (part: number): string => String(Number((100 * part).toFixed(1)));
