import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { gridengine } from "../../../src/executors/clusters/gridengine.ts";
import type { JobOptions } from "../../../src/executors/clusters/job-options.ts";
import {
  type StudyScript,
  StudySizeError,
  studyScripts,
} from "../../../src/executors/clusters/jobs.ts";
import type { Scheduler } from "../../../src/executors/clusters/scheduler.ts";
import { slurm } from "../../../src/executors/clusters/slurm.ts";
import { noLimits, numbers, roundOf } from "./cluster-round.ts";

const schedulers = [slurm, gridengine];

const everyOption: Partial<JobOptions> = {
  queue: "short",
  account: "cortex",
  timeMs: 5_400_000,
  memoryBytes: 400e6,
  tasksAtOnce: 50,
  runsPerTask: 4,
  lines: ["-m n"],
  prelude: ["module load nodejs/20"],
};

describe.each(schedulers)("the jobs of a study on $name", (scheduler) => {
  it("are scripts that a person can read and submit", async () => {
    const round = roundOf([numbers(0, 100)], everyOption);
    const [array, following] = studyScripts(round, scheduler, noLimits);
    await expect(array!.text).toMatchFileSnapshot(`snapshots/${scheduler.name}-array.sh`);
    await expect(following!.text).toMatchFileSnapshot(`snapshots/${scheduler.name}-continue.sh`);
  });

  it("are one array and the job that follows it", () => {
    const scripts = studyScripts(roundOf([numbers(0, 12)]), scheduler, noLimits);
    expect(scripts.map(({ file, after }) => ({ file, after }))).toEqual([
      { file: "array-1.sh", after: [] },
      { file: "continue.sh", after: ["array-1.sh"] },
    ]);
  });

  it("are several arrays where one may not be as large", () => {
    const limits = { ...noLimits, arrayTasks: 8 };
    const scripts = studyScripts(roundOf([numbers(0, 20)]), scheduler, limits);
    expect(scripts.map(({ after, rows }) => [rows?.indices.length, after])).toEqual([
      [8, []],
      [8, []],
      [4, []],
      [undefined, ["array-1.sh", "array-2.sh", "array-3.sh"]],
    ]);
  });

  it("follow each other where the number of tasks at work is limited", () => {
    const limits = { ...noLimits, arrayTasks: 8 };
    const round = roundOf([numbers(0, 3), numbers(3, 20)], { tasksAtOnce: 5 });
    const scripts = studyScripts(round, scheduler, limits);
    expect(scripts.map(({ after }) => after).slice(0, -1)).toEqual([
      [],
      ["array-1.sh"],
      ["array-2.sh"],
      ["array-3.sh"],
    ]);
  });

  it("wait for the baselines that they branch off", () => {
    const limits = { ...noLimits, arrayTasks: 2 };
    const round = roundOf([numbers(0, 3), numbers(3, 6)]);
    const scripts = studyScripts(round, scheduler, limits);
    const baselines = ["array-1.sh", "array-2.sh"];
    expect(scripts.map(({ after }) => after).slice(0, -1)).toEqual([[], [], baselines, baselines]);
  });

  it("that are too many for the site are refused, with a number of runs a task that is not", () => {
    const limits = { arrayTasks: 1001, queuedTasks: 10_000 };
    const rows = [numbers(0, 7), numbers(7, 100_000)];
    let runsPerTask = 0;
    try {
      studyScripts(roundOf(rows), scheduler, limits);
    } catch (error) {
      expect(error).toBeInstanceOf(StudySizeError);
      runsPerTask = Number(/--runs-per-task (\d+)/.exec((error as Error).message)![1]);
    }
    expect(runsPerTask).toBe(11);
    const scripts = studyScripts(roundOf(rows, { runsPerTask }), scheduler, limits);
    expect(scripts).toHaveLength(1 + 10 + 1);
  });

  it("carry out each row of the plan once, whatever the limits", () => {
    const size = fc.integer({ min: 1, max: 6 });
    const lengths = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 2 });
    const property = fc.property(lengths, size, size, ([first, second = 0], arrayTasks, each) => {
      const folder = temporaryFolder();
      const rows = [numbers(0, first!), numbers(first!, first! + second)];
      const options = { runsPerTask: each, command: "echo" };
      const round = roundOf(rows, options, { study: folder, folder });
      const done = studyScripts(round, scheduler, { ...noLimits, arrayTasks })
        .filter((script) => script.rows)
        .flatMap((script) => executeArray(folder, script));
      expect(done).toEqual(rows.flat().map((row) => `sweep task ${folder} ${row} --plan 1`));
    });
    fc.assert(property, { numRuns: 10, seed: 1 });
  });

  it("end with the failure of a run, after the others of the task", async () => {
    const task = startTask(scheduler, 'echo "$4"; [ "$4" != 1 ] || exit 3');
    expect(await task.ended).toEqual({ code: 3, stdout: "0\n1\n2\n" });
  });

  it("pass a request to end on to the run at work, and begin no other", async () => {
    const task = startTask(scheduler, untilTold);
    await task.says("0 begins\n");
    task.process.kill("SIGTERM");
    expect(await task.ended).toEqual({ code: 143, stdout: "0 begins\n0 ends\n" });
  });

  it("complain when their rows are missing", () => {
    const folder = temporaryFolder();
    const [script] = studyScripts(roundOf([[0]], {}, { folder }), scheduler, noLimits);
    writeFileSync(join(folder, script!.file), script!.text);
    const [env] = taskVariables(script!);
    const { status, stderr } = spawnSync("bash", [script!.file], { cwd: folder, env });
    expect(status).toBe(1);
    expect(String(stderr)).toContain(`error: ${folder}/array-1.rows has no line 1`);
  });
});

