import type { RunEvidence } from "./evidence.ts";
import type { Measured, Verdict } from "./verdict.ts";

/** The runs that a claim is about: a pair that differs in scaling, or one alone. */
export interface Evidence {
  readonly withoutScaling?: RunEvidence;
  readonly withScaling?: RunEvidence;
}

/** Something that Rowan & Neymotin (2013) claim, and what we take it to mean in numbers. */
export interface Claim {
  /** In our words. */
  readonly statement: string;
  /** Time at which we say that it holds. */
  readonly criterion: string;
  readonly needs: readonly (keyof Evidence)[];
  readonly holds: (evidence: Required<Evidence>) => boolean;
  readonly measure: (evidence: Required<Evidence>) => Measured[];
}

const hz = (name: string, value: number | null | undefined): Measured => ({
  ...plain(name, value),
  unit: "Hz",
});
const plain = (name: string, value: number | null | undefined): Measured => ({
  name,
  value: value ?? null,
  unit: "1",
});
const onset = ({ onsetS }: RunEvidence): Measured => ({
  name: "onset of hyperactivity",
  value: onsetS,
  unit: "s",
});

/** The E rate at the end over that of the baseline. */
const ratio = ({ end, baseline }: RunEvidence): number => end.eHz / baseline.eHz;

const within = (value: number, part: number): boolean => Math.abs(value - 1) <= part;

const startAndEnd = ({ baseline, end }: RunEvidence): Measured[] => [
  hz("E rate, baseline", baseline.eHz),
  hz("E rate, end", end.eHz),
];

/** A rate this much above the baseline's is another state, not a fluctuation. */
const HYPERACTIVE_RATIO = 10;

