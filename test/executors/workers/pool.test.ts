import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type PoolTask, runTasks, type TaskOutcome } from "../../../src/executors/workers/pool.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../../src/model/parameters.ts";
import { readManifest } from "../../../src/recording/manifest-file.ts";
import { runFiles } from "../../../src/recording/run-files.ts";
import { recordRun } from "../../../src/runs/recorded.ts";
import { FolderStore } from "../../../src/store/run-folder.ts";
import { commandPath } from "../../cli/command.ts";
import { expectSameRecord, sharedFolder } from "../../cli/eventful-run.ts";

const home = sharedFolder();

/** A column of 43 cells. */
const small: ParameterOverrides = {
  protocol: "training",
  sizeFactor: 0.1,
  baselineDurationS: 5,
  learningDurationS: 0,
  recallDurationS: 0,
  samplingStartMs: 500,
  samplingIntervalMs: 500,
};

const long: ParameterOverrides = { ...small, baselineDurationS: 500 };

const request = (directory: string, overrides: ParameterOverrides) => ({
  directory: join(home, directory),
  overwrite: false,
  preset: null,
  label: directory,
  parameters: resolveParameters(overrides),
});

function task(id: string, overrides: ParameterOverrides, after?: readonly string[]): PoolTask {
  const work = { kind: "run", request: request(id, overrides) } as const;
  return { id, work, memoryBytes: 100, ...(after && { after }) };
}

const undisturbed = { signal: new AbortController().signal };

const statuses = (outcomes: readonly TaskOutcome[]) => outcomes.map(({ status }) => status);

const manifestPath = (directory: string) => join(home, directory, runFiles.manifest);
const manifestOf = (directory: string) => readManifest(new FolderStore(join(home, directory)));

/** Waits until a run is under way; the id of the process that writes to it. */
async function writerOf(directory: string): Promise<number> {
  const path = join(home, directory);
  for (;;) {
    const lease = existsSync(manifestPath(directory))
      ? readdirSync(path).find((name) => name.startsWith("lease-"))
      : undefined;
    if (lease) return JSON.parse(readFileSync(join(path, lease), "utf8")).pid;
    await wait(20);
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  const observer = { ...undisturbed, onReport: () => {} };
  await recordRun(request("alone", small), observer);
  await recordRun(request("alone-long", long), observer);
});