describe("a task of GridEngine", () => {
  it.each(["SIGUSR1", "SIGUSR2"] as const)("goes back into the queue on %s", async (signal) => {
    const task = startTask(gridengine, untilTold);
    await task.says("0 begins\n");
    task.process.kill(signal);
    expect(await task.ended).toEqual({ code: 99, stdout: "0 begins\n0 ends\n" });
  });
});

/** Shell of a run that works until it is told to stop, and then takes a moment for a checkpoint. */
const untilTold = `
  trap 'sleep 0.2; echo "$4 ends"; exit 130' TERM
  echo "$4 begins"
  while :; do sleep 0.05; done`;

/** Starts the first task of an array of three runs, each of which is the given shell. */
function startTask(scheduler: Scheduler, run: string) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "run.sh"), run);
  const options = { runsPerTask: 3, command: "bash run.sh" };
  const [script] = studyScripts(roundOf([[0, 1, 2]], options, { folder }), scheduler, noLimits);
  writeArray(folder, script!);
  const [env] = taskVariables(script!);
  const process = spawn("bash", [script!.file], { cwd: folder, env });
  let stdout = "";
  process.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
    process.on("close", (code) => resolve({ code, stdout }));
  });
  const says = async (text: string) => {
    while (stdout !== text && process.exitCode === null) await wait(10);
  };
  return { process, ended, says };
}

/** Carries out the tasks of an array one after the other; the lines that they print. */
function executeArray(folder: string, script: StudyScript): string[] {
  writeArray(folder, script);
  return taskVariables(script).flatMap((env) => {
    const { stdout, stderr, status } = spawnSync("bash", [script.file], { cwd: folder, env });
    expect({ stderr: String(stderr), status }).toEqual({ stderr: "", status: 0 });
    return String(stdout).trimEnd().split("\n");
  });
}

function writeArray(folder: string, { file, text, rows }: StudyScript): void {
  writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, rows!.file), `${rows!.indices.join("\n")}\n`);
}

/** What the scheduler tells each task of an array, by the script's own directives. */
function taskVariables({ text }: StudyScript): NodeJS.ProcessEnv[] {
  const [, lastOfSlurm] = /^#SBATCH --array=0-(\d+)/m.exec(text) ?? [];
  const [, lastOfGridEngine] = /^#\$ -t 1-(\d+)/m.exec(text) ?? [];
  const tasks = lastOfSlurm
    ? numbers(0, Number(lastOfSlurm) + 1).map((task) => ({ SLURM_ARRAY_TASK_ID: String(task) }))
    : numbers(1, Number(lastOfGridEngine) + 1).map((task) => ({ SGE_TASK_ID: String(task) }));
  return tasks.map((variables) => ({ ...process.env, ...variables }));
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex jobs "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
