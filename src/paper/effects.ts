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

/** ln of the E rate at the end without scaling over that with. */
const logEndRatio = ({ withoutScaling, withScaling }: Required<Evidence>): number =>
  Math.log(withoutScaling.end.eHz / withScaling.end.eHz);

/** Effect size of each claim. */
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
    of: (evidence) => -logEndRatio(evidence),
  },
  "scaling-keeps-target": {
    what: "ln(E rate at the end / baseline), with scaling",
    of: ({ withScaling }) => logRatio(withScaling),
  },
  "training-ends-in-hyperactivity": {
    what: "ln(E rate at the end / baseline), without scaling",
    of: ({ withoutScaling }) => logRatio(withoutScaling),
  },
  "scaling-prevents-hyperactivity": {
    what: "ln(E rate at the end without scaling / with)",
    of: logEndRatio,
  },
  "scaling-lets-learn": {
    what: "ln(mean E→E gain at the end), with scaling",
    of: ({ withScaling: { gain } }) => gain && Math.log(gain.mean),
  },
  "firing-differs-after-training": {
    what: "ln(E rate at the end without scaling / with)",
    of: logEndRatio,
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
