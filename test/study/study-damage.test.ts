import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedJson } from "../../src/encoding/sealed-json.ts";
import { program } from "../../src/host/package.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { keepPlan, openStudy, type Study } from "../../src/study/folder.ts";
import type { PlanTask } from "../../src/study/planning/plan.ts";
import { studyStatus } from "../../src/study/status.ts";
import { collectRuns } from "../../src/study/table.ts";
import { executeTask } from "../../src/study/task.ts";
import { readCompletion, readFailures, writeFailure } from "../../src/study/task-records.ts";
import { pendingTasks } from "../../src/study/work.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const home = sharedFolder();
const plan = planTiny(
  "preset: tiny\nvary: { scaling: [off, on], scalingBeta: [4e-5, 4e-3] }",
  program,
);
// Runs of one column without potentials have all other files.
const { potentials: _, interColumn: __, ...usual } = runFiles;
const recordFiles = Object.values(usual);
const observer = { onReport: () => {}, signal: new AbortController().signal };
const random = randomNumbers(5);

let study: Study;
let whole: string;
let task: PlanTask;
let other: PlanTask;
let measures: unknown[];

const measuresOf = () => plan.tasks.map((one) => readCompletion(study, one)?.measures);

const pathOf = (of: PlanTask, file: string) => join(study.runDirectory(of), file);

beforeAll(async () => {
  study = keepPlan(join(home, "study"), plan);
  for (const { index } of plan.tasks) await executeTask(study, index, observer);
  [task, other] = [plan.tasks[2]!, plan.tasks[3]!];
  measures = measuresOf();
  whole = join(home, "whole");
  cpSync(study.directory, whole, { recursive: true });
});

/** Flips a bit anywhere in a file. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
  writeFileSync(path, bytes);
}

/** Fails unless the one task is named with the file, the others are collected, and it can be mended. */
async function expectNamedAndMended(file: string, damaged = task): Promise<void> {
  const place = relative(study.directory, pathOf(damaged, file));
  const collected = collectRuns(study);
  const runs = plan.tasks.filter(({ kind }) => kind === "run" && damaged.kind === "run");
  if (damaged.kind === "run") {
    expect(collected.damaged.map((error) => error.file)).toEqual([place]);
    expect(collected.runs).toHaveLength(runs.length - 1);
  } else expect(collected.damaged).toEqual([]);
  const status = studyStatus(study);
  expect(status[damaged.kind === "run" ? "runs" : "baselines"].damaged).toBe(1);
  expect(status.notable).toMatchObject([
    { task: damaged, state: { kind: "damaged", damage: { file: place } } },
  ]);
  const pending = pendingTasks(study);
  expect([...pending.baselines, ...pending.runs]).toEqual([damaged]);
  expect(await executeTask(study, damaged.index, observer)).toBe("complete");
  expect(measuresOf()).toEqual(measures);
  expect(studyStatus(study).notable).toEqual([]);
}

describe.each(["completion.json", "curves.json"])("%s of a run of a study", (file) => {
  it("with any bit flipped is named, and made good", async () => {
    for (let turn = 0; turn < 100; turn++) {
      const path = pathOf(task, file);
      const intact = readFileSync(path);
      flip(path);
      expect(collectRuns(study).damaged, `turn ${turn}`).toHaveLength(1);
      if (turn < 99) writeFileSync(path, intact);
    }
    await expectNamedAndMended(file);
  });

  it("that is empty or cut is named, and made good", async () => {
    writeFileSync(pathOf(task, file), "");
    await expectNamedAndMended(file);
    writeFileSync(pathOf(task, file), readFileSync(pathOf(task, file)).subarray(0, -9));
    await expectNamedAndMended(file);
  });

  it("that is another run's is named, and made good", async () => {
    cpSync(pathOf(other, file), pathOf(task, file));
    await expectNamedAndMended(file);
  });

  it("that is a pipe is named, not waited for, and made good", async () => {
    rmSync(pathOf(task, file));
    execFileSync("mkfifo", [pathOf(task, file)]);
    await expectNamedAndMended(file);
  });
});

