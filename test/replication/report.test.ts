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
import { alike, calm, hyperactive } from "../paper/run-evidence.ts";

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
    return [{ task, measures: {} as Measures, endMs: 0, wallSeconds: 0, bytes: 0 }];
  });
  return [study, runs];
}

/** Comparison of gains of which those of the first network are unknown. */
const learning = (directory: string, _: string, untilMs: number) =>
  directory.endsWith(unknown) ? null : { ...alike, timeS: untilMs / 1000 };
let unknown = "none";

describe("the claims over replicates", () => {
  it("hold in so many of them, with a median effect", () => {
    // Without scaling all but the third turn hyperactive, when 0.5 and 0.25 of the time are left.
    const onsets = [5200, 7400, null];
    const [study, runs] = studyOf((seed, scaling) => {
      const onsetS = onsets[seed - 1]!;
      return scaling || onsetS === null ? calm : { ...hyperactive, onsetS };
    });
    const [ends, prevents] = replicatedClaims(study, runs, learning);
    expect(ends).toMatchObject({
      id: "training-ends-in-hyperactivity",
      holds: 2,
      replicates: 3,
      fraction: { fraction: 2 / 3 },
      effect: { count: 3, median: 0.25, lower: Number.NaN, upper: Number.NaN },
      verdicts: [
        { seed: 1, holds: true, effect: 0.5 },
        { seed: 2, holds: true, effect: 0.25 },
        { seed: 3, holds: false, effect: 0 },
      ],
    });
    expect(ends!.fraction.lower).toBeGreaterThan(0.2);
    expect(prevents).toMatchObject({ id: "scaling-prevents-hyperactivity", holds: 3 });
  });

  it("are judged where both runs are there", () => {
    const [study, runs] = studyOf((seed, scaling) => (seed === 2 && scaling ? undefined : calm));
    const [first] = replicatedClaims(study, runs, learning);
    expect(first!.verdicts.map(({ seed }) => seed)).toEqual([1, 3]);
  });

  it("are none where there is no pair", () => {
    const [study, runs] = studyOf((_, scaling) => (scaling ? undefined : calm));
    expect(replicatedClaims(study, runs)).toEqual([]);
    expect(replicatedClaims(study, [])).toEqual([]);
  });

  it("compare gains before the first onset, and leave out what cannot be told", () => {
    const [study, runs] = studyOf((seed, scaling) =>
      scaling ? calm : { ...hyperactive, onsetS: 1000 * seed },
    );
    unknown = study.runDirectory(runs[0]!.task);
    const untilS: number[] = [];
    const all = replicatedClaims(study, runs, (without, scaled, untilMs) => {
      untilS.push(untilMs / 1000);
      return learning(without, scaled, untilMs);
    });
    expect(untilS).toEqual([990, 1990, 2990]);
    const learn = all.find(({ id }) => id === "scaling-leaves-learning")!;
    expect(learn.holds).toBe(2);
    expect(learn.replicates).toBe(2);
    expect(learn.verdicts[0]).toMatchObject({ holds: null, effect: null });
    expect(learn.effect.count).toBe(2);
    expect(learn.effect.median).toBeCloseTo(0.03, 12);
  });
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
