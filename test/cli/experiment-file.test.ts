import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { RunReader } from "../../src/recording/run-reader.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { listInterventions } from "../../src/timeline/interventions/listing.ts";
import { everythingIn, inThisProcess, isocortex, temporaryFolder } from "./command.ts";

const record = (...path: string[]) => new RunReader(new FolderStore(join(...path)));

const loss = `
description: Layer 4 lost, and scaling.
duration: 2 s
timeline:
  - id: homeostasis
    at: 500 ms
    scaling: on
  - id: loss
    from: 1 s
    until: 1.4 s
    every: 200 ms
    delete: { cells: E4, count: 3 }
record:
  samples: { from: 500 ms, every: 500 ms }
  gains: 1 s
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

it("run takes a file, with entries besides; show prints what was run; both are the same run", async () => {
  const cwd = folderWith({ "loss.yaml": loss });
  const added = ["--add", "from 1.5 s until 1.8 s: external 0.5", "--add", "remove homeostasis"];
  const { code, stderr } = await isocortex(["run", "loss.yaml", "--seed", "2", ...added], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const run = record(cwd, "runs/loss-seed2");
  expect(run.manifest).toMatchObject({ status: "complete", preset: null, durationMs: 2000 });
  expect(run.manifest.timeline?.map(({ id }) => id)).toEqual(["loss", "external"]);
  expect([...run.sampleTimesMs]).toEqual([500, 1000, 1500, 2000]);
  expect([...run.gainTimesMs]).toEqual([1000, 2000]);
  expect(run.events().map(({ timeMs, kind }) => `${timeMs} ${kind}`)).toEqual([
    "1000 deletion",
    "1200 deletion",
    "1400 deletion",
    "1500 intervention",
    "1800 intervention",
  ]);

  for (const format of ["yaml", "json"]) {
    const shown = await inThisProcess(["show", "runs/loss-seed2", "--format", format], { cwd });
    expect(shown.code).toBe(0);
    writeFileSync(join(cwd, `again.${format}`), shown.stdout);
    const again = await isocortex(["run", `again.${format}`, "--out", format], { cwd });
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: "" });
    expect(record(cwd, format).spikes()).toEqual(run.spikes());
    expect(record(cwd, format).events()).toEqual(run.events());
  }
});

it("check draws the timeline of a file, or says all that is wrong with it", async () => {
  const cwd = folderWith({ "loss.yaml": loss, "bad.yaml": loss.replace("1.4 s", "14 s") });
  const { code, stdout } = await inThisProcess(["check", "loss.yaml"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe(`loss: Layer 4 lost, and scaling.

             0                                                               2 s
             ├─────────────────────────────────────────────────────────────────┤
homeostasis                  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
             scaling, at 0.5 s
loss                                          ×      ×     ×
             3 of E4 deleted, every 0.2 s from 1 s until 1.4 s
`);
  for (const command of ["check", "run", "show"]) {
    const refused = await inThisProcess([command, "bad.yaml"], { cwd });
    expect(refused).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: bad.yaml:10: timeline[2].until: 14 s is outside the run, which lasts from 0 s to 2 s.\n",
    });
  }
  expect(everythingIn(cwd)).toEqual(["bad.yaml", "loss.yaml"]);
});

it("a file that is not in UTF-8 is refused, as its letters would be lost", async () => {
  const cwd = folderWith({});
  const latin = Buffer.from("description: M\u00fcller\nduration: 2 s\n", "latin1");
  writeFileSync(join(cwd, "latin.yaml"), latin);
  expect(await inThisProcess(["check", "latin.yaml"], { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr: "error: latin.yaml is not text in UTF-8. Save it in this encoding.\n",
  });
});

it("branch does otherwise from there on what is added, from a file or besides", async () => {
  const later = `
parameters: { plasticIncrementEE: 0.01 }
timeline:
  - { id: loss, remove: true }
  - { id: quiet, from: 1.2 s, until: 1.5 s, silence: { cells: L4 } }
record:
  samples: { every: 50 ms }
  gains: [1 s, 2 s]
  potentials: { cells: "0-4", every: 10 ms, until: 1 s }
