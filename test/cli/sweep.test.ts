import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../src/recording/manifest-file.ts";
import { leaseHolder } from "../../src/store/lease.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { openStudy } from "../../src/study/folder.ts";
import { isComplete, readCompletion, writeFailure } from "../../src/study/task-records.ts";
import { everythingIn, inThisProcess, isocortex } from "./command.ts";
import { expectSameRecord, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** Four runs of a second of a column of 43 cells, two of each network, on two baselines. */
const tiny = `
preset: training-quick
set:
  sizeFactor: 0.1
  baselineDurationS: 0.4
  learningDurationS: 0.4
  recallDurationS: 0.2
  scalingStartMs: 500
  samplingStartMs: 100
  samplingIntervalMs: 100
vary:
  scaling: [off, on]
seeds: 2
`;

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

const tasksOf = (directory: string) => {
  const study = openStudy(join(cwd, directory));
  return study.plan.tasks.map((task) => ({ task, study, run: study.runDirectory(task) }));
};

/** A copy of the complete study. */
const copyStudy = (directory: string) =>
  cpSync(join(cwd, "original"), join(cwd, directory), { recursive: true });

const finishedAt = (directory: string) =>
  tasksOf(directory).map(({ study, task }) => readCompletion(study, task)?.finishedAt);

beforeAll(async () => {
  write("tiny.yaml", tiny);
  const { code, stderr } = await isocortex(["sweep", "tiny.yaml"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  cpSync(join(cwd, "sweeps/tiny"), join(cwd, "original"), { recursive: true });
});

describe("sweep", () => {
  it("runs all of a study, in a directory of its name", () => {
    const tasks = tasksOf("sweeps/tiny");
    expect(tasks.map(({ task }) => task.kind)).toEqual([
      "baseline",
      "baseline",
      "run",
      "run",
      "run",
      "run",
    ]);
    for (const { study, task } of tasks) expect(isComplete(study, task)).toBe(true);
  });

  it("runs nothing twice, and only what is new of a file that has changed", async () => {
    const before = finishedAt("sweeps/tiny");
    const again = await isocortex(["sweep", "tiny.yaml"], { cwd });
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("All runs are complete."),
    });
    expect(finishedAt("sweeps/tiny")).toEqual(before);
    write("tiny.yaml", `${tiny.replace("seeds: 2", "seeds: 3")}`);
    const { stdout } = await inThisProcess(["sweep", "tiny.yaml", "--dry-run"], { cwd });
    expect(stdout).toMatch(/tiny: training-quick, 6 runs/);
    expect(stdout.match(/ done$/gm)).toHaveLength(4);
    expect(stdout).toMatch(/^2 remaining: about .* on \d+ cores?, [\d.]+ kB in sweeps\/tiny;/m);
    await isocortex(["sweep", "tiny.yaml"], { cwd });
    const after = finishedAt("sweeps/tiny");
    expect(after).toHaveLength(9);
    for (const time of before) expect(after).toContain(time);
    expect(existsSync(join(cwd, "sweeps/tiny/plan-0002.json"))).toBe(true);
    write("tiny.yaml", tiny);
  });

  it("shows a plan without writing anything, as text or as JSON", async () => {
    const before = everythingIn(cwd);
    const args = ["sweep", "tiny.yaml", "--out", "elsewhere", "--dry-run"];
    const { code, stdout } = await inThisProcess(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^task {2}scaling {2}seed {3}from$/m);
    expect(stdout).toMatch(/^ {3}2 {4}false {5}1 {2}0\.5 s$/m);
    expect(stdout).toContain("2 common baselines (0.5 s), each simulated once");
    expect(stdout).toMatch(/^4 remaining: about .* in elsewhere; up to 1\d\d MB of memory each/m);
    const [plan] = JSON.parse((await inThisProcess([...args, "--json"], { cwd })).stdout);
    expect(plan).toMatchObject({
      directory: "elsewhere",
      preset: { name: "training-quick" },
      varied: ["scaling"],
      pending: { baselines: [0, 1], runs: [2, 3, 4, 5] },
    });
    expect(plan.tasks[5]).toMatchObject({ kind: "run", settings: { scaling: true }, seed: 2 });
    expect(everythingIn(cwd)).toEqual(before);
  });

  it("keeps all work when it is stopped, and goes on from there", async () => {
    const long = tiny.replace("recallDurationS: 0.2", "recallDurationS: 100000");
    write("long.yaml", long.replace("seeds: 2", "seeds: 1"));
    const runs = () =>
      existsSync(join(cwd, "sweeps/long/plan-0001.json"))
        ? tasksOf("sweeps/long").map(({ run }) => run)
        : [];
    const areAtWork = () =>
      runs().length === 2 &&
      runs().every((run) => existsSync(join(run, "manifest.json")) && leaseHolder(run));
    const stopped = () =>
      isocortex(["sweep", "long.yaml", "--workers", "2"], {
        cwd,
        onStart: async (child) => {
          while (!areAtWork() && child.exitCode === null) await wait(20);
          child.kill("SIGINT");
        },
      });
    const manifests = () => runs().map((run) => readManifest(new FolderStore(run)));
    const { code, stdout } = await stopped();
    expect(code).toBe(130);
    expect(stdout).toMatch(/Interrupted\. All work is kept; repeat the command to continue\.\n$/);
    const before = manifests();
    expect(before.map(({ status }) => status)).toEqual(["interrupted", "interrupted"]);
    for (const run of runs()) expect(readdirSync(run).join()).not.toMatch(/lease|tmp|completion/);
    expect((await stopped()).code).toBe(130);
    manifests().forEach(({ createdAt, simulatedMs }, k) => {
      expect(createdAt).toBe(before[k]!.createdAt);
      expect(simulatedMs).toBeGreaterThanOrEqual(before[k]!.simulatedMs);
    });
  });

  it("tells of failures, ends with 1, and tries again the next time", async () => {
    copyStudy("failing");
    const [first] = tasksOf("failing");
    rmSync(join(first!.run, ".."), { recursive: true });
    writeFileSync(join(first!.run, ".."), "in the way");
    const branch = tasksOf("failing").find(({ task }) => task.baseline === 0)!;
    rmSync(branch.run, { recursive: true });
    const { code, stdout, stderr } = await isocortex(["sweep", "tiny.yaml", "--out", "failing"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed: tiny baseline 0: .*is a file or below one/m);
    expect(stdout).toMatch(/^0 tasks done, 2 failed, in failing$/m);
    expect(stdout).toMatch(/\nRepeat the command to run them again\.\n$/);
    rmSync(join(first!.run, ".."));
    expect((await isocortex(["sweep", "tiny.yaml", "--out", "failing"], { cwd })).code).toBe(0);
  });

  it("runs all files of a directory", async () => {
    mkdirSync(join(cwd, "files"));
    write("files/one.yaml", tiny.replace("seeds: 2", "seeds: 1"));
    write("files/two.yaml", `${tiny.replace("seeds: 2", "seeds: [5]")}name: second\n`);
    write("files/notes.txt", "none of them");
    const { code, stdout } = await isocortex(["sweep", "files", "--out", "several", "--json"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "done",
      complete: 6,
      failed: 0,
      directories: ["several/one", "several/second"],
    });
  });
});

describe("a sweep that cannot be is refused before anything is written:", () => {
  it.each([
    ["a file that is wrong", ["bad.yaml"], /^error: bad\.yaml:2: vary\.scaling: expected a list/],
    ["parameters that do not fit", ["unfit.yaml"], /deletionStepCells = 500 is impossible/],
    ["no file", ["none.yaml"], /There is no file or directory none\.yaml/],
    ["a directory without files", ["empty"], /empty contains no sweep files/],
    [
      "a directory of other things",
      ["good.yaml", "--out", "other"],
      /that do not belong to a study/,
    ],
    ["a number of workers", ["good.yaml", "--workers", "0"], /a whole number from 1 to 1024/],
    ["an amount of memory", ["good.yaml", "--memory", "8"], /such as "400 MB"/],
  ])("%s", async (_, args, message) => {
    write("good.yaml", tiny);
    write("bad.yaml", "preset: training\nvary: { scaling: on }\n");
    write("unfit.yaml", "preset: deletion\nvary: { deletionStepCells: [3, 500] }\n");
    mkdirSync(join(cwd, "empty"), { recursive: true });
    mkdirSync(join(cwd, "other"), { recursive: true });
    write("other/thesis.txt", "mine");
    const before = everythingIn(cwd);
    const { code, stderr } = await inThisProcess(["sweep", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(everythingIn(cwd)).toEqual(before);
  });
});

it("status and collect name what is damaged, and end with 1 until the same sweep has mended it", async () => {
  copyStudy("damaged");
  const tasks = tasksOf("damaged");
  const [curves, completion] = [
    join(tasks[2]!.run, "curves.json"),
    join(tasks[3]!.run, "completion.json"),
  ];
  cpSync(join(tasks[4]!.run, "curves.json"), curves);
  writeFileSync(completion, "");
  const study = join(cwd, "damaged");
  const names = [curves, completion].map((path) => relative(study, path));
  const status = await inThisProcess(["sweep", "status", "damaged"], { cwd });
  expect(status.code).toBe(1);
  expect(status.stdout).toMatch(/^ {2}damaged {9}2$/m);
  for (const name of names) expect(status.stdout).toContain(`${name}: its content does not match`);
  const collected = await inThisProcess(["sweep", "collect", "damaged", "--json"], { cwd });
  expect(collected.code).toBe(1);
  for (const name of names) expect(collected.stderr).toContain(`damaged: ${name}: `);
  const { complete, damaged } = JSON.parse(collected.stdout);
  expect([complete, damaged.map(({ file }: { file: string }) => file)]).toEqual([2, names]);
  const mended = await isocortex(["sweep", "tiny.yaml", "--out", "damaged"], { cwd });
  expect(mended).toMatchObject({ code: 0, stderr: "" });
  for (const command of ["status", "collect"]) {
    expect((await isocortex(["sweep", command, "damaged"], { cwd })).code).toBe(0);
  }
  const table = (directory: string) =>
    readFileSync(join(cwd, directory, "results/runs.csv"), "utf8").replace(/,[^,]*,[^,]*$/gm, "");
  expect(table("damaged")).toBe(table("original"));
});

describe("sweep status", () => {
  it("tells what is done, at work, waiting and failed, to people and to scripts", async () => {
    copyStudy("status");
    const tasks = tasksOf("status");
    rmSync(tasks[4]!.run, { recursive: true });
    rmSync(join(tasks[5]!.run, "completion.json"));
    writeFailure(tasks[2]!.study, tasks[2]!.task, "The disk is full.");
    rmSync(tasks[2]!.run, { recursive: true });
    const { code, stdout } = await inThisProcess(["sweep", "status", "status"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "tiny: 4 runs, common baselines: 2 of 2 done",
        "  done            1",
        "  running         0",
        "  waiting         2",
        "  failed          1",
        "",
        "begun and waiting",
        "task  scaling  seed",
        "   5     true     2  100 %",
        "",
        "failed",
        "task  scaling  seed",
        "   2    false     1  The disk is full.",
        "",
      ].join("\n"),
    );
    const status = JSON.parse(
      (await inThisProcess(["sweep", "status", "status", "--json"], { cwd })).stdout,
    );
    expect(status).toMatchObject({
      directory: "status",
      plan: 1,
      runs: { done: 1, running: 0, waiting: 2, failed: 1 },
      tasks: [
        { task: 2, state: "failed", failure: { reason: "The disk is full." } },
        { task: 5, state: "waiting", progress: { startMs: 500, simulatedMs: 1000, endMs: 1000 } },
      ],
    });
  });
});

describe("sweep collect", () => {
  it("gathers what is complete, and is what a sweep ends with", async () => {
    copyStudy("collected");
    expect(existsSync(join(cwd, "collected/results/measures-by-scaling.svg"))).toBe(true);
    rmSync(tasksOf("collected")[5]!.run, { recursive: true });
    const { code, stdout } = await inThisProcess(
      ["sweep", "collect", "collected", "--no-figures"],
      {
        cwd,
      },
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        "3 runs collected, 1 are not complete\n  collected/results/runs.csv\n  collected/results/runs.parquet\n",
    });
  });

  it("refuses a measure that it does not know", async () => {
    const args = ["sweep", "collect", "sweeps/tiny", "--measures", "spikes,rate"];
    const { code, stderr } = await inThisProcess(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/Unknown measure "rate"\. Expected measures from baselineRateEHz/);
  });
});

describe("sweep task", () => {
  it("carries out one task of a plan", async () => {
    copyStudy("by-hand");
    const tasks = tasksOf("by-hand");
    for (const { run } of tasks) rmSync(run, { recursive: true });
    const { code, stdout, stderr } = await isocortex(["sweep", "task", "by-hand", "5"], { cwd });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
    // With it, its baseline.
    const complete = tasks.flatMap(({ study, task }, k) => (isComplete(study, task) ? [k] : []));
    expect(complete).toEqual([1, 5]);
    expectSameRecord(
      "",
      tasks[5]!.run,
      tasksOf("original").find(({ task }) => task.hash === tasks[5]!.task.hash)!.run,
    );
  });

  it.each([
    ["another directory", ["empty", "0"], /empty contains no plan of a sweep/],
    ["a task that is not there", ["sweeps/tiny", "99"], /has no task 99: expected 0 to/],
    ["another plan", ["sweeps/tiny", "0", "--plan", "9"], /contains no plan 9/],
    ["no number", ["sweeps/tiny", "x"], /a whole number from 0/],
  ])("refuses %s", async (_, args, message) => {
    const { code, stderr } = await inThisProcess(["sweep", "task", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

it("the examples are plans that can be carried out", async () => {
  const examples = join(import.meta.dirname, "../../examples/sweeps");
  const { code, stdout } = await inThisProcess(["sweep", examples, "--dry-run", "--json"], { cwd });
  expect(code).toBe(0);
  const files = readdirSync(examples).filter((name) => name.endsWith(".yaml"));
  expect(JSON.parse(stdout)).toHaveLength(files.length);
  for (const name of files)
    expect(readFileSync(join(examples, name), "utf8")).toContain("description:");
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
