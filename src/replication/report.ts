import { type FractionInterval, wilsonInterval } from "../analysis/statistics/confidence.ts";
import { type MedianInterval, medianInterval } from "../analysis/statistics/median.ts";
import { finiteValues } from "../analysis/statistics/moments.ts";
import { pairedGains } from "../measures/paired-gains.ts";
import { type ClaimId, calmUntilMs, claims, type Evidence, judge } from "../paper/claims.ts";
import { effects } from "../paper/effects.ts";
import type { PairedGains } from "../paper/evidence.ts";
import { openHistory } from "../runs/history.ts";
import { readEvidence } from "../study/evidence-file.ts";
import type { Study } from "../study/folder.ts";
import { taskCourse } from "../study/planning/plan.ts";
import type { StudyRun } from "../study/table.ts";
import { claimsAbout } from "./plan.ts";

/** Verdict on a claim in one replicate. */
export interface ReplicateVerdict {
  readonly seed: number;
  /** Null where it could not be tested. */
  readonly holds: boolean | null;
  /** Effect of the claim; null where what it is made of does not exist. */
  readonly effect: number | null;
}

/** A claim of the paper over all replicates. */
export interface ReplicatedClaim {
  readonly id: ClaimId;
  readonly statement: string;
  readonly criterion: string;
  /** Number of replicates in which it holds, and in which it could be tested. */
  readonly holds: number;
  readonly replicates: number;
  /** The one over the other, with Wilson's 95 % limits. */
  readonly fraction: FractionInterval;
  /** Effect: its median over the replicates in which it is finite. */
  readonly effect: MedianInterval & { readonly what: string };
  readonly verdicts: readonly ReplicateVerdict[];
}

/**
 * Puts the paper's claims to the test in every replicate of which both runs are complete.
 *
 * @param learningIn compares the gains of two runs in these directories until a time, ms
 */
export function replicatedClaims(
  study: Study,
  runs: readonly StudyRun[],
  learningIn = recordedLearning,
): ReplicatedClaim[] {
  const [first] = runs;
  if (!first) return [];
  const ids = claimsAbout(taskCourse(study.plan.header, first.task));
  const pairs = pairedEvidence(study, runs);
  if (pairs.length === 0) return [];
  const whole = pairs.map(({ directories, ...pair }) => ({
    ...pair,
    learning: ids.includes("scaling-leaves-learning")
      ? learningIn(...directories, calmUntilMs(pair))
      : null,
  }));
  return ids.map((id) => claimOver(id, whole));
}

const recordedLearning = (without: string, scaled: string, untilMs: number): PairedGains | null =>
  pairedGains(openHistory(without), openHistory(scaled), untilMs);

interface Pair extends Required<Evidence> {
  readonly seed: number;
}

function pairedEvidence(study: Study, runs: readonly StudyRun[]) {
  const found = new Map<number, Map<boolean, string>>();
  for (const { task } of runs) {
    const pair = found.get(task.seed) ?? new Map<boolean, string>();
    found.set(task.seed, pair.set(task.settings.scaling === true, study.runDirectory(task)));
  }
  return [...found].flatMap(([seed, pair]) => {
    const directories = [pair.get(false), pair.get(true)] as const;
    const [without, scaled] = directories;
    if (without === undefined || scaled === undefined) return [];
    const [withoutScaling, withScaling] = [readEvidence(without), readEvidence(scaled)];
    return [{ seed, withoutScaling, withScaling, directories: [without, scaled] as const }];
  });
}

function claimOver(id: ClaimId, pairs: readonly Pair[]): ReplicatedClaim {
  const { what, of } = effects[id];
  const verdicts = pairs.map(({ seed, ...evidence }) => ({
    seed,
    holds: judge(id, evidence).holds,
    effect: of(evidence),
  }));
  const { statement, criterion } = claims[id];
  const values = Float64Array.from(verdicts, (verdict) => verdict.effect ?? Number.NaN);
  const known = finiteValues(values);
  const tested = verdicts.filter(({ holds }) => holds !== null);
  const holds = tested.filter((verdict) => verdict.holds).length;
  return {
    id,
    statement,
    criterion,
    holds,
    replicates: tested.length,
    fraction: wilsonInterval(holds, tested.length),
    effect: { what, ...medianInterval(known) },
    verdicts,
  };
}
