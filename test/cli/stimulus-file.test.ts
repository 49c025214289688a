import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { h5wasm } from "h5wasm/node";
import { beforeAll, describe, expect, it } from "vitest";
import { inThisProcess, isocortex, shell, temporaryFolder } from "./command.ts";
import {
  expectContinuation,
  expectSameRecord,
  recordKilled,
  sharedFolder,
} from "./eventful-run.ts";

describe("a stimulus from a file", () => {
  const cwd = sharedFolder();
  const file = "spikes.csv";
  const rows = Array.from({ length: 20_000 }, (_, k) => `${0.613 * k},${(37 * k) % 470}`);
  const entry = `from 1500 ms until 9 s: stimulate { cells: E, weight: 6 mV, file: ${file} }`;
  const set = ["baselineDurationS=12", "learningDurationS=0", "recallDurationS=0"];
  const changes = set.flatMap((change) => ["--set", change]);
  const run = (directory: string, ...more: readonly string[]) => [
    ...["run", "training", ...changes, "--add", entry, "--out", directory, "--quiet"],
    ...more,
  ];
  const begin = () => writeFileSync(join(cwd, file), `time_ms,cell\n${rows.join("\n")}\n`);

  it("is kept with the run, which goes on without the file to the same bytes", async () => {
    begin();
    expect(await isocortex(run("whole"), { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await isocortex(run("two", "--threads", "2"), { cwd })).toMatchObject({ code: 0 });
    expectSameRecord(cwd, "two", "whole");
    await recordKilled(cwd, "cut", run("cut", "--checkpoint-every", "0.02"));
    rmSync(join(cwd, file));
    expect(await isocortex(["resume", "cut", "--quiet"], { cwd })).toMatchObject({ code: 0 });
    expectSameRecord(cwd, "cut", "whole");
    const [name] = checksums("whole");
    const copies = ["whole", "cut"].map((directory) =>
      readFileSync(join(cwd, directory, "stimuli", `${name}.bin`)),
    );
    expect(copies[0]!.equals(copies[1]!)).toBe(true);
  });

  const checksums = (directory: string) => {
    const manifest = readFileSync(join(cwd, directory, "manifest.json"), "utf8");
    return Array.from(manifest.matchAll(/"checksum": "([0-9a-f]{16})"/g), ([, one]) => one);
  };

  it("is in a branch, which keeps a copy of its own", async () => {
    const branch = ["branch", "whole@5", "--out", "branch", "--quiet"];
    expect(await isocortex(branch, { cwd })).toMatchObject({ code: 0 });
    expectContinuation(cwd, "branch", "whole", 5000);
    rmSync(join(cwd, "whole", "stimuli"), { recursive: true });
    const again = ["branch", "branch@7", "--out", "later", "--quiet"];
    expect(await isocortex(again, { cwd })).toMatchObject({ code: 0 });
    expectContinuation(cwd, "later", "branch", 7000);
  });

  it("is told of by show, with the checksum that the file must have", async () => {
    const { stdout } = await inThisProcess(["show", "branch"], { cwd });
    expect(stdout).toContain(`file: ${file}, checksum: ${checksums("branch")[0]}`);
  });

  it("whose copy is damaged keeps a run from going on, by name", async () => {
    const copy = join("later", "stimuli", `${checksums("later")[0]}.bin`);
    truncateSync(join(cwd, copy), 5000);
    const { code, stderr } = await isocortex(["branch", "later@8", "--out", "none"], { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toContain("copy of a stimulus's spike trains");
    expect(existsSync(join(cwd, "none"))).toBe(false);
  });

  it("that is wrong is refused before anything is written", async () => {
    writeFileSync(join(cwd, file), "time_ms,cell\n1,2\n3,4000\n");
    const { code, stderr } = await isocortex(run("refused"), { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`${file} contains cell 4000`);
    writeFileSync(join(cwd, file), "time_ms,cell\n1,2\n3,\n");
    const timeline = `timeline:\n  - from: 0 s\n    stimulate:\n      cells: all\n      weight: 1 mV\n      file: ${file}\n`;
    writeFileSync(join(cwd, "mine.yaml"), timeline);
    const checked = await inThisProcess(["check", "mine.yaml"], { cwd });
    expect(checked.code).toBe(2);
    expect(checked.stderr).toContain(
      `mine.yaml:6: timeline[1].stimulate.file: ${file}:3: "" is no`,
    );
    expect(existsSync(join(cwd, "refused"))).toBe(false);
  });
});

it("an experiment in a pipe takes spike trains in HDF5, and so do a sweep's tasks", async () => {
  const cwd = temporaryFolder();
  await h5wasm.ready;
  const file = new h5wasm.File(join(cwd, "spikes.h5"), "w");
  const spikes = file.create_group("spikes").create_group("column");
  spikes.create_dataset({ name: "timestamps", data: Float64Array.of(10, 20) });
  spikes.create_dataset({ name: "node_ids", data: Uint32Array.of(1, 2) });
  file.close();
  const stimulate = "stimulate: { cells: all, weight: 20 mV, file: spikes.h5 }";
  writeFileSync(
    join(cwd, "e.yaml"),
    `preset: baseline-quick\nduration: 1 s\ntimeline:\n  - { id: s, from: 0 s, until: 1 s, ${stimulate} }\n`,
  );
  writeFileSync(join(cwd, "sweep.yaml"), "experiment: e.yaml\nvary: { s.weight: [1, 20] }\n");
  const once = await shell("isocortex run <(cat e.yaml) --out run --quiet", { cwd });
  expect(once).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(readFileSync(join(cwd, "run", "manifest.json"), "utf8")).durationMs).toBe(1000);
  const all = await isocortex(["sweep", "sweep.yaml", "--quiet"], { cwd });
  expect(all).toMatchObject({ code: 0, stderr: "" });
});

describe("a path of spike trains", () => {
  const cwd = sharedFolder();
  const yaml = (file: string) =>
    `preset: baseline-quick\nduration: 1 s\ntimeline:\n  - { id: s, from: 0 s, stimulate: { cells: all, weight: 20 mV, file: ${file} } }\n`;
  const checksumOf = (directory: string) =>
    JSON.parse(readFileSync(join(cwd, directory, "manifest.json"), "utf8")).timeline[0].action
      .checksum;
  const cells = { "study/trains/a.csv": 7, "study/trains/b.csv": 8, "a.csv": 9 };

  beforeAll(() => {
    mkdirSync(join(cwd, "study/trains"), { recursive: true });
    for (const [path, cell] of Object.entries(cells)) {
      writeFileSync(join(cwd, path), `time_ms,cell\n10,${cell}\n`);
    }
    writeFileSync(join(cwd, "study/a.yaml"), yaml("trains/a.csv"));
    writeFileSync(join(cwd, "study/late.yaml"), yaml("trains/b.csv").replace(/preset.*\n/, ""));
    writeFileSync(
      join(cwd, "study/sweep.yaml"),
      "experiment: a.yaml\nvary: { s.file: [trains/a.csv, trains/b.csv] }\n",
    );
  });

  it("is relative to the experiment's file, and kept as that has it", async () => {
    const run = ["run", "study/a.yaml", "--out", "run", "--quiet"];
    expect(await isocortex(run, { cwd })).toMatchObject({ code: 0, stderr: "" });
    const { stdout } = await inThisProcess(["show", "run"], { cwd });
    expect(stdout).toContain("file: trains/a.csv, checksum:");
    const refused = await inThisProcess(["check", "a.yaml"], { cwd: join(cwd, "study/trains") });
    expect(refused.code).toBe(2);
    const checked = await inThisProcess(["check", "../a.yaml"], { cwd: join(cwd, "study/trains") });
    expect(checked).toMatchObject({ code: 0, stderr: "" });
  });

  it("is relative to the working directory in --add and in a pipe", async () => {
    const add = "from 0 s: stimulate { cells: all, weight: 20 mV, file: a.csv }";
    const run = ["run", "baseline-quick", "--set", "baselineDurationS=1", "--out", "added"];
    expect(await isocortex([...run, "--add", add, "--quiet"], { cwd })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "study/b.yaml"), yaml("a.csv"));
    const piped = await shell("isocortex run <(cat study/b.yaml) --out piped --quiet", { cwd });
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    expect(checksumOf("piped")).toBe(checksumOf("added"));
    expect(checksumOf("piped")).not.toBe(checksumOf("run"));
  });

  it("is relative to the file of a branch", async () => {
    const branch = ["branch", "run@0.5", "--from-file", "study/late.yaml", "--out", "branch"];
    expect(await isocortex([...branch, "--quiet"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(checksumOf("branch")).not.toBe(checksumOf("run"));
  });

  it("is relative to the sweep's file, wherever its tasks are carried out", async () => {
    const plan = ["sweep", "study/sweep.yaml", "--plan-only", "--out", "all"];
    expect(await isocortex(plan, { cwd })).toMatchObject({ code: 0, stderr: "" });
    for (const index of ["0", "1"]) {
      const task = ["sweep", "task", join(cwd, "all"), index];
      expect(await isocortex(task, { cwd: tmpdir() })).toMatchObject({ code: 0 });
    }
    const runs = readdirSync(join(cwd, "all/runs"), { recursive: true, encoding: "utf8" })
      .filter((path) => basename(path) === "manifest.json")
      .map((path) => checksumOf(join("all/runs", dirname(path))));
    expect(runs.sort()).toEqual([checksumOf("run"), checksumOf("branch")].sort());
  });
});
