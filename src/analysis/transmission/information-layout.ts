import type { CoefficientLayout } from "./coefficient-moments.ts";
import { durationOf, TOLERANCE_MS, type Trial, type TrialInput } from "./trials.ts";

/** Options of `FourierInformation`. */
export interface FourierInformationOptions {
  /** Highest frequency, Hz. */
  readonly mostHz?: number;
  /** Approximate width of the frequency bands, Hz. */
  readonly bandHz?: number;
  /** Number of equal segments per trial; by default segments of about 10 s. */
  readonly segmentsPerTrial?: number;
  /** Groups of trains, by their indices, for joint information; by default none. */
  readonly groups?: readonly (readonly number[])[];
}

/** Thrown when trials, bands or groups of trains do not allow an estimate of information. */
export class InformationError extends Error {
  override readonly name = "InformationError";
}

/** Layout of an estimate of information: its segments, bands and groups. */
export interface InformationLayout extends CoefficientLayout {
  readonly segmentMs: number;
  readonly frequenciesHz: Float64Array;
  readonly bandHz: number;
}

const USUAL_SEGMENT_MS = 10_000;

/** Lays an estimate out, or throws an {@link InformationError} that says why there is none. */
export function informationLayout(
  trainCount: number,
  trials: readonly Trial[],
  options: FourierInformationOptions,
): InformationLayout {
  checkTrials(trials);
  const trialMs = durationOf(trials[0]!);
  const usualSegments = Math.max(1, Math.round(trialMs / USUAL_SEGMENT_MS));
  const { mostHz = 100, bandHz = 1, segmentsPerTrial = usualSegments, groups = [] } = options;
  if (!(Number.isInteger(segmentsPerTrial) && segmentsPerTrial >= 1)) {
    throw new InformationError(
      `A trial cannot be divided into ${segmentsPerTrial} segments; expected a whole number of at least 1.`,
    );
  }
  const segmentMs = trialMs / segmentsPerTrial;
  const spacingHz = 1000 / segmentMs;
  const perBand = Math.max(1, Math.round(bandHz / spacingHz));
  const bandCount = Math.floor(mostHz / (perBand * spacingHz) + 1e-9);
  if (!(bandCount >= 1)) {
    throw new InformationError(
      `Segments of ${segmentMs / 1000} s have no band of ${bandHz} Hz below ${mostHz} Hz; use longer segments, narrower bands or higher frequencies.`,
    );
  }
  checkGroups(groups, trainCount, degreesOf(trials) * segmentsPerTrial * perBand);
  return {
    trainCount,
    groups,
    segmentMs,
    segmentsPerTrial,
    perBand,
    bandCount,
    bandHz: perBand * spacingHz,
    // Frequency 0, the number of spikes, is left out.
    frequenciesHz: Float64Array.from(
      { length: bandCount },
      (_, band) => (band * perBand + (perBand + 1) / 2) * spacingHz,
    ),
  };
}

function checkTrials(trials: readonly Trial[]): void {
  for (const wanted of ["unique", "repeat"] as const) {
    const count = countOf(trials, wanted);
    if (count >= 2) continue;
    throw new InformationError(
      `There are ${count} complete ${wanted} trials; information requires at least two unique and two repeat trials.`,
    );
  }
  const durations = trials.map(durationOf);
  const [shortest, longest] = [Math.min(...durations), Math.max(...durations)];
  if (!(shortest > 0 && longest - shortest <= TOLERANCE_MS)) {
    throw new InformationError(
      `Trials last ${shortest} to ${longest} ms; expected trials of equal duration above 0.`,
    );
  }
  if (trials.some(({ startMs }, k) => k > 0 && startMs < trials[k - 1]!.endMs - TOLERANCE_MS)) {
    throw new InformationError("Trials overlap; expected successive trials in order of time.");
  }
}

/** Determinants exist only where there are as many independent coefficients as trains. */
function checkGroups(
  groups: readonly (readonly number[])[],
  trainCount: number,
  degrees: number,
): void {
  const isTrain = (place: number) => Number.isInteger(place) && place >= 0 && place < trainCount;
  const stranger = groups.flat().find((place) => !isTrain(place));
  if (stranger !== undefined) {
    throw new InformationError(
      `A group contains train ${stranger}; trains are numbered 0 to ${trainCount - 1}.`,
    );
  }
  const most = groups.reduce((largest, { length }) => Math.max(largest, length), 0);
  if (most <= degrees) return;
  throw new InformationError(
    `A group of ${most} trains requires as many independent coefficients in each band, but there are ${degrees}; use fewer trains, more trials or wider bands.`,
  );
}

/** Trials of the rarer kind, less the one that their mean costs. */
const degreesOf = (trials: readonly Trial[]): number =>
  Math.min(countOf(trials, "unique"), countOf(trials, "repeat")) - 1;

const countOf = (trials: readonly Trial[], wanted: TrialInput): number =>
  trials.filter(({ input }) => input === wanted).length;
