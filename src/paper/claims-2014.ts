import type { Measured, Verdict } from "./verdict.ts";

/** Measured values of one replicate for the claims of the 2014 paper. */
export interface ReplicateEvidence {
  readonly seed: number;
  /** Excitatory and inhibitory cells dead at the end. */
  readonly deadE: number;
  readonly deadI: number;
  /** Those of them that died by their own activity. */
  readonly dynamicDeaths: number;
  /** Mean sensed rate of the living excitatory cells before the first death and at the end, Hz. */
  readonly activityBeforeHz: number;
  readonly activityEndHz: number;
  /** Mean scale factor of the living excitatory cells at the end. */
  readonly scaleFactorEnd: number;
  /** Normalised transfer entropy from each population to all others, by segment. */
  readonly information: readonly Readonly<Record<string, number>>[];
}

/** Replicates of each condition, by its role, in the same order of seeds. */
export type ReplicatedEvidence = ReadonlyMap<string, readonly ReplicateEvidence[]>;

/** Something that Rowan, Neymotin & Lytton (2014) claim, and what we take it to mean in numbers. */
interface Claim2014 {
  readonly statement: string;
  readonly criterion: string;
  readonly holds: (measured: readonly Measured[]) => boolean;
  readonly measure: (evidence: ReplicatedEvidence) => Measured[];
}

type Value = (replicate: ReplicateEvidence) => number;

const activity: Value = ({ activityEndHz }) => activityEndHz;
const scaleFactor: Value = ({ scaleFactorEnd }) => scaleFactorEnd;
const dead: Value = ({ deadE, deadI }) => deadE + deadI;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const measured = (name: string, values: readonly number[], unit = "1"): Measured => ({
  name,
  value: meanOf(values),
  unit,
});

const of = (evidence: ReplicatedEvidence, role: string, value: Value): number[] =>
  (evidence.get(role) ?? []).map(value);

/** Differences between each condition and the first, seed by seed. */
function differences(
  evidence: ReplicatedEvidence,
  what: string,
  value: Value,
  unit = "1",
): Measured[] {
  const [[, baseline], ...others] = [...evidence] as [[string, readonly ReplicateEvidence[]]];
  return (others as (readonly [string, readonly ReplicateEvidence[]])[]).map(([role, replicates]) =>
    measured(
      `${what} at ${role}`,
      replicates.map((replicate, k) => value(replicate) - value(baseline[k]!)),
      unit,
    ),
  );
}

/** Intensities that the paper calls low: up to 3 Hz or 3 mV. */
const isLow = ({ name }: Measured): boolean => Number.parseFloat(name.split(" at ")[1]!) <= 3;

const meanOfLow = (all: readonly Measured[]): number =>
  meanOf(all.filter(isLow).map(({ value }) => value ?? Number.NaN));

const LOW = "Mean over seeds and over stimulation of up to 3 Hz or 3 mV";

const E4 = (segment: number) => (replicate: ReplicateEvidence) =>
  replicate.information.at(segment)?.["E4"] ?? Number.NaN;

const allPopulations = (segment: number) => (replicate: ReplicateEvidence) =>
  Object.values(replicate.information.at(segment) ?? {}).reduce((sum, value) => sum + value, 0);

const ratioOf = ([before, after]: readonly Measured[]): number =>
  (after?.value ?? Number.NaN) / (before?.value ?? Number.NaN);

