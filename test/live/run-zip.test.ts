import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MemoryStore, readExperiment, runExperiment } from "../../src/index.ts";
import { openedFile } from "../../src/live/session/opened-file.ts";
import { runZip } from "../../src/live/session/run-zip.ts";
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
  for (const [path, bytes] of Object.entries(unzipSync(archive))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["resume", ["column"], /already (complete|finished)|finished|complete/i],
  ["compare", ["column", "column"], /identical/],
  ["statistics", ["column"], /Hz/],
  ["plot", ["column", "raster", "--format", "svg"], /svg/],
  ["export", ["column", "--format", "csv"], /^\d+\.\d+,\d+$/m],
] as const)("an archive of the page, unpacked, is taken by %s", async (command, args, words) => {
  const { code, stdout, stderr } = await isocortex([command, ...args], { cwd: folder });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout + stderr).toMatch(words);
});

it("an archive of the page is opened again, at its end", () => {
  const { experiment: opened, momentMs } = openedFile(archive, "column.zip");
  expect(momentMs).toBe(2000);
  expect(opened.parameters).toEqual(experiment.parameters);
  expect(opened.entries).toEqual(experiment.entries);
});