describe("the record of a run of a study", () => {
  it.each(recordFiles)("without %s is not done any more", async (file) => {
    rmSync(pathOf(task, file));
    await expectNamedAndMended(file);
  });

  it.each(recordFiles)("with another run's %s is not done any more", async (file) => {
    cpSync(pathOf(other, file), pathOf(task, file));
    await expectNamedAndMended(file);
  });

  it("that was replaced by another run, or other files, is made anew, and those are kept", async () => {
    const directory = study.runDirectory(task);
    const kept = ["completion.json", "curves.json"].map(
      (file) => [file, readFileSync(pathOf(task, file))] as const,
    );
    const asides = () => readdirSync(dirname(directory)).filter((name) => name.includes(".aside-"));
    const aside = () => join(dirname(directory), `${task.hash}.aside-${asides().length}`);
    const replace = (fill: () => void) => {
      rmSync(directory, { recursive: true });
      fill();
      for (const [file, bytes] of kept) writeFileSync(pathOf(task, file), bytes);
    };
    replace(() =>
      cpSync(join(whole, relative(study.directory, study.runDirectory(other))), directory, {
        recursive: true,
      }),
    );
    await expectNamedAndMended("manifest.json");
    expect(readFileSync(join(aside(), "manifest.json"))).toEqual(
      readFileSync(pathOf(other, "manifest.json")),
    );
    replace(() => {
      mkdirSync(directory);
      writeFileSync(join(directory, "notes.txt"), "mine");
    });
    await expectNamedAndMended("manifest.json");
    expect(readFileSync(join(aside(), "notes.txt"), "utf8")).toBe("mine");
  });

  it("that is recorded again, and not to its end, is not done", async () => {
    const [baseline] = plan.tasks;
    const directory = study.runDirectory(baseline!);
    const completion = readFileSync(pathOf(baseline!, "completion.json"));
    const { resolveParameters } = await import("../../src/model/derived-defaults.ts");
    rmSync(directory, { recursive: true });
    const parameters = resolveParameters({ sizeFactor: 0.1 });
    await recordRun(
      { directory, overwrite: false, preset: null, label: "", parameters, untilMs: 10 },
      observer,
    );
    writeFileSync(pathOf(baseline!, "completion.json"), completion);
    await expectNamedAndMended("manifest.json", baseline!);
  });
});

it("what version 0.2.0 kept of a task is read, as far as it is whole", () => {
  const path = pathOf(task, "completion.json");
  const intact = readFileSync(path, "utf8");
  const { identity, files, crc32, ...older } = JSON.parse(intact);
  writeFileSync(path, JSON.stringify(older));
  // Its record is of this version, and says so.
  expect(collectRuns(study).damaged.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^it is of run [0-9a-f]{16}, expected one without identity/),
  ]);
  writeFileSync(path, intact);
});

it("a failure's record that is damaged does not hide what else there is to tell", () => {
  const failing = keepPlan(join(home, "failing"), plan);
  writeFailure(failing, task, "no space left");
  writeFailure(failing, other, "no space left");
  const path = join(failing.directory, "failures", `${task.hash}.json`);
  const { crc32, ...older } = JSON.parse(readFileSync(path, "utf8"));
  for (const damage of [() => flip(path), () => writeFileSync(path, "")]) {
    damage();
    const failures = readFailures(failing);
    expect(failures.get(task.hash)!.reason).toMatch(/^unknown, as failures\/.*\.json is damaged$/);
    expect(failures.get(other.hash)!.reason).toBe("no space left");
    writeFileSync(path, sealedJson(older));
  }
  writeFileSync(path, JSON.stringify(older));
  expect(readFailures(failing).get(task.hash)).toEqual(older);
});

it("a plan with a bit flipped is refused by name, and planned again by the sweep", () => {
  const directory = join(home, "flipped");
  keepPlan(directory, plan);
  const intact = ["json", "csv"].map((kind) => readFileSync(join(directory, `plan-0001.${kind}`)));
  for (let turn = 0; turn < 100; turn++) {
    flip(join(directory, turn % 2 ? "plan-0001.json" : "plan-0001.csv"));
    expect(() => openStudy(directory)).toThrow(/plan-0001\.json/);
    if (turn === 99) break;
    for (const [k, kind] of ["json", "csv"].entries()) {
      writeFileSync(join(directory, `plan-0001.${kind}`), intact[k]!);
    }
  }
  expect(keepPlan(directory, plan).planNumber).toBe(2);
  expect(openStudy(directory).plan).toEqual(plan);
});
