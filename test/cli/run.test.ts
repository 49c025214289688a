import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RunReader } from "../../src/recording/run-reader.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { everythingIn, isocortex, shell, temporaryFolder, twoSeconds } from "./command.ts";

const record = (...path: string[]) => new RunReader(new FolderStore(join(...path)));

describe("run", () => {
  it("records an experiment and sums it up", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await isocortex(["run", "baseline", ...twoSeconds], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { manifest, spikeCount, sampleTimesMs, gainTimesMs } = record(cwd, "runs/baseline");
    expect(manifest).toMatchObject({ status: "complete", preset: "baseline", simulatedMs: 2000 });
    expect(spikeCount).toBeGreaterThan(1000);
    expect([...sampleTimesMs]).toEqual([500, 1000, 1500, 2000]);
    expect([...gainTimesMs]).toEqual([2000]);
    expect(stdout).toMatch(/^2 s simulated in /);
    expect(stdout).toContain(`spikes    ${spikeCount.toLocaleString("en").replace(",", " ")};`);
    expect(stdout).toMatch(/^ {2}recorded {2}runs\/baseline /m);
  });

  it("gives its summary to scripts, with rates that are those of the record", async () => {
    const cwd = temporaryFolder();
    const args = ["run", "baseline", ...twoSeconds, "--json", "--out", "here", "--gains-at", "0,1"];
    const { stdout } = await isocortex(args, { cwd });
    const summary = JSON.parse(stdout);
    const run = record(cwd, "here");
    const { cells } = run.spikes();
    const excitatory = new Set<number>();
    for (const { cellClass, firstCell, cellCount } of run.manifest.populations) {
      for (let k = 0; k < cellCount; k++) if (cellClass === "E") excitatory.add(firstCell + k);
    }
    const spikesE = cells.filter((cell) => excitatory.has(cell)).length;
    expect(summary).toMatchObject({
      directory: "here",
      status: "complete",
      cells: 470,
      figures: [],
    });
    expect(summary.spikes).toBe(cells.length);
    expect(summary.rateEHz).toBeCloseTo(spikesE / (2 * excitatory.size), 9);
    expect(summary.rateIHz).toBeCloseTo(
      (cells.length - spikesE) / (2 * (470 - excitatory.size)),
      9,
    );
    expect([...run.gainTimesMs]).toEqual([0, 1000, 2000]);
  });

  it("counts deleted cells as long as they live", async () => {
    const cwd = temporaryFolder();
    const deletion = ["deletionStepCells=100", "deletionIntervalMs=500"];
    const args = ["run", "deletion", ...twoSeconds, "--json"];
    for (const assignment of deletion) args.push("--set", assignment);
    const summary = JSON.parse((await isocortex(args, { cwd })).stdout);
    const run = record(cwd, "runs/deletion");
    const deaths = run.events().filter(({ kind }) => kind === "deletion");
    expect(summary.livingCells).toBe(470 - 100 * deaths.length);
    const bySeconds = (470 * 0.5 + 370 * 0.5 + 270 * 0.5 + 170 * 0.5) / 470;
    const rateHz = summary.spikes / 470 / bySeconds;
    expect(rateHz).toBeGreaterThan(summary.rateEHz);
    expect(rateHz).toBeLessThan(summary.rateIHz);
  });

  it("seeds another network, in a directory of its own", async () => {
    const cwd = temporaryFolder();
    await isocortex(["run", "baseline", "--seed", "7", ...twoSeconds], { cwd });
    await isocortex(["run", "baseline", "--seed", "0", ...twoSeconds], { cwd });
    const seven = record(cwd, "runs/baseline-seed7").manifest;
    const published = record(cwd, "runs/baseline-seed0").manifest;
    expect(seven.network.hash).not.toBe(published.network.hash);
    expect(published.seeds).toMatchObject({ wiringSeed: 534023, inputSeed: 1234 });
  });

  it("draws figures on request", async () => {
    const cwd = temporaryFolder();
    const { stdout } = await isocortex(["run", "baseline", ...twoSeconds, "--plot"], { cwd });
    for (const name of ["raster.svg", "raster-spikes.csv", "activity.svg", "scale.csv"]) {
      expect(stdout).toContain(`runs/baseline/figures/${name}\n`);
      expect(existsSync(join(cwd, "runs/baseline/figures", name))).toBe(true);
    }
  });

  it("passes over figures that there is no data for", async () => {
    const cwd = temporaryFolder();
    const args = ["run", "baseline", ...twoSeconds, "--set", "samplingStartMs=1e6", "--plot"];
    const { code, stdout, stderr } = await isocortex(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("raster.svg");
    expect(stderr).toMatch(/^note: no activity figure\..*\nnote: no scale figure\./);
  });
});

describe("a directory that holds a run", () => {
  it("is left as it is", async () => {
    const cwd = temporaryFolder();
    await isocortex(["run", "baseline", ...twoSeconds], { cwd });
    const before = readFileSync(join(cwd, "runs/baseline/manifest.json"), "utf8");
    const { code, stderr } = await isocortex(["run", "baseline", ...twoSeconds], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/runs\/baseline already contains a run.*--overwrite.*--out/);
    expect(readFileSync(join(cwd, "runs/baseline/manifest.json"), "utf8")).toBe(before);
  });

  it("is replaced on request, while other files in it stay", async () => {
    const cwd = temporaryFolder();
    const args = ["run", "baseline", ...twoSeconds, "--out", "here"];
    await isocortex([...args, "--plot"], { cwd });
    writeFileSync(join(cwd, "here/notes.txt"), "mine");
    const { code } = await isocortex([...args, "--seed", "1", "--overwrite"], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "here/notes.txt"), "utf8")).toBe("mine");
    expect(existsSync(join(cwd, "here/figures"))).toBe(false);
    expect(record(cwd, "here").verify()).toEqual([]);
    expect(record(cwd, "here").manifest.label).toBe("baseline-seed1");
  });

  it("is not touched by a request that is refused", async () => {
    const cwd = temporaryFolder();
    const args = ["run", "baseline", ...twoSeconds, "--out", "here"];
    await isocortex(args, { cwd });
    const before = everythingIn(cwd);
    const { code } = await isocortex([...args, "--overwrite", "--set", "nothing=1"], { cwd });
    expect(code).toBe(2);
    expect(everythingIn(cwd)).toEqual(before);
    expect(record(cwd, "here").verify()).toEqual([]);
  });
});

