import {
  type FractionInterval,
  meanBand,
  wilsonInterval,
} from "../analysis/statistics/confidence.ts";
import { standardizedMean } from "../analysis/statistics/effect-size.ts";
import { finiteValues } from "../analysis/statistics/moments.ts";
import { type ClaimId, claims, type Evidence, judge } from "../paper/claims.ts";
import { effects } from "../paper/effects.ts";
import { readEvidence } from "../study/evidence-file.ts";
import type { Study } from "../study/folder.ts";
import { taskCourse } from "../study/planning/plan.ts";
import type { StudyRun } from "../study/table.ts";
import { claimsAbout } from "./plan.ts";

/** Verdict on a claim in one replicate. */
export interface ReplicateVerdict {
  readonly seed: number;
  readonly holds: boolean;
  /** Effect of the claim; null where what it is made of does not exist. */
  readonly effect: number | null;
}

/** A mean with its 95 % confidence limits; NaN limits of fewer than two values. */
export interface MeanInterval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** A claim of the paper over all replicates. */
export interface ReplicatedClaim {
  readonly id: ClaimId;
  readonly statement: string;
  readonly criterion: string;
  /** In how many replicates it holds, and of how many, as a fraction with Wilson's 95 % limits. */
  readonly holds: number;
  readonly replicates: number;
  readonly fraction: FractionInterval;
  /**
   * Effect: its mean over the replicates in which it is finite, their number, and the mean in
   * standard deviations.
   */
  readonly effect: MeanInterval & {
    readonly what: string;
    readonly count: number;
    readonly size: number;
  };
  readonly verdicts: readonly ReplicateVerdict[];
}

/** Puts the paper's claims to the test in every replicate of which both runs are complete. */
export function replicatedClaims(study: Study, runs: readonly StudyRun[]): ReplicatedClaim[] {
  const [first] = runs;
  if (!first) return [];
  const pairs = pairedEvidence(study, runs);
  if (pairs.length === 0) return [];
  const { header } = study.plan;
  return claimsAbout(taskCourse(header, first.task)).map((id) => claimOver(id, pairs));
}

interface Pair {
  readonly seed: number;
  readonly evidence: Required<Evidence>;
}

function pairedEvidence(study: Study, runs: readonly StudyRun[]): Pair[] {
  const evidence = new Map<number, Evidence>();
  for (const { task } of runs) {
    const own = readEvidence(study.runDirectory(task));
    const role = task.settings.scaling ? { withScaling: own } : { withoutScaling: own };
    evidence.set(task.seed, { ...evidence.get(task.seed), ...role });
  }
  return [...evidence].flatMap(([seed, { withoutScaling, withScaling }]) =>
    withoutScaling && withScaling ? [{ seed, evidence: { withoutScaling, withScaling } }] : [],
  );
}

function claimOver(id: ClaimId, pairs: readonly Pair[]): ReplicatedClaim {
  const { what, of } = effects[id];
  const verdicts = pairs.map(({ seed, evidence }) => ({
    seed,
    holds: judge(id, evidence).holds,
    effect: of(evidence),
  }));
  const { statement, criterion } = claims[id];
  const values = Float64Array.from(verdicts, (verdict) => verdict.effect ?? Number.NaN);
  const known = finiteValues(values);
  const { mean, lower, upper } = meanBand(Array.from(values, (value) => Float64Array.of(value)));
  const holds = verdicts.filter((verdict) => verdict.holds).length;
  return {
    id,
    statement,
    criterion,
    holds,
    replicates: verdicts.length,
    fraction: wilsonInterval(holds, verdicts.length),
    effect: {
      what,
      count: known.length,
      mean: mean[0]!,
      lower: lower[0]!,
      upper: upper[0]!,
      size: standardizedMean(known),
    },
    verdicts,
  };
}
