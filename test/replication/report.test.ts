import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Measures } from "../../src/measures/quantities.ts";
import type { RunEvidence } from "../../src/paper/evidence.ts";
import { planReplication } from "../../src/replication/plan.ts";
import { replicatedClaims } from "../../src/replication/report.ts";
import { readEvidence, writeEvidence } from "../../src/study/evidence-file.ts";
import { keepPlan, type Study } from "../../src/study/folder.ts";
import type { StudyRun } from "../../src/study/table.ts";
import { temporaryFolder } from "../cli/command.ts";
import { calm, hyperactive } from "../paper/run-evidence.ts";

/** A study of three networks whose runs had made-up outcomes. */
function studyOf(
  outcomes: (seed: number, scaling: boolean) => RunEvidence | undefined,
): readonly [Study, StudyRun[]] {
  const plan = planReplication({ preset: "training-quick", changes: {}, seeds: 3 });
  const study = keepPlan(temporaryFolder(), plan);
  const runs = plan.tasks.flatMap((task): StudyRun[] => {
    const evidence = task.kind === "run" && outcomes(task.seed, task.settings.scaling!);
    if (!evidence) return [];
    mkdirSync(study.runDirectory(task), { recursive: true });
    writeEvidence(study.runDirectory(task), evidence);
    return [{ task, measures: {} as Measures, wallSeconds: 0, bytes: 0 }];
  });
  return [study, runs];
}

describe("the claims over replicates", () => {
  it("hold in so many of them, with effects of such a size", () => {
    // Without scaling all but the third turn hyperactive, to 60, 120 and 0.6 Hz.
    const ends = [60, 120, 0.6];
    const [study, runs] = studyOf((seed, scaling) => {
      if (scaling) return calm;
      const end = { eHz: ends[seed - 1]!, iHz: 5 };
      return seed === 3 ? calm : { ...hyperactive, end };
    });
    const [ends10, prevents] = replicatedClaims(study, runs);
    expect(ends10).toMatchObject({
      id: "training-ends-in-hyperactivity",
      holds: 2,
      replicates: 3,
      fraction: { fraction: 2 / 3 },
      verdicts: [
        { seed: 1, holds: true, effect: Math.log(100) },
        { seed: 2, holds: true, effect: Math.log(200) },
        { seed: 3, holds: false, effect: 0 },
      ],
    });
    const values = [Math.log(100), Math.log(200), 0];
    const mean = (values[0]! + values[1]!) / 3;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    expect(ends10!.effect.mean).toBeCloseTo(mean, 12);
    // Student's t for two degrees of freedom.
    expect(ends10!.effect.upper).toBeCloseTo(mean + (4.302653 * deviation) / Math.sqrt(3), 5);
    expect(ends10!.effect.size).toBeCloseTo(((4 / 7) * mean) / deviation, 12);
    expect(ends10!.fraction.lower).toBeGreaterThan(0.2);
    expect(prevents).toMatchObject({ id: "scaling-prevents-hyperactivity", holds: 3 });
  });

  it("are judged where both runs are there", () => {
    const [study, runs] = studyOf((seed, scaling) => (seed === 2 && scaling ? undefined : calm));
    const [first] = replicatedClaims(study, runs);
    expect(first!.verdicts.map(({ seed }) => seed)).toEqual([1, 3]);
  });

  it("are none where there is no pair", () => {
    const [study, runs] = studyOf((_, scaling) => (scaling ? undefined : calm));
    expect(replicatedClaims(study, runs)).toEqual([]);
    expect(replicatedClaims(study, [])).toEqual([]);
  });

  it("leave out what cannot be told", () => {
    const [study, runs] = studyOf((seed) => (seed === 1 ? { ...calm, gain: null } : calm));
    const learn = replicatedClaims(study, runs).find(({ id }) => id === "scaling-lets-learn")!;
    expect(learn.holds).toBe(2);
    expect(learn.verdicts[0]).toMatchObject({ holds: false, effect: null });
    expect(learn.effect.count).toBe(2);
    expect(learn.effect.mean).toBeCloseTo(Math.log(1.14), 12);
  });
});

it("effects that are infinite are in no mean, and counted", () => {
  const silent = { ...calm, end: { eHz: 0, iHz: 0 } };
  const [study, runs] = studyOf((seed, scaling) => (seed === 1 && scaling ? silent : calm));
  const firing = replicatedClaims(study, runs).find(
    ({ id }) => id === "firing-differs-after-training",
  )!;
  expect(firing.verdicts[0]!.effect).toBe(Infinity);
  expect(firing.effect).toMatchObject({ count: 2, mean: 0 });
});

it("evidence reads back as it was written, unusual numbers included", () => {
  const directory = temporaryFolder();
  const evidence: RunEvidence = {
    ...hyperactive,
    relativeActivity: { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
    end: { eHz: Number.NaN, iHz: 5 },
    gain: null,
  };
  writeEvidence(directory, evidence);
  expect(readEvidence(directory)).toEqual(evidence);
});