/** Sends a signal once the run has recorded its first spikes. */
async function interruptOnceRecording(child: ChildProcess, spikeFile: string): Promise<void> {
  const header = 1000;
  const size = () => (existsSync(spikeFile) ? readFileSync(spikeFile).length : 0);
  while (size() < header && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGINT");
}

describe("an interrupted run", () => {
  it("keeps what it has recorded, and says so", async () => {
    const cwd = temporaryFolder();
    const spikeFile = join(cwd, "runs/training/spikes/spikes.bin");
    const { code, stdout, stderr } = await isocortex(["run", "training"], {
      cwd,
      onStart: (child) => interruptOnceRecording(child, spikeFile),
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/^Interrupted after [\d.]+ s of 9600 s, saved in runs\/training\n/);
    const run = record(cwd, "runs/training");
    expect(run.manifest.status).toBe("interrupted");
    expect(run.verify()).toEqual([]);
    const lastMs = run.spikes().timesMs.at(-1)!;
    // Some 900 spikes a second: the last one is just before the end.
    expect(lastMs).toBeLessThanOrEqual(run.manifest.simulatedMs);
    expect(lastMs).toBeGreaterThan(run.manifest.simulatedMs - 500);
    const plot = await isocortex(["plot", "runs/training", "raster", "--to", "1"], { cwd });
    expect(plot.code).toBe(0);
  });
});

it("stops quietly when its reader goes", async () => {
  const cwd = temporaryFolder();
  const args = [...twoSeconds, "--set", "baselineDurationS=20", "--quiet"].join(" ");
  const { code, stderr } = await shell(
    `isocortex run baseline ${args} > /dev/null; isocortex export runs/baseline | head -1`,
    { cwd },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