`;
  const cwd = folderWith({
    "loss.yaml": loss,
    "later.yaml": later,
    "early.yaml": later
      .replace("1.2 s", "0.6 s")
      .replace("until: 1.5 s", "until: 0.7 s")
      .replace("[1 s, 2 s]", "0.5 s"),
  });
  await isocortex(["run", "loss.yaml", "--checkpoint-at", "0.8"], { cwd });
  const common = ["branch", "runs/loss@0.8", "--out"];
  const from = ["--from-file", "later.yaml", "--add", "at 1.6 s: external 0"];
  const { code, stderr } = await isocortex([...common, "other", ...from], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const branch = record(cwd, "other");
  expect(branch.manifest.timeline?.map(({ id }) => id)).toEqual([
    "homeostasis",
    "quiet",
    "external",
  ]);
  expect([...branch.gainTimesMs]).toEqual([1000, 2000]);
  expect(branch.manifest.potentials).toEqual({
    ...{ cells: [0, 1, 2, 3, 4], everyMs: 10 },
    ...{ fromMs: 800, untilMs: 1000 },
  });
  expect(branch.sampleTimesMs[1]! - branch.sampleTimesMs[0]!).toBeCloseTo(50);

  const shown = await inThisProcess(["show", "other"], { cwd });
  writeFileSync(join(cwd, "whole.yaml"), shown.stdout);
  await isocortex(["run", "whole.yaml", "--out", "whole"], { cwd });
  const whole = record(cwd, "whole").spikes();
  const first = whole.timesMs.findIndex((timeMs) => timeMs >= 800);
  expect(branch.spikes().timesMs).toEqual(whole.timesMs.subarray(first));
  expect(branch.spikes().cells).toEqual(whole.cells.subarray(first));

  const refused = await inThisProcess([...common, "no", "--from-file", "early.yaml"], { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    "early.yaml:5: timeline[2].until: 0.7 s is outside the run, which lasts from 0.8 s to 2 s.",
  );
  expect(refused.stderr).toContain("early.yaml:8: record.gains: Plastic gains at 0.5 s: expected");
  expect(everythingIn(cwd)).not.toContain("no");
});

it.each<readonly [string, readonly string[], RegExp]>([
  ["a file that is not there", ["run", "lost.yaml"], /There is no file lost\.yaml/],
  ["a directory", ["run", "."], /\. is a directory; expected an experiment file/],
  ["no experiment", ["run", "baselin"], /no experiment "baselin". Did you mean baseline/],
  ["no entry", ["run", "loss.yaml", "--add", "scaling on"], /no colon between time and action/],
  [
    "an added entry after the end",
    ["run", "loss.yaml", "--add", "at 3 s: external 0"],
    /entry 3\.at: 3 s is outside the run/,
  ],
  [
    "an added entry of an unknown kind",
    ["run", "loss.yaml", "--add", "id late at 1 s: externl 0"],
    /late\.externl: unknown key\. Did you mean external\?/,
  ],
  [
    "an unknown parameter",
    ["run", "loss.yaml", "--set", "plastEEinx=1"],
    /Did you mean plastEEinc/,
  ],
])("%s is refused before anything is written", async (_, args, message) => {
  const cwd = folderWith({ "loss.yaml": loss });
  const { code, stderr } = await inThisProcess(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(everythingIn(cwd)).toEqual(["loss.yaml"]);
});

it("a sweep varies the timeline of a file by ids, and its runs are those of the file", async () => {
  const sweep = `
experiment: ../loss.yaml
vary: { loss.count: [1, 3], loss.every: [100 ms, 200 ms] }
seeds: [2]
measures: [finalRateEHz]
`;
  const cwd = folderWith({ "loss.yaml": loss });
  mkdirSync(join(cwd, "studies"));
  writeFileSync(join(cwd, "studies/counts.yaml"), sweep);
  const args = ["sweep", "studies/counts.yaml", "--out", "counts", "--json"];
  const { code, stderr, stdout } = await isocortex(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const files: readonly string[] = JSON.parse(stdout).files;
  const csv = files.find((file) => file.endsWith("runs.csv"))!;
  const table = readFileSync(join(cwd, csv), "utf8").trimEnd().split("\n");
  expect(table[0]).toMatch(/^task,hash,seed,loss\.count,loss\.every,/);
  const rows = table.slice(1).map((row) => row.split(","));
  expect(rows.map((row) => row.slice(3, 5).join())).toEqual([
    "1,100 ms",
    "1,200 ms",
    "3,100 ms",
    "3,200 ms",
  ]);
  expect(files.join("\n")).toMatch(/loss\.count/);

  await isocortex(["run", "loss.yaml", "--seed", "2"], { cwd });
  const hash = rows[3]![1]!;
  const swept = record(cwd, "counts/runs", hash.slice(0, 2), hash);
  const whole = record(cwd, "runs/loss-seed2");
  const from = swept.manifest.ancestry?.timeMs ?? 0;
  expect(from).toBe(1000);
  const first = whole.spikes().timesMs.findIndex((timeMs) => timeMs >= from);
  expect(swept.spikes().timesMs).toEqual(whole.spikes().timesMs.subarray(first));
  expect(swept.events()).toEqual(whole.events().filter(({ timeMs }) => timeMs >= from));
});

it("every kind of intervention of the 2013 model gives the same bits with two threads", async () => {
  const every = `
duration: 6 s
parameters: { learningDurationS: 0 }
timeline:
  - { at: 500 ms, scaling: on }
  - { id: l, from: 1 s, until: 5 s, plasticity: on }
  - { from: 1 s, until: 3 s, set: { EXGain: 16 } }
  - { from: 2 s, every: 1 s, for: 300 ms, external: 0.8 }
  - { from: 1 s, until: 4 s, stimulate: { cells: I, receptor: GABA-proximal, weight: 1 mV, rate: 30 Hz, pattern: poisson } }
  - { from: 2 s, until: 3 s, silence: { cells: { of: E, within: 10 um, around: [15, 15, 0] } } }
  - { at: [1 s, 3 s], reseed: 5 }
  - { from: 0 s, every: 2 s, trials: {} }
  - { from: 2 s, every: 1 s, cellLoss: {} }
  - { at: 5.5 s, end: {} }
  - { when: { measure: rate, cells: E, over: 200 ms, above: 0.1 Hz }, every: 700 ms, delete: { cells: E2, count: 1, choose: highest-rate } }
`;
  const cwd = folderWith({ "every.yaml": every });
  for (const threads of ["1", "2"]) {
    const args = ["run", "every.yaml", "--out", threads, "--threads", threads];
    expect((await isocortex(args, { cwd })).code).toBe(0);
  }
  const [one, two] = [record(cwd, "1"), record(cwd, "2")];
  const kinds = one.manifest.timeline?.map(({ what }) => what);
  expect([...new Set(kinds)].sort()).toEqual(
    listInterventions()
      .filter(({ models }) => models.includes(2013))
      .map(({ key }) => key)
      .sort(),
  );
  expect(one.events().length).toBeGreaterThan(20);
  expect(two.manifest).toMatchObject({ status: "complete", simulatedMs: 5500 });
  expect(two.events()).toEqual(one.events());
  expect(two.spikes()).toEqual(one.spikes());
});
