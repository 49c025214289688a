import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStudy } from "../../src/study/folder.ts";
import { isComplete } from "../../src/study/task-records.ts";
import { isocortex } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** No scheduler's programs can be found. */
const env = { PATH: "/nonexistent" };

const tiny = `
preset: training-quick
set: { sizeFactor: 0.1, baselineDurationS: 0.5, learningDurationS: 0.4, recallDurationS: 0.1, scalingStartMs: 0 }
vary: { scaling: [off, on] }
resources: { time: 90 min, memory: 200 MB }
`;

writeFileSync(join(cwd, "tiny.yaml"), tiny);

const sweep = (...args: string[]) => isocortex(["sweep", "tiny.yaml", ...args], { cwd, env });

it.each(["slurm", "gridengine"])("--dry-run shows all that %s would be given", async (executor) => {
  const args = ["--executor", executor, "--dry-run", "--out", "a study", "--runs-per-task", "2"];
  const site = ["--queue", "short", "--job-option", "-m n", "--prelude", "module load nodejs"];
  const { code, stdout, stderr } = await sweep(...args, ...site, "--command", "my isocortex");
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^note: The limits of \w+ cannot be queried here; .*\n$/),
  });
  expect(stdout).toContain(`To be submitted in '${cwd}/a study/jobs/0001':`);
  expect(stdout).toContain("# array-1.rows: rows 0-1 of the plan, one per line\n");
  const common = ["-m n", "\nmodule load nodejs\n", "(exec my isocortex sweep task "];
  const own = {
    slurm: [
      "# sbatch --parsable '--dependency=afterany:<array-1.sh>' continue.sh",
      "--time=03:00:00",
      "--mem=191M",
      "--partition=short",
    ],
    gridengine: [
      "# qsub -terse -hold_jid '<array-1.sh>' continue.sh",
      "-l s_rt=10740,h_rt=10800",
      "mem_free=191M",
      "-q short",
    ],
  }[executor]!;
  for (const text of [...common, ...own]) expect(stdout).toContain(text);
  expect(existsSync(join(cwd, "a study"))).toBe(false);
});

it("takes --engine, the earlier name of --executor, but not both", async () => {
  const { code, stdout } = await sweep("--engine", "slurm", "--dry-run");
  expect(code).toBe(0);
  expect(stdout).toContain("# sbatch --parsable");
  const both = await sweep("--engine", "slurm", "--executor", "local");
  expect(both.code).toBe(2);
  expect(both.stderr).toMatch(/'--engine <name>' cannot be used with option '--executor <name>'/);
});

it.each([
  ["slurm", "scontrol", "Slurm"],
  ["gridengine", "qconf", "GridEngine"],
])("says what is missing for %s, and writes nothing", async (executor, missing, title) => {
  const { code, stderr } = await sweep("--executor", executor);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`^error: ${title}'s command ${missing} is not available here\\.`),
  );
  expect(existsSync(join(cwd, "sweeps"))).toBe(false);
});

it("refuses options of clusters without one", async () => {
  const { code, stderr } = await sweep("--queue", "short");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^error: --site, --queue .*--executor slurm or --executor gridengine/,
    ),
  });
});

it("names what is wrong in a site's file by line and key", async () => {
  writeFileSync(join(cwd, "site.yaml"), "queue: two words\ntime: soon\nmodules: nodejs\n");
  const { code, stderr } = await sweep("--executor", "slurm", "--dry-run", "--site", "site.yaml");
  expect(code).toBe(2);
  expect(stderr).toMatch(/site\.yaml:1: queue: expected a name without spaces/);
  expect(stderr).toMatch(/site\.yaml:2: time: expected a length of time up to 3650 d/);
  expect(stderr).toMatch(/site\.yaml:3: modules: unknown key/);
  const missing = await sweep("--executor", "slurm", "--dry-run", "--site", "none.yaml");
  expect(missing).toMatchObject({ code: 2, stderr: "error: There is no file none.yaml.\n" });
});

it("lets what is given with the command go before what the site's file says", async () => {
  const site = "queue: long\ntime: 4 h\nprelude: module load nodejs\nlines: [--nice=1]\n";
  writeFileSync(join(cwd, "site.yaml"), site);
  const args = ["--executor", "slurm", "--dry-run", "--site", "site.yaml", "--partition", "short"];
  const { stdout } = await sweep(...args, "--job-option=--hint=nomultithread");
  expect(stdout).toContain("#SBATCH --time=04:00:00\n");
  expect(stdout).toContain("#SBATCH --partition=short\n");
  expect(stdout).toContain(
    "#SBATCH --nice=1\n#SBATCH --hint=nomultithread\n\nmodule load nodejs\n",
  );
});

it("plans for others, whose tasks heed a scheduler's warnings, however often they come", async () => {
  const set = "{ baselineDurationS: 100, learningDurationS: 0, recallDurationS: 0 }";
  writeFileSync(join(cwd, "one.yaml"), `preset: training\nset: ${set}\n`);
  const planned = await isocortex(["sweep", "one.yaml", "--plan-only", "--json"], { cwd });
  const [{ directory, tasks }] = JSON.parse(planned.stdout);
  expect({ directory, tasks: tasks.length }).toEqual({ directory: "sweeps/one", tasks: 1 });
  const study = openStudy(join(cwd, directory));
  const samples = join(study.runDirectory(study.task(0)), "cells/samples.bin");
  const { code } = await isocortex(["sweep", "task", directory, "0"], {
    cwd,
    onStart: async (child) => {
      while (!existsSync(samples) && child.exitCode === null) await wait(20);
      for (const signal of ["SIGUSR1", "SIGTERM", "SIGUSR2"] as const) child.kill(signal);
    },
  });
  expect(code).toBe(130);
  expect(isComplete(study, study.task(0))).toBe(false);
  const again = await isocortex(["sweep", "task", directory, "0"], { cwd });
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("continuing from") });
  expect(isComplete(study, study.task(0))).toBe(true);
});

it.each(["continue", "cancel"])("%s wants a study that was submitted", async (command) => {
  const { code, stderr } = await isocortex(["sweep", command, "."], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: \. has not been submitted to a scheduler\. .*--executor slurm/);
});
