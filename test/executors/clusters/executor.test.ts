import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sealedJson } from "../../../src/encoding/sealed-json.ts";
import { cancelStudy, continueStudy } from "../../../src/executors/clusters/continuation.ts";
import { ClusterExecutor } from "../../../src/executors/clusters/executor.ts";
import type { JobOptions } from "../../../src/executors/clusters/job-options.ts";
import { readRounds } from "../../../src/executors/clusters/rounds.ts";
import { program } from "../../../src/host/package.ts";
import { RunLocationError } from "../../../src/recording/errors.ts";
import { keepPlan, type Study } from "../../../src/study/folder.ts";
import { executeTask } from "../../../src/study/task.ts";
import { pendingTasks, studyWork } from "../../../src/study/work.ts";
import { temporaryFolder } from "../../cli/command.ts";
import { planTiny } from "../../study/planning/tiny-sweep.ts";
import { StandInSlurm } from "./stand-in-slurm.ts";

let slurm: StandInSlurm;
let study: Study;
const notes: string[] = [];
const observer = { onNote: (text: string) => notes.push(text) };
const undisturbed = { onReport: () => {}, signal: new AbortController().signal };

beforeEach(() => {
  const home = temporaryFolder();
  slurm = new StandInSlurm(join(home, "bin"));
  // One baseline and four runs of a second.
  const text = "preset: tiny\nvary: { scaling: [on, off], scalingBeta: [4e-5, 4e-3] }";
  study = keepPlan(join(home, "a study"), planTiny(text, program));
  notes.length = 0;
});

afterEach(() => vi.unstubAllEnvs());

const work = () => studyWork({ study, pending: pendingTasks(study), memoryBytes: 100e6 });
const submit = (...options: Partial<JobOptions>[]) =>
  new ClusterExecutor("slurm", options, observer).execute([work()]);
const goOn = (round?: number) => continueStudy(study.directory, round, observer);
const textOf = (path: string) => readFileSync(join(study.directory, "jobs", path), "utf8");

async function execute(rows: readonly number[]): Promise<void> {
  for (const row of rows) await executeTask(study, row, undisturbed);
}

describe("a study that is submitted", () => {
  it("becomes arrays and a job that follows them", async () => {
    expect(await submit()).toEqual({ kind: "submitted", jobs: ["1", "2", "3", "4"] });
    expect(slurm.submitted).toEqual([
      "--parsable array-1.sh",
      "--parsable --dependency=afterany:1 array-2.sh",
      "--parsable --dependency=afterany:1 array-3.sh",
      "--parsable --dependency=afterany:1:2:3 continue.sh",
    ]);
    expect([1, 2, 3].map((k) => textOf(`0001/array-${k}.rows`))).toEqual([
      "0\n",
      "1\n2\n3\n",
      "4\n",
    ]);
    expect(readdirSync(join(study.directory, "jobs"))).toEqual(["0001"]);
  });

  it("is not submitted again while its jobs are there", async () => {
    await submit();
    slurm.setQueue(["3", "4"]);
    expect(await submit()).toEqual({ kind: "submitted", jobs: ["1", "2", "3", "4"] });
    expect(slurm.submitted).toHaveLength(4);
    slurm.setQueue([]);
    expect(await submit()).toEqual({ kind: "submitted", jobs: ["5", "6", "7", "8"] });
  });

  it("is what is missing of it", async () => {
    await execute([0, 1, 3]);
    await submit();
    expect(textOf("0001/array-1.rows")).toBe("2\n4\n");
    expect(slurm.submitted).toHaveLength(2);
  });

  it("keeps what its jobs were asked for, for those that follow", async () => {
    const options = { queue: "short", timeMs: 600_000, prelude: ["module load nodejs"] };
    await submit(options, { tasksAtOnce: 2, prelude: ["export LANG=C"] });
    slurm.setQueue([]);
    await execute([0]);
    expect(await goOn(1)).toMatchObject({ kind: "submitted", round: { round: 2 } });
    const [first, second] = [1, 2].map((round) => textOf(`000${round}/array-1.sh`));
    expect(second).toContain("#SBATCH --partition=short\n");
    expect(second).toContain("\nmodule load nodejs\nexport LANG=C\n");
    expect(second!.split("\n").slice(3, 12)).toEqual(first!.split("\n").slice(3, 12));
  });

  it("has a task's time for each of the runs that it carries out", async () => {
    const perRun = { ...work(), timeMs: 600_000 };
    await new ClusterExecutor("slurm", [{ runsPerTask: 3 }], observer).execute([perRun]);
    expect(textOf("0001/array-1.sh")).toContain("#SBATCH --time=00:30:00\n");
  });

  it("is ended and begun anew where its submission was cut off", async () => {
    slurm.failFrom(3);
    await expect(submit()).rejects.toThrow("sbatch: error: refused");
    expect(
      readRounds(study.directory)
        .records.at(-1)!
        .jobs.map(({ id }) => id),
    ).toEqual(["1", "2", null, null]);
    slurm.failFrom(100);
    expect(await submit()).toMatchObject({ jobs: ["3", "4", "5", "6"] });
    expect(slurm.cancelled).toEqual(["1", "2"]);
    expect(readRounds(study.directory).records.map(({ round }) => round)).toEqual([1, 2]);
  });

  it("gets another job that follows, where that was lost", async () => {
    await submit();
    slurm.setQueue(["2", "3"]);
    await submit();
    expect(slurm.submitted.at(-1)).toBe("--parsable --dependency=afterany:2:3 continue.sh");
    expect(slurm.submitted).toHaveLength(5);
    expect(readRounds(study.directory).records[0]!.jobs.at(-1)).toMatchObject({ id: "5" });
    expect(notes).toEqual([expect.stringMatching(/without a final job/)]);
  });
});

