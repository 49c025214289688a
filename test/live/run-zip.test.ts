import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runZip } from "../../src/archive/run-zip.ts";
import { MemoryStore, readExperiment, runExperiment } from "../../src/index.ts";
import { openedFile } from "../../src/live/session/opened-file.ts";
import { isocortex } from "../cli/command.ts";

const experiment = readExperiment(`
preset: baseline-quick
duration: 2 s
timeline:
  - { id: learning, at: 500 ms, plasticity: on }
`);

let folder: string;
let archive: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "isocortex-zip-"));
  const store = new MemoryStore();
  const program = { name: "isocortex", version: "0.3.0" };
  await runExperiment(experiment, { store, label: "column", program });
  archive = await runZip(store, "column");
  writeFileSync(join(folder, "column.zip"), archive);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["resume", ["column.zip"], /already (complete|finished)|finished|complete/i],
  ["compare", ["column.zip", "column"], /identical/],
  ["statistics", ["column.zip"], /Hz/],
  ["plot", ["column.zip", "raster", "--format", "svg"], /svg/],
  ["export", ["column.zip", "--format", "csv"], /^\d+\.\d+,\d+$/m],
] as const)("an archive of the page is taken by %s", async (command, args, words) => {
  const { code, stdout, stderr } = await isocortex([command, ...args], { cwd: folder });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout + stderr).toMatch(words);
  expect(existsSync(join(folder, "column/manifest.json"))).toBe(true);
});

it("an archive is branched from at a moment", async () => {
  const args = ["branch", "column.zip@1", "--set", "scaling=on", "--out", "b", "--quiet"];
  expect(await isocortex(args, { cwd: folder })).toMatchObject({ code: 0 });
});

it.each<[string, () => Uint8Array, RegExp]>([
  ["that is cut", () => archive.subarray(0, 2000), /incomplete or damaged/],
  ["without a run", () => zipSync({ "a.txt": strToU8("a") }), /contains no run/],
  [
    "that leads elsewhere",
    () => zipSync({ ...unzipSync(archive), "column/../../out.txt": strToU8("a") }),
    /no file of a run/,
  ],
])("an archive %s is refused, and nothing is left", async (_, bytes, words) => {
  writeFileSync(join(folder, "bad.zip"), bytes());
  const before = readdirSync(folder);
  const { code, stderr } = await isocortex(["statistics", "bad.zip"], { cwd: folder });
  expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  expect(readdirSync(folder)).toEqual(before);
});

it("an archive never replaces what else has its name", async () => {
  writeFileSync(join(folder, "other.zip"), archive);
  writeFileSync(join(folder, "other"), "mine");
  const { code, stderr } = await isocortex(["statistics", "other.zip"], { cwd: folder });
  expect([code, stderr]).toEqual([2, expect.stringContaining("contains something else")]);
});

it("an archive is not taken for another run in its place", async () => {
  writeFileSync(join(folder, "taken.zip"), archive);
  const args = ["run", "baseline", "--set", "baselineDurationS=0.5", "--out", "taken", "--quiet"];
  expect(await isocortex(args, { cwd: folder })).toMatchObject({ code: 0 });
  const { code, stderr } = await isocortex(["statistics", "taken.zip"], { cwd: folder });
  expect([code, stderr]).toEqual([2, expect.stringContaining("another run")]);
});

it("an archive of the page is opened again, at its end", () => {
  const { experiment: opened, momentMs } = openedFile(archive, "column.zip");
  expect(momentMs).toBe(2000);
  expect(opened.parameters).toEqual(experiment.parameters);
  expect(opened.entries).toEqual(experiment.entries);
});
