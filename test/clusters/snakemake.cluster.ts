import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandPath } from "../cli/command.ts";

const snakefile = fileURLToPath(new URL("../../examples/snakemake/Snakefile", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "isocortex snakemake "));

/** Four runs of a second of a column of 43 cells, two of each network, on two baselines. */
const sweep = `
preset: training-quick
set: { sizeFactor: 0.1, baselineDurationS: 0.4, learningDurationS: 0.4, recallDurationS: 0.2, scalingStartMs: 500 }
vary: { scaling: [off, on] }
seeds: 2
`;

beforeAll(() => {
  if (spawnSync("snakemake", ["--version"]).status === 0) return;
  const install = "apt-get update -qq && apt-get install -y -qq --no-install-recommends snakemake";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, stderr } = spawnSync("bash", ["-c", install], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`Cannot install Snakemake: ${stderr}`);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

it("carries out a study row by row, pasts first, and collects it", async () => {
  writeFileSync(join(home, "sweep.yaml"), sweep);
  const isocortex = `isocortex='${process.execPath}' '${commandPath}'`;
  const config = ["--config", "sweep=sweep.yaml", "study=a study", isocortex];
  const args = ["-s", snakefile, "--cores", "2", ...config];
  const { stderr } = await promisify(execFile)("snakemake", args, { cwd: home });
  expect(stderr).toContain("8 of 8 steps (100%) done");
  const table = readFileSync(join(home, "a study/results/runs.csv"), "utf8");
  expect(table.trimEnd().split("\n")).toHaveLength(1 + 4);
  expect(existsSync(join(home, "a study/failures"))).toBe(false);
});