describe("a pool of workers", () => {
  it("records what single runs do, and does nothing twice", async () => {
    const tasks = ["one", "two", "three"].map((id) => task(id, small));
    const outcomes = await runTasks(tasks, {}, undisturbed);
    expect(statuses(outcomes)).toEqual(["complete", "complete", "complete"]);
    for (const id of ["one", "two", "three"]) expectSameRecord(home, id, "alone");
    const before = statSync(manifestPath("one")).mtimeMs;
    expect(statuses(await runTasks(tasks, {}, undisturbed))).toEqual(statuses(outcomes));
    expect(statSync(manifestPath("one")).mtimeMs).toBe(before);
  });

  it("loses none of the others when one crashes, and makes it good the next time", async () => {
    const tasks = [task("crashed", long), task("beside", long), task("later", small)];
    const [outcomes] = await Promise.all([
      runTasks(tasks, { workers: 2 }, undisturbed),
      writerOf("crashed").then((pid) => process.kill(pid, "SIGKILL")),
    ]);
    expect(statuses(outcomes)).toEqual(["failed", "complete", "complete"]);
    expect(outcomes[0]).toMatchObject({ reason: expect.stringContaining("signal SIGKILL") });
    expect(statuses(await runTasks(tasks, {}, undisturbed))).toEqual(Array(3).fill("complete"));
    for (const id of ["crashed", "beside"]) expectSameRecord(home, id, "alone-long");
  });

  it("stops all on request, and goes on from there", async () => {
    const tasks = ["stopped", "halted", "unbegun"].map((id) => task(id, long));
    const controller = new AbortController();
    const { signal } = controller;
    const [outcomes] = await Promise.all([
      runTasks(tasks, { workers: 2 }, { signal }),
      Promise.all(["stopped", "halted"].map(writerOf)).then(() => controller.abort()),
    ]);
    expect(statuses(outcomes)).toEqual(["interrupted", "interrupted", "not begun"]);
    expect(existsSync(join(home, "unbegun"))).toBe(false);
    expect(manifestOf("stopped").status).toBe("interrupted");
    const reports: number[] = [];
    const again = await runTasks(
      tasks,
      {},
      {
        ...undisturbed,
        onReport: (_, { simulatedMs }) => reports.push(simulatedMs),
      },
    );
    expect(statuses(again)).toEqual(Array(3).fill("complete"));
    expect(Math.max(...reports)).toBeGreaterThan(0);
    for (const id of ["stopped", "halted"]) expectSameRecord(home, id, "alone-long");
  });

  it("begins no more than fit in memory, one at least, in order", async () => {
    const tasks = ["m1", "m2", "m3"].map((id) => task(id, small));
    const working = new Set<string>();
    const begun: string[] = [];
    let most = 0;
    const observer = {
      ...undisturbed,
      onBegin: ({ id }: PoolTask) => {
        begun.push(id);
        most = Math.max(most, working.add(id).size);
      },
      onOutcome: ({ id }: PoolTask) => working.delete(id),
    };
    await runTasks(tasks, { workers: 3, memoryBytes: 50 }, observer);
    expect({ most, begun }).toEqual({ most: 1, begun: ["m1", "m2", "m3"] });
    most = 0;
    await runTasks(tasks, { workers: 3, memoryBytes: 250 }, observer);
    expect(most).toBe(2);
  });

  it("begins a task when those that it needs are complete", async () => {
    const log: string[] = [];
    const parent = join(home, "parent");
    const branch = {
      parent,
      timeMs: 2000,
      changes: { externalGain: 14 },
      directory: join(home, "branch"),
      overwrite: false,
      label: "branch",
    };
    const tasks: PoolTask[] = [
      task("parent", small),
      {
        id: "branch",
        work: { kind: "branch", request: branch },
        memoryBytes: 1,
        after: ["parent"],
      },
      task("free", small),
    ];
    const observer = {
      ...undisturbed,
      onBegin: ({ id }: PoolTask) => log.push(`${id} begins`),
      onOutcome: ({ id }: PoolTask, { status }: TaskOutcome) => log.push(`${id} ${status}`),
    };
    const outcomes = await runTasks(tasks, { workers: 2 }, observer);
    expect(statuses(outcomes)).toEqual(Array(3).fill("complete"));
    expect(log.indexOf("branch begins")).toBeGreaterThan(log.indexOf("parent complete"));
    expect(log.indexOf("free begins")).toBeLessThan(log.indexOf("parent complete"));
    expect(manifestOf("branch").ancestry).toMatchObject({ timeMs: 2000, label: "parent" });
    expect(statuses(await runTasks(tasks, {}, undisturbed))).toEqual(statuses(outcomes));
  });

  it("does not begin what needs a task that failed, and says why", async () => {
    await recordRun(request("other", { ...small, scaling: false }), {
      ...undisturbed,
      onReport: () => {},
    });
    const tasks = [task("other", small), task("child", small, ["other"])];
    const [failed, notBegun] = await runTasks(tasks, {}, undisturbed);
    expect(failed).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/other contains a run with different scaling\. Delete it/),
    });
    expect(notBegun).toMatchObject({
      status: "not begun",
      reason: expect.stringMatching(/^It needs other: .*different scaling/),
    });
    expect(existsSync(join(home, "child"))).toBe(false);
  });

  it.each([
    ["two of one name", [task("a", small), task("a", small)], /Two tasks have the id a/],
    ["one that needs none", [task("a", small, ["b"])], /Task a needs b, which must come before/],
  ])("refuses %s", async (_, tasks, message) => {
    await expect(runTasks(tasks, {}, undisturbed)).rejects.toThrow(message);
  });
});

it("leaves no process behind when the parent is killed: each keeps what it has", async () => {
  writeFileSync(
    join(home, "orphan.yaml"),
    "preset: baseline\nset: { sizeFactor: 0.1, baselineDurationS: 20000 }\nvary: { inputSeed: [1] }\n",
  );
  const sweep = ["sweep", "orphan.yaml", "--workers", "1", "--quiet"];
  const parent = spawn(process.execPath, [commandPath, ...sweep], { cwd: home, stdio: "inherit" });
  const runs = join(home, "sweeps/orphan/runs");
  const orphan = async (): Promise<string> => {
    const manifest = existsSync(runs)
      ? readdirSync(runs, { recursive: true, encoding: "utf8" }).find((path) =>
          path.endsWith(runFiles.manifest),
        )
      : undefined;
    return manifest ? join("sweeps/orphan/runs", manifest, "..") : wait(20).then(orphan);
  };
  const directory = await orphan();
  await writerOf(directory);
  parent.kill("SIGKILL");
  await once(parent, "close");
  while (manifestOf(directory).status === "running") await wait(50);
  expect(manifestOf(directory).status).toBe("interrupted");
});
