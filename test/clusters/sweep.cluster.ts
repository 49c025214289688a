import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStudy, type Study } from "../../src/study/folder.ts";
import { isComplete, readCompletion } from "../../src/study/task-records.ts";
import { isocortex } from "../cli/command.ts";
import { expectSameRecord } from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { Cluster, type ClusterName } from "./cluster.ts";
import { type Fault, holdUntilWarned, runTask, Tormentor } from "./faults.ts";

const sweepOf = (recallDurationS: number, vary: string) => `
preset: training-with-scaling
set:
  baselineDurationS: 20
  scalingStartMs: 20000
  learningDurationS: 60
  recallDurationS: ${recallDurationS}
  samplingStartMs: 5000
  samplingIntervalMs: 5000
vary: { plasticIncrementEE: ${vary} }
`;

const sweeps = {
  /** Twelve runs that branch off one past, to be disturbed. */
  disturbed: sweepOf(30, "{ from: 0.0005, to: 0.006, count: 12 }"),
  /** A run that is held until its task's time is over. */
  long: sweepOf(300, "[0.001]"),
} as const;

type SweepName = keyof typeof sweeps;

/** What the tasks of each scheduler may take, so that some are warned by the scheduler itself. */
const sites: Readonly<Record<ClusterName, string>> = {
  // Slurm counts in minutes, and looks twice in one.
  slurm: "time: 1 min\nwarning: 58 s\ntasksAtOnce: 4\n",
  // It ends a task so much after the warning as its queue says.
  gridengine: "time: 20 s\nwarning: 6 s\ntasksAtOnce: 4\n",
};

const eachKind: readonly Fault[] = [
  "controllerCrashes",
  "runsKilled",
  "doubled",
  "requeued",
  "scriptsKilled",
  "warnedByHand",
  "arraysDoubled",
];

/** Each kind once, then more as long as there is work: ISOCORTEX_FAULTS=once leaves those out. */
const faults: readonly Fault[] =
  process.env["ISOCORTEX_FAULTS"] === "once"
    ? eachKind
    : [
        ...eachKind,
        "runsKilled",
        "doubled",
        "requeued",
        "controllerCrashes",
        "runsKilled",
        "doubled",
        "scriptsKilled",
        "warnedByHand",
        "requeued",
        "runsKilled",
      ];

// Blanks and quotes, as people's folders have.
const home = mkdtempSync(join(tmpdir(), "isocortex clusters' "));
const studyOf = (executor: string, sweep: SweepName): Study =>
  openStudy(join(home, executor, sweep));

const execute = (executor: string, options: readonly string[] = [], env = {}) =>
  isocortex(
    [
      "sweep",
      "sweeps",
      "--executor",
      executor,
      "--out",
      executor,
      "--checkpoint-every",
      "1",
    ].concat(options),
    { cwd: home, env },
  );

