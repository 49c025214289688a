import type { ClaimId, Evidence } from "./claims.ts";
import type { RunEvidence } from "./evidence.ts";

/** A number by which a claim can be weighed over several networks, dimensionless. */
export interface Effect {
  readonly what: string;
  /** 0 where what the claim is about makes no difference; null where it is made of what was not measured. */
  readonly of: (evidence: Required<Evidence>) => number | null;
}

/** Distance of the final E rate from baseline: ln(end / baseline). */
const logRatio = ({ end, baseline }: RunEvidence): number => Math.log(end.eHz / baseline.eHz);

/** Fraction of the time after the baseline that follows the onset of hyperactivity; 0 without one. */
const hyperactivePart = ({ onsetS, baselineEndS, durationS }: RunEvidence): number =>
  onsetS === null ? 0 : (durationS - onsetS) / (durationS - baselineEndS);

/** Effect of each claim. */
export const effects: Readonly<Record<ClaimId, Effect>> = {
  "deletion-silences": {
    what: "ln(E rate at the end / baseline), without scaling",
    of: ({ withoutScaling }) => logRatio(withoutScaling),
  },
  "scaling-sustains-deleted": {
    what: "lowest E rate / baseline until half are lost, with scaling − without",
    of: ({ withScaling, withoutScaling }) =>
      withScaling.relativeActivity.least - withoutScaling.relativeActivity.least,
  },
  "scaling-slows-silence": {
    what: "ln(E rate at the end with scaling / without)",
    of: ({ withoutScaling, withScaling }) => Math.log(withScaling.end.eHz / withoutScaling.end.eHz),
  },
  "scaling-keeps-target": {
    what: "ln(E rate at the end / baseline), with scaling",
    of: ({ withScaling }) => logRatio(withScaling),
  },
  "training-ends-in-hyperactivity": {
    what: "fraction of the time after baseline that follows the onset, without scaling",
    of: ({ withoutScaling }) => hyperactivePart(withoutScaling),
  },
  "scaling-prevents-hyperactivity": {
    what: "fraction of the time after baseline that follows the onset, without scaling − with",
    of: ({ withoutScaling, withScaling }) =>
      hyperactivePart(withoutScaling) - hyperactivePart(withScaling),
  },
  "scaling-leaves-learning": {
    what: "1 − correlation of gains with and without scaling, before the onset",
    of: ({ learning }) => learning && 1 - learning.correlation,
  },
  "training-changes-spectrum": {
    what: "distance of E spectra from baseline to end − within the baseline, with scaling",
    of: ({ withScaling: { spectrum } }) =>
      spectrum && spectrum.baselineToEnd - spectrum.withinBaseline,
  },
  "hyperactivity-has-another-spectrum": {
    what: "distance of E spectra from baseline to end, without scaling − with",
    of: ({ withScaling, withoutScaling }) =>
      withoutScaling.spectrum &&
      withScaling.spectrum &&
      withoutScaling.spectrum.baselineToEnd - withScaling.spectrum.baselineToEnd,
  },
};