/** All claims by name. */
export const claims = {
  "deletion-silences": {
    statement: "Without scaling, cell loss reduces the mean firing rate of the survivors.",
    criterion: "The final E rate is below 60 % of baseline.",
    needs: ["withoutScaling"],
    holds: ({ withoutScaling }) => ratio(withoutScaling) < 0.6,
    measure: ({ withoutScaling }) => [
      ...startAndEnd(withoutScaling),
      plain("end / baseline", ratio(withoutScaling)),
      plain("living cells, end", withoutScaling.livingCells),
    ],
  },
  "scaling-sustains-deleted": {
    statement: "With scaling, the survivors maintain their activity while cells are lost.",
    criterion:
      "Until half of the cells are lost, the E rate in every twentieth of the time stays " +
      "within 25 % of baseline.",
    needs: ["withScaling"],
    holds: ({ withScaling: { relativeActivity } }) =>
      relativeActivity.least >= 0.75 && relativeActivity.most <= 1.25,
    measure: ({ withScaling }) => [
      ...startAndEnd(withScaling),
      plain("lowest E rate / baseline, until half are lost", withScaling.relativeActivity.least),
      plain("highest E rate / baseline, until half are lost", withScaling.relativeActivity.most),
      plain("mean scale factor, end", withScaling.scaleFactor?.mean),
    ],
  },
  "scaling-slows-silence": {
    statement: "Scaling reduces the loss of activity.",
    criterion: "The final E rate with scaling is at least 1.2 times that without.",
    needs: ["withoutScaling", "withScaling"],
    holds: ({ withoutScaling, withScaling }) => withScaling.end.eHz >= 1.2 * withoutScaling.end.eHz,
    measure: ({ withoutScaling, withScaling }) => [
      hz("E rate, end, without scaling", withoutScaling.end.eHz),
      hz("E rate, end, with scaling", withScaling.end.eHz),
      plain("with / without", withScaling.end.eHz / withoutScaling.end.eHz),
    ],
  },
  "scaling-keeps-target": {
    statement: "Scaling alone maintains the target activity.",
    criterion: "The E rate in every twentieth of the time stays within 15 % of baseline.",
    needs: ["withScaling"],
    holds: ({ withScaling: { relativeActivity } }) =>
      relativeActivity.least >= 0.85 && relativeActivity.most <= 1.15,
    measure: ({ withScaling }) => [
      ...startAndEnd(withScaling),
      plain("lowest E rate / baseline", withScaling.relativeActivity.least),
      plain("highest E rate / baseline", withScaling.relativeActivity.most),
      plain("mean scale factor, end", withScaling.scaleFactor?.mean),
      plain("standard deviation of scale factors, end", withScaling.scaleFactor?.standardDeviation),
    ],
  },
  "training-ends-in-hyperactivity": {
    statement: "Training without scaling ends in hyperactivity.",
    criterion:
      "The E rate over 10 s exceeds ten times baseline, and the final E rate exceeds " +
      `${HYPERACTIVE_RATIO} times baseline.`,
    needs: ["withoutScaling"],
    holds: ({ withoutScaling }) =>
      withoutScaling.onsetS !== null && ratio(withoutScaling) > HYPERACTIVE_RATIO,
    measure: ({ withoutScaling }) => [
      ...startAndEnd(withoutScaling),
      hz("I rate, end", withoutScaling.end.iHz),
      onset(withoutScaling),
      plain("mean E→E gain, end", withoutScaling.gain?.mean),
    ],
  },
  "scaling-prevents-hyperactivity": {
    statement: "With scaling, training does not end in hyperactivity.",
    criterion:
      "The E rate over 10 s never exceeds ten times baseline, and the final E rate is within " +
      "25 % of baseline.",
    needs: ["withScaling"],
    holds: ({ withScaling }) => withScaling.onsetS === null && within(ratio(withScaling), 0.25),
    measure: ({ withScaling }) => [
      ...startAndEnd(withScaling),
      hz("highest E rate over 10 s", withScaling.highestEHz),
      onset(withScaling),
      plain("mean scale factor, end", withScaling.scaleFactor?.mean),
    ],
  },
  "scaling-lets-learn": {
    statement: "Scaling permits learning: plastic gains increase.",
    criterion:
      "At the end the mean gain between E cells exceeds 1.05 and the largest exceeds 2, with " +
      "scaling.",
    needs: ["withScaling"],
    holds: ({ withScaling: { gain } }) => gain !== null && gain.mean > 1.05 && gain.most > 2,
    measure: ({ withScaling: { gain } }) => [
      plain("mean E→E gain, end", gain?.mean),
      plain("standard deviation of gains, end", gain?.standardDeviation),
      plain("largest gain, end", gain?.most),
    ],
  },
  "firing-differs-after-training": {
    statement: "After training, firing is at baseline with scaling and hyperactive without.",
    criterion:
      `The final E rate exceeds ${HYPERACTIVE_RATIO} times baseline without scaling, and is ` +
      "within 25 % of baseline with scaling.",
    needs: ["withoutScaling", "withScaling"],
    holds: ({ withoutScaling, withScaling }) =>
      ratio(withoutScaling) > HYPERACTIVE_RATIO && within(ratio(withScaling), 0.25),
    measure: ({ withoutScaling, withScaling }) => [
      hz("E rate, end, without scaling", withoutScaling.end.eHz),
      hz("E rate, end, with scaling", withScaling.end.eHz),
      hz("I rate, end, without scaling", withoutScaling.end.iHz),
      hz("I rate, end, with scaling", withScaling.end.iHz),
    ],
  },
  "training-changes-spectrum": {
    statement: "Training with scaling changes the spectrum of activity.",
    criterion:
      "The distance between the E spectra of baseline and recall is at least 1.5 times that " +
      "between two segments of the baseline.",
    needs: ["withScaling"],
    holds: ({ withScaling: { spectrum } }) =>
      spectrum !== null && spectrum.baselineToEnd >= 1.5 * spectrum.withinBaseline,
    measure: ({ withScaling: { spectrum } }) => [
      plain("distance of spectra within the baseline", spectrum?.withinBaseline),
      plain("distance from the baseline to the end", spectrum?.baselineToEnd),
      hz("frequency of highest power, baseline", spectrum?.baselinePeakHz),
      hz("frequency of highest power, end", spectrum?.endPeakHz),
    ],
  },
  "hyperactivity-has-another-spectrum": {
    statement: "Without scaling, the spectrum after training is that of a different state.",
    criterion:
      "The distance between the E spectra of baseline and recall is larger without scaling " +
      "than with scaling.",
    needs: ["withoutScaling", "withScaling"],
    holds: ({ withoutScaling, withScaling }) =>
      (withoutScaling.spectrum?.baselineToEnd ?? Number.NaN) >
      (withScaling.spectrum?.baselineToEnd ?? Number.NaN),
    measure: ({ withoutScaling, withScaling }) => [
      plain("distance, without scaling", withoutScaling.spectrum?.baselineToEnd),
      plain("distance, with scaling", withScaling.spectrum?.baselineToEnd),
      hz("frequency of highest power, end, without scaling", withoutScaling.spectrum?.endPeakHz),
    ],
  },
} as const satisfies Record<string, Claim>;

export type ClaimId = keyof typeof claims;

/** Values that are infinite or not a number and so in no mean, where there are any. */
function leftOut(evidence: Evidence): Measured[] {
  return [evidence.withoutScaling, evidence.withScaling].flatMap((run) => {
    const [factors, gains] = [run?.scaleFactor?.notFinite ?? 0, run?.gain?.notFinite ?? 0];
    return [
      ...(factors > 0 ? [plain("scale factors infinite or NaN", factors)] : []),
      ...(gains > 0 ? [plain("E→E gains infinite or NaN", gains)] : []),
    ];
  });
}

/** Puts a claim to the test. Throws a `RangeError` when a run that it is about is missing. */
export function judge(id: ClaimId, evidence: Evidence): Verdict {
  const { statement, criterion, needs, holds, measure }: Claim = claims[id];
  for (const role of needs) {
    if (evidence[role] === undefined) throw new RangeError(`${id} needs a run ${role}.`);
  }
  const whole = evidence as Required<Evidence>;
  const measured = [...measure(whole), ...leftOut(whole)];
  return { id, statement, criterion, holds: holds(whole), measured };
}