describe("a study that goes on", () => {
  it("is complete when nothing is missing, whatever became of its jobs", async () => {
    await submit();
    await execute([1, 2, 3, 4]);
    expect(await goOn(1)).toMatchObject({ kind: "complete", study: { planNumber: 1 } });
    expect(slurm.submitted).toHaveLength(4);
  });

  it("is submitted again as far as it is missing, once", async () => {
    await submit();
    slurm.setQueue([]);
    await execute([1, 2]);
    expect(await goOn(1)).toMatchObject({ kind: "submitted", round: { round: 2, rows: 2 } });
    expect(textOf("0002/array-1.rows")).toBe("3\n4\n");
    const before = slurm.submitted.length;
    // The scheduler runs the same job twice.
    expect(await goOn(1)).toMatchObject({ kind: "at work", round: { round: 2 } });
    expect(slurm.submitted).toHaveLength(before);
  });

  it("waits on where the job that follows came too early", async () => {
    await submit();
    vi.stubEnv("SLURM_JOB_ID", "4");
    slurm.setQueue(["2", "4"]);
    expect(await goOn(1)).toMatchObject({ kind: "at work", round: { round: 1 } });
    expect(slurm.submitted.at(-1)).toBe("--parsable --dependency=afterany:2 continue.sh");
  });

  it("is given up when three rounds have brought nothing", async () => {
    await submit();
    for (const round of [1, 2]) {
      slurm.setQueue([]);
      expect(await goOn(round)).toMatchObject({ kind: "submitted" });
    }
    slurm.setQueue([]);
    const result = await goOn(3);
    expect(result).toMatchObject({ kind: "given up" });
    expect(result.kind === "given up" && result.missing.map(({ index }) => index)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it("is not given up as long as runs get further, if not to their end", async () => {
    await submit();
    for (const round of [1, 2, 3, 4]) {
      slurm.setQueue([]);
      await executeTask(study, 1, undisturbed, { untilMs: 400 + 100 * round });
      expect(await goOn(round)).toMatchObject({ kind: "submitted", round: { fruitlessRounds: 0 } });
    }
  });

  it("is submitted once where the job that follows runs twice at once", async () => {
    await submit();
    slurm.setQueue([]);
    const results = await Promise.all([goOn(1), goOn(1)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["at work", "submitted"]);
    expect(slurm.submitted).toHaveLength(8);
  });

  it("must have been submitted", async () => {
    await expect(goOn()).rejects.toThrow(RunLocationError);
    await expect(cancelStudy(study.directory, observer)).rejects.toThrow(/has not been submitted/);
  });
});

describe("a study that is cancelled", () => {
  it("loses the job that follows first, so that nothing is submitted again", async () => {
    await submit();
    slurm.setQueue(["2", "3", "4", "99"]);
    expect(await cancelStudy(study.directory, observer)).toEqual(["4", "3", "2"]);
    expect(slurm.cancelled).toEqual(["4", "3", "2"]);
    expect(slurm.queue).toEqual(["99"]);
    expect(await cancelStudy(study.directory, observer)).toEqual([]);
  });
});

describe("a record of jobs that is not as it was written", () => {
  const path = (round = 1) => join(study.directory, "jobs", `000${round}`, "jobs.json");

  /** What is put in the place of a record, by what messages say of it. */
  const damages: readonly (readonly [RegExp, (text: string) => string | undefined])[] = [
    [/checksum/, (text) => text.replace('"id": "3"', '"id": "7"')],
    [/checksum/, () => ""],
    [/checksum/, (text) => text.slice(0, -20)],
    [/of round 2/, (text) => resealed(text, { round: 2 })],
    [/another study/, (text) => resealed(text, { tasksCrc32: "00000000" })],
    [/pipe/, () => undefined],
  ];

  function resealed(text: string, changes: object): string {
    const { crc32: _, ...entries } = JSON.parse(text);
    return sealedJson({ ...entries, ...changes });
  }

  function damage(change: (text: string) => string | undefined): void {
    const text = change(readFileSync(path(), "utf8"));
    rmSync(path());
    if (text === undefined) execFileSync("mkfifo", [path()]);
    else writeFileSync(path(), text);
  }

  it.each(damages)(
    "is named (%s), and the next submission is a new round",
    async (reason, change) => {
      await submit();
      damage(change);
      slurm.setQueue(["3", "4"]);
      await expect(goOn()).rejects.toThrow(/No record of the jobs .* Repeat the isocortex sweep/);
      await expect(cancelStudy(study.directory, observer)).rejects.toThrow(reason);
      expect(await submit()).toEqual({ kind: "submitted", jobs: ["5", "6", "7", "8"] });
      expect(notes).toEqual(Array(2).fill(expect.stringMatching(reason)));
      expect(readRounds(study.directory).records.map(({ round }) => round)).toEqual([2]);
      slurm.setQueue([]);
      expect(await goOn(2)).toMatchObject({ kind: "submitted", round: { round: 3 } });
    },
  );

  it("of version 0.2.0 has no checksum, and is read", async () => {
    await submit();
    const { crc32, tasksCrc32, ...older } = JSON.parse(readFileSync(path(), "utf8"));
    writeFileSync(path(), `${JSON.stringify(older, null, 2)}\n`);
    expect(readRounds(study.directory)).toMatchObject({ records: [older], damage: [] });
  });
});
