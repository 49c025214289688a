import type { PairedGains, RunEvidence } from "./evidence.ts";
import type { Measured, Verdict } from "./verdict.ts";

/** The runs that a claim is about: a pair that differs in scaling, or one alone. */
export interface Evidence {
  readonly withoutScaling?: RunEvidence;
  readonly withScaling?: RunEvidence;
  /** Gains of both; null where no common record precedes hyperactivity. */
  readonly learning?: PairedGains | null;
}

/** Sentences of the abstract of Rowan & Neymotin (2013) that the claims are tests of. */
const abstract = {
  rhythms: "… a … model of neocortex which can learn changes in oscillatory rhythms using STDP",
  balance:
    "… scaling is necessary to balance both positive and negative changes in input from " +
    "potentiation and atrophy",
  learning: "… scaling regulates activity whilst allowing learning to remain unaltered",
} as const;

/** A test of something that Rowan & Neymotin (2013) claim. */
export interface Claim {
  /** In our words. */
  readonly statement: string;
  /** The sentence of the abstract; undefined for a statement of ours. */
  readonly abstract?: string;
  /** Condition under which we say that it holds. */
  readonly criterion: string;
  readonly needs: readonly ("withoutScaling" | "withScaling")[];
  /** Null where what it is about does not exist in these runs. */
  readonly holds: (evidence: Required<Evidence>) => boolean | null;
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

/** Mean growth of gains with scaling over that without. */
const growthRatio = ({ meanWith, meanWithout }: PairedGains): number =>
  (meanWith - 1) / (meanWithout - 1);

/** Averaging time of the onset of hyperactivity, s: the rise begins at most so long before it. */
const ONSET_SMOOTHING_S = 10;

/** Time until which neither of two runs is hyperactive, ms; infinite where neither ever is. */
export const calmUntilMs = ({ withoutScaling, withScaling }: Evidence): number =>
  1000 *
  (Math.min(withoutScaling?.onsetS ?? Infinity, withScaling?.onsetS ?? Infinity) -
    ONSET_SMOOTHING_S);

/** A rate this much above the baseline's is another state, not a fluctuation. */
const HYPERACTIVE_RATIO = 10;

/** All claims by name. */
export const claims = {
  "deletion-silences": {
    statement: "Without scaling, cell loss reduces the mean firing rate of the survivors.",
    abstract: abstract.balance,
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
    abstract: abstract.balance,
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
    abstract: abstract.balance,
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
    abstract: abstract.learning,
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
    abstract: abstract.balance,
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
    abstract: abstract.balance,
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
  "scaling-leaves-learning": {
    statement: "Until hyperactivity begins, gains develop with scaling as they do without.",
    abstract: abstract.learning,
    criterion:
      "At the last record of gains at least 10 s before hyperactivity in either run, the E→E gains of " +
      "both correlate with r ≥ 0.9, and their mean growth differs by at most 10 %.",
    needs: ["withoutScaling", "withScaling"],
    holds: ({ learning }) =>
      learning && learning.correlation >= 0.9 && within(growthRatio(learning), 0.1),
    measure: ({ learning }) => [
      { name: "time of the compared gains", value: learning?.timeS ?? null, unit: "s" },
      plain("correlation of gains with and without scaling", learning?.correlation),
      plain("mean growth of gains, without scaling", learning && learning.meanWithout - 1),
      plain("growth with scaling / without", learning && growthRatio(learning)),
    ],
  },
  "training-changes-spectrum": {
    statement: "Training with scaling changes the spectrum of activity.",
    abstract: abstract.rhythms,
    criterion:
      "The distance between the E spectra of baseline and recall is at least 1.5 times that " +
      "between two segments of the baseline.",
    needs: ["withScaling"],
    holds: ({ withScaling: { spectrum } }) =>
      spectrum && spectrum.baselineToEnd >= 1.5 * spectrum.withinBaseline,
    measure: ({ withScaling: { spectrum } }) => [
      plain("distance of spectra within the baseline", spectrum?.withinBaseline),
      plain("distance from the baseline to the end", spectrum?.baselineToEnd),
    ],
  },
  "hyperactivity-has-another-spectrum": {
    statement: "Without scaling, the spectrum after training is that of a different state.",
    criterion:
      "The distance between the E spectra of baseline and recall is larger without scaling " +
      "than with scaling.",
    needs: ["withoutScaling", "withScaling"],
    holds: ({ withoutScaling, withScaling }) =>
      withoutScaling.spectrum &&
      withScaling.spectrum &&
      withoutScaling.spectrum.baselineToEnd > withScaling.spectrum.baselineToEnd,
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
  const { needs, holds, measure, ...wording }: Claim = claims[id];
  for (const role of needs) {
    if (evidence[role] === undefined) throw new RangeError(`${id} needs a run ${role}.`);
  }
  const whole = { learning: null, ...evidence } as Required<Evidence>;
  const measured = [...measure(whole), ...leftOut(whole)];
  return { id, ...wording, holds: holds(whole), measured };
}