beforeAll(async () => {
  mkdirSync(join(home, "sweeps"));
  for (const [name, text] of Object.entries(sweeps)) {
    writeFileSync(join(home, "sweeps", `${name}.yaml`), text);
  }
  for (const [name, site] of Object.entries(sites)) writeFileSync(join(home, `${name}.yaml`), site);
  expect(await execute("local", ["--quiet"])).toMatchObject({ code: 0, stderr: "" });
}, 1_200_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.each(["slurm", "gridengine"] as const)("a sweep on %s", (name) => {
  let cluster: Cluster;
  let tormentor: Tormentor;
  let hasBeenHeld: Promise<boolean>;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), `isocortex-${name}-`));
    cluster = new Cluster(name, folder);
    return () => {
      cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  const submit = () => execute(name, ["--site", `${name}.yaml`], cluster.env);
  const studies = () => [studyOf(name, "disturbed"), studyOf(name, "long")];

  it("is complete in the end, whatever befalls its tasks and the controller", async () => {
    expect(await submit()).toMatchObject({ code: 0, stderr: "" });
    const study = studyOf(name, "disturbed");
    const long = studyOf(name, "long");
    hasBeenHeld = holdUntilWarned(long, cluster, () => traces(long).warned > 0);
    tormentor = new Tormentor(study, cluster, randomNumbers(3), submit);
    await tormentor.torment(faults);
    await untilIdle();
    const doubles = await tormentor.doublesEnded();
    expect(doubles.filter(({ code }) => code !== 0)).toEqual([]);
    const doublesThatWaited = doubles.filter(({ hasWaited }) => hasWaited).length;
    console.table({ ...tormentor.counts, doublesThatWaited, ...traces(study) });
    const { jobsReleased, submittedAgain, ...tried } = tormentor.counts;
    expect(Object.entries(tried).filter(([, count]) => count === 0)).toEqual([]);
    for (const study of studies()) {
      expect(study.plan.tasks.filter((task) => !isComplete(study, task))).toEqual([]);
    }
  });

  it("goes back into the queue when a task's time is over", async () => {
    expect(await hasBeenHeld).toBe(true);
    const found = traces(studyOf(name, "long"));
    console.table(found);
    const { warned, resumed } = found;
    expect(warned).toBeGreaterThan(0);
    expect(resumed).toBeGreaterThan(0);
  });

  it.each(["disturbed", "long"] as const)("has the local executor's results: %s", (sweep) => {
    const [ours, theirs] = [studyOf(name, sweep), studyOf("local", sweep)];
    for (const task of ours.plan.tasks) {
      expectSameRecord("/", ours.runDirectory(task), theirs.runDirectory(task));
      expect(readCompletion(ours, task)!.measures).toEqual(readCompletion(theirs, task)!.measures);
    }
  });

  it.each(["disturbed", "long"] as const)("has been collected by its last job: %s", (sweep) => {
    expect(table(name, sweep)).toEqual(table("local", sweep));
  });

  it("is left as it is when its tasks are run again", async () => {
    const before = studies().map(digest);
    for (const study of studies()) {
      for (const { index } of study.plan.tasks) {
        expect(await runTask(study, index)).toEqual({ code: 0, hasWaited: false });
      }
    }
    expect((await submit()).stdout).toContain("All runs are complete.");
    expect(studies().map(digest)).toEqual(before);
    expect(cluster.isBusy).toBe(false);
  });

  async function untilIdle(): Promise<void> {
    while (cluster.isBusy) {
      tormentor.repair();
      await wait(500);
    }
  }
});

/** The collected table of a study, but for how long runs took and how large they are. */
function table(executor: string, sweep: SweepName): string[] {
  const text = readFileSync(join(home, executor, sweep, "results/runs.csv"), "utf8");
  return text.split("\n").map((line) => line.replace(/(,[^,]*){2}$/, ""));
}

/** What the logs of a study's tasks tell of. */
function traces(study: Study) {
  const logs = logsOf(study).map((path) => readFileSync(path, "utf8"));
  const linesWith = (text: string) => logs.join("\n").split(text).length - 1;
  const rounds = readdirSync(join(study.directory, "jobs")).filter((name) => /^\d/.test(name));
  return {
    /** Went back into the queue by themselves. */
    warned: linesWith("Warned: "),
    /** Went on from a checkpoint. */
    resumed: linesWith("continuing from"),
    /** Found another process at work on their run, and waited for it. */
    tasksThatWaited: linesWith("waiting: "),
    rounds: rounds.length,
  };
}

function logsOf({ directory }: Study): string[] {
  const jobs = join(directory, "jobs");
  return readdirSync(jobs, { recursive: true, encoding: "utf8" })
    .filter((path) => /logs\/./.test(path))
    .map((path) => join(jobs, path));
}

/** The contents of all files of a study's runs. */
function digest(study: Study): string[] {
  return study.plan.tasks.flatMap((task) => {
    const directory = study.runDirectory(task);
    return readdirSync(directory, { recursive: true, encoding: "utf8" })
      .sort()
      .filter((path) => statSync(join(directory, path)).isFile())
      .map((path) => {
        const bytes = readFileSync(join(directory, path));
        return `${task.hash}/${path} ${createHash("sha256").update(bytes).digest("hex")}`;
      });
  });
}
