import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { program } from "../../src/host/package.ts";
import { runResults } from "../../src/measures/results.ts";
import { openHistory } from "../../src/runs/history.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { readRunCurves } from "../../src/study/curve-file.ts";
import { keepPlan, openStudy, type Study } from "../../src/study/folder.ts";
import { type PlanTask, taskParameters } from "../../src/study/planning/plan.ts";
import { executeTask } from "../../src/study/task.ts";
import { isComplete, readCompletion, readFailures } from "../../src/study/task-records.ts";
import { expectContinuation, expectSameRecord, sharedFolder } from "../cli/eventful-run.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const home = sharedFolder();

const text = "preset: tiny\nvary: { scaling: [off, on], scalingBeta: [4e-5, 4e-3] }";
const plan = planTiny(text, program);

const undisturbed = { onReport: () => {}, signal: new AbortController().signal };

const newStudy = (name: string) => keepPlan(join(home, name), plan);

async function executeAll(study: Study): Promise<void> {
  for (const { index } of study.plan.tasks) await executeTask(study, index, undisturbed);
}

const completionText = (study: Study, task: PlanTask) =>
  readFileSync(join(study.runDirectory(task), "completion.json"), "utf8");

/** Everything of a study's runs but when and how fast they were done. */
const resultsOf = (study: Study) =>
  study.plan.tasks.map((task) => {
    const { measures, hash } = readCompletion(study, task)!;
    return {
      measures,
      hash,
      curves: task.kind === "run" && readRunCurves(study.runDirectory(task)),
    };
  });

let whole: Study;

beforeAll(async () => {
  whole = newStudy("whole");
  await executeAll(whole);
});

describe("a task of a study", () => {
  it("is the run with its parameters, as if it had not branched off", async () => {
    expect(plan.tasks[0]).toMatchObject({ kind: "baseline", untilMs: 250 });
    for (const task of whole.plan.tasks.slice(1)) {
      const alone = `alone-${task.index}`;
      const parameters = taskParameters(plan.header, task);
      const request = { directory: join(home, alone), overwrite: false, preset: null, label: "" };
      await recordRun({ ...request, parameters }, undisturbed);
      expectContinuation(home, whole.runDirectory(task).slice(home.length), alone, 250);
      const { measures, curves } = runResults(openHistory(join(home, alone)));
      expect(readCompletion(whole, task)!.measures).toEqual(measures);
      expect(resultsOf(whole)[task.index]!.curves).toEqual(roundedCurves(curves));
    }
  });

  it("is done once", async () => {
    const task = whole.task(2);
    const before = completionText(whole, task);
    const changedAt = statSync(join(whole.runDirectory(task), "manifest.json")).mtimeMs;
    expect(await executeTask(whole, 2, undisturbed)).toBe("complete");
    expect(completionText(whole, task)).toBe(before);
    expect(statSync(join(whole.runDirectory(task), "manifest.json")).mtimeMs).toBe(changedAt);
  });

  it("makes the baseline that it needs", async () => {
    const study = newStudy("needy");
    expect(await executeTask(study, 3, undisturbed)).toBe("complete");
    expect(study.plan.tasks.map((task) => isComplete(study, task))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it("can be called at once, any number of times: one does it, the others wait for that", async () => {
    const study = newStudy("crowded");
    const indices = [0, 0, 1, 1, 2, 2, 2];
    const results = await Promise.all(
      indices.map((index) => executeTask(study, index, undisturbed)),
    );
    expect(results).toEqual(indices.map(() => "complete"));
    for (const index of [0, 1, 2]) {
      const [ours, theirs] = [study, whole].map((one) => one.runDirectory(one.task(index)));
      expectSameRecord("", ours!, theirs!);
    }
    expect(readFailures(study).size).toBe(0);
  });

  it("goes on from what there is, and measures what is only to be measured", async () => {
    const study = newStudy("copied");
    cpSync(whole.directory, study.directory, { recursive: true });
    const [stopped, unmeasured] = [study.task(1), study.task(2)];
    rmSync(join(study.runDirectory(stopped), "completion.json"));
    rmSync(join(study.runDirectory(unmeasured), "completion.json"));
    rmSync(join(study.runDirectory(stopped), "spikes"), { recursive: true });
    const changedAt = statSync(join(study.runDirectory(unmeasured), "manifest.json")).mtimeMs;
    for (const { index } of [stopped, unmeasured]) await executeTask(study, index, undisturbed);
    expect(resultsOf(study)).toEqual(resultsOf(whole));
    expect(statSync(join(study.runDirectory(unmeasured), "manifest.json")).mtimeMs).toBe(changedAt);
  });

  it("leaves nothing of what was stopped before it began", async () => {
    const study = newStudy("stopped");
    const stopped = { ...undisturbed, signal: AbortSignal.abort() };
    expect(await executeTask(study, 1, stopped)).toBe("interrupted");
    expect(readdirSync(study.directory).sort()).toEqual(["plan-0001.csv", "plan-0001.json"]);
  });

  it("notes why it failed, until it succeeds", async () => {
    const study = newStudy("failing");
    const place = study.runDirectory(study.task(0));
    const folder = join(study.directory, "baselines");
    writeFileSync(folder, "in the way");
    await expect(executeTask(study, 1, undisturbed)).rejects.toThrow();
    expect(existsSync(place)).toBe(false);
    const failures = readFailures(study);
    expect([...failures.keys()].sort()).toEqual([study.task(0).hash, study.task(1).hash].sort());
    expect(failures.get(study.task(0).hash)!.reason).toMatch(/is a file or below one/);
    rmSync(folder);
    expect(await executeTask(study, 1, undisturbed)).toBe("complete");
    expect(readFailures(study).size).toBe(0);
  });

  it("is refused by another version of the program, and nothing is written", async () => {
    const other = planTiny(text, { ...program, version: "0.0.1" });
    const study = keepPlan(join(home, "other-version"), other);
    await expect(executeTask(study, 1, undisturbed)).rejects.toThrow(
      /was made by isocortex 0\.0\.1; this is isocortex .*plan the sweep again/,
    );
    expect(readdirSync(study.directory).sort()).toEqual(["plan-0001.csv", "plan-0001.json"]);
    expect(openStudy(study.directory).plan).toEqual(other);
  });
});

/** Curves as they are kept: with seven digits. */
const roundedCurves = (curves: ReturnType<typeof runResults>["curves"]) =>
  Object.fromEntries(
    Object.entries(curves).map(([name, { timesMs, values }]) => [
      name,
      { timesMs, values: values.map((value) => Number(value.toPrecision(7))) },
    ]),
  );