/** All claims of the second paper by name. */
export const claims2014 = {
  "loss-silences": {
    statement: "Without scaling, cell loss reduces the activity of the remaining cells.",
    criterion: "The activity at the end is below 90 % of that before the loss.",
    holds: (all) => ratioOf(all) < 0.9,
    measure: (evidence) => [
      measured(
        "activity before the loss",
        of(evidence, "withoutScaling", ({ activityBeforeHz }) => activityBeforeHz),
        "Hz",
      ),
      measured("activity at the end", of(evidence, "withoutScaling", activity), "Hz"),
    ],
  },
  "scaling-restores-activity": {
    statement: "With scaling, the activity of the remaining cells is higher than without.",
    criterion: "The activity at the end is at least 1.1 times that without scaling.",
    holds: (all) => ratioOf(all) >= 1.1,
    measure: (evidence) => [
      measured(
        "activity at the end, without scaling",
        of(evidence, "withoutScaling", activity),
        "Hz",
      ),
      measured("activity at the end, with scaling", of(evidence, "withScaling", activity), "Hz"),
      measured("scale factor at the end", of(evidence, "withScaling", scaleFactor)),
    ],
  },
  "scaling-drives-loss": {
    statement: "Scaling leads to further cell loss by excitotoxicity.",
    criterion: "In every replicate cells die by their own activity; on average at least ten.",
    holds: ([mean, least]) => mean!.value! >= 10 && least!.value! > 0,
    measure: (evidence) => {
      const deaths = of(evidence, "withScaling", ({ dynamicDeaths }) => dynamicDeaths);
      return [
        measured("deaths by their own activity", deaths),
        measured("fewest in a replicate", [Math.min(...deaths)]),
        measured("all dead cells, with scaling", of(evidence, "withScaling", dead)),
        measured("all dead cells, without scaling", of(evidence, "withoutScaling", dead)),
      ];
    },
  },
  "stimulation-raises-activity": {
    statement: "Low-intensity stimulation raises activity.",
    criterion: `${LOW}, the activity at the end is higher than without stimulation.`,
    holds: (all) => meanOfLow(all) > 0,
    measure: (evidence) => differences(evidence, "difference of activity", activity, "Hz"),
  },
  "stimulation-lowers-scaling": {
    statement: "Low-intensity stimulation reduces the up-scaling of the remaining cells.",
    criterion: `${LOW}, the scale factor at the end is lower than without stimulation.`,
    holds: (all) => meanOfLow(all) < 0,
    measure: (evidence) => differences(evidence, "difference of the scale factor", scaleFactor),
  },
  "stimulation-slows-loss": {
    statement: "Low-intensity stimulation slows the loss of cells.",
    criterion: `${LOW}, fewer cells are dead at the end than without stimulation.`,
    holds: (all) => meanOfLow(all) < 0,
    measure: (evidence) => differences(evidence, "difference of dead cells", dead),
  },
  "signal-adds-information": {
    statement: "The information signal raises the information flow from its target, layer 4.",
    criterion: "The transfer entropy from E4 is higher with the signal than before it.",
    holds: (all) => ratioOf(all) > 1,
    measure: (evidence) => [
      measured("transfer entropy from E4, before the signal", of(evidence, "signal", E4(0))),
      measured("with the signal", of(evidence, "signal", E4(1))),
    ],
  },
  "stimulation-keeps-information": {
    statement: "Stimulation does not abolish the information flow from layer 4.",
    criterion:
      "The transfer entropy from E4 with stimulation is at least half of that with the signal alone.",
    holds: (all) => ratioOf(all) >= 0.5,
    measure: (evidence) => [
      measured("transfer entropy from E4, with the signal", of(evidence, "signal", E4(1))),
      measured("with signal and stimulation", of(evidence, "signal", E4(2))),
    ],
  },
  "loss-reduces-information": {
    statement: "The loss of cells reduces the information flow.",
    criterion:
      "The transfer entropy of all populations, averaged over weights, is lower in the last segment than in the first.",
    holds: (all) => ratioOf(all) < 1,
    measure: (evidence) => {
      const over = (segment: number) =>
        [...evidence.keys()].flatMap((role) => of(evidence, role, allPopulations(segment)));
      return [
        measured("transfer entropy of all populations, first segment", over(0)),
        measured("last segment", over(-1)),
      ];
    },
  },
} as const satisfies Record<string, Claim2014>;

export type ClaimId2014 = keyof typeof claims2014;

/** Puts a claim to the test. */
export function judge2014(id: ClaimId2014, evidence: ReplicatedEvidence): Verdict {
  const { statement, criterion, holds, measure }: Claim2014 = claims2014[id];
  const all = measure(evidence);
  return { id, statement, criterion, holds: holds(all), measured: all };
}
