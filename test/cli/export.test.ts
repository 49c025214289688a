import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "h5wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../src/recording/run-reader.ts";
import { isTemporary } from "../../src/store/replacement.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import {
  everythingIn,
  inThisProcess,
  isocortex,
  shell,
  temporaryFolder,
  twoSeconds,
} from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";
import { recordHyperactivity } from "./hyperactive-record.ts";

const cwd = sharedFolder();
let record: RunReader;

beforeAll(async () => {
  await isocortex(["run", "baseline", ...twoSeconds, "--quiet", "--out", "run"], { cwd });
  record = new RunReader(new FolderStore(join(cwd, "run")));
});

const rowsOf = (csv: string) =>
  csv
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

describe("export as CSV", () => {
  it("writes to a file or to standard output", async () => {
    const args = ["export", "run", "--format", "csv", "--out", "made/spikes.csv"];
    const toFile = await isocortex(args, { cwd });
    expect(toFile).toEqual({ code: 0, stdout: "made/spikes.csv\n", stderr: "" });
    const spikes = rowsOf(readFileSync(join(cwd, "made/spikes.csv"), "utf8"));
    const { timesMs, cells } = record.spikes();
    expect(spikes).toEqual(Array.from(timesMs, (timeMs, k) => [timeMs, cells[k]]));

    const toPipe = await isocortex(["export", "run", "--table", "weights"], { cwd });
    expect(toPipe.stdout.split("\n")[0]).toBe("time_ms,presynaptic,postsynaptic,gain");
    const { presynaptic, postsynaptic } = record.synapses();
    const gains = rowsOf(toPipe.stdout);
    expect(gains.length).toBeGreaterThan(1000);
    expect(gains.every(([timeMs, , , gain]) => timeMs === 2000 && gain === 1)).toBe(true);
    const ends = new Set(Array.from(presynaptic, (cell, k) => `${cell}>${postsynaptic[k]}`));
    expect(gains.every(([, from, to]) => ends.has(`${from}>${to}`))).toBe(true);

    const toDash = await isocortex(["export", "run", "--table", "cells", "--out", "-"], { cwd });
    expect(rowsOf(toDash.stdout)).toHaveLength(4 * 470);
  });

  it("writes a stretch of time", async () => {
    const args = ["export", "run", "--from", "0.5", "--to", "1"];
    const { stdout } = await isocortex(args, { cwd });
    const { timesMs } = record.spikes({ startMs: 500, endMs: 1000 });
    expect(rowsOf(stdout).map(([timeMs]) => timeMs)).toEqual([...timesMs]);
  });
});

describe("export in other formats", () => {
  it.each([
    ["npz", ["run.npz"]],
    ["nwb", ["run.nwb"]],
    ["neuron", ["neuron/.spks", "neuron/aux", "neuron/spks", "neuron/vars"]],
  ])("puts %s into the run's directory unless told otherwise", async (format, names) => {
    const { code, stdout, stderr } = await isocortex(["export", "run", "--format", format], {
      cwd,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const paths = stdout.trimEnd().split("\n").sort();
    expect(paths).toEqual(names.map((name) => join("run/export", name)));
    for (const path of paths) expect(existsSync(join(cwd, path))).toBe(true);
  });

  it.each([
    [["--format", "npz", "--subject", "one"], /--subject is for NWB; npz has no place for it/],
    [["--institution", "here"], /--institution is for NWB; csv has no place for it/],
    [["--format", "nwb", "--experimenter", " "], /Expected a name/],
    [["--format", "nwb", "--subject", "one,eyes=2"], /Expected an id.*species, sex, age.*"eyes=2"/],
    [["--format", "nwb", "--subject", ",sex=U"], /Expected a name/],
    [["--table", "lfp"], /no recorded potentials\. Record them with isocortex run/],
  ])("refuses %s", async (options, message) => {
    const args = ["export", "run", "--out", "refused", ...options];
    const { code, stdout, stderr } = await inThisProcess(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(existsSync(join(cwd, "refused"))).toBe(false);
  });

  it("puts into NWB who simulated, where, and for what", async () => {
    const args = ["export", "run", "--format", "nwb", "--out", "described.nwb"];
    const metadata = [
      ["--subject", "column-1,species=Rattus norvegicus"],
      ["--experimenter", "Cajal, Santiago"],
      ["--experimenter", "Golgi, Camillo"],
      ["--institution", "here"],
    ].flat();
    expect((await isocortex([...args, ...metadata], { cwd })).code).toBe(0);
    const { h5wasm } = await import("h5wasm/node");
    await h5wasm.ready;
    const file = new h5wasm.File(join(cwd, "described.nwb"), "r");
    const general = (name: string) => (file.get(`general/${name}`) as Dataset).value;
    expect(general("experimenter")).toEqual(["Cajal, Santiago", "Golgi, Camillo"]);
    expect(["institution", "subject/subject_id", "subject/species"].map(general)).toEqual([
      "here",
      "column-1",
      "Rattus norvegicus",
    ]);
    file.close();
  });

  it("refuses to replace what is there, unless that is asked for", async () => {
    const args = ["export", "run", "--format", "sonata", "--out", "sonata"];
    expect((await isocortex(args, { cwd })).code).toBe(0);
    writeFileSync(join(cwd, "sonata/spikes.h5"), "mine");
    const refused = await isocortex(args, { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/sonata\/nodes\.h5 is there already\. Give --overwrite/);
    expect(readFileSync(join(cwd, "sonata/spikes.h5"), "utf8")).toBe("mine");
    expect((await isocortex([...args, "--overwrite"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "sonata/spikes.h5")).subarray(1, 4).toString()).toBe("HDF");
  });

  it.each([
    [["--format", "nwb", "--table", "spikes"], /--table is for CSV; nwb has all tables/],
    [["--format", "npz", "--out", "-"], /npz cannot be written to standard output/],
    [["--from", "5"], /Nothing is recorded from 5 s to 2 s: the record goes from 0 s to 2 s/],
    [["--from", "1", "--to", "1"], /Nothing is recorded from 1 s to 1 s/],
  ])("refuses %j", async (options, message) => {
    const before = everythingIn(cwd);
    const { code, stdout, stderr } = await inThisProcess(["export", "run", ...options], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(everythingIn(cwd)).toEqual(before);
  });

  // A limit on the size of files stands for a full disk: the system refuses to write either way.
  it.each(["csv", "npz", "sonata", "nwb", "neuron"])(
    "says why %s cannot be written",
    async (format) => {
      const before = everythingIn(cwd);
      const line = `ulimit -f 30; isocortex export run --format ${format} --out full`;
      const { code, stderr } = await shell(line, { cwd });
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: Cannot write full(\/\S+)?: the file would be larger than allowed\. Raise/,
      );
      expect(everythingIn(cwd)).toEqual(before);
    },
  );
});

it("says that a run is not complete, and exports what there is", async () => {
  const home = temporaryFolder();
  recordHyperactivity(join(home, "cut"), 20_000, { status: "interrupted" });
  const { stdout, stderr } = await isocortex(["export", "cut"], { cwd: home });
  expect(rowsOf(stdout)).toHaveLength(20_000);
  expect(stderr).toMatch(/^note: the run is not complete: exported to 0\.3\d+ s of 3600 s\.\n$/);
});

it.each(["csv", "nwb"])("leaves nothing of a long export as %s on Ctrl-C", async (format) => {
  const home = temporaryFolder();
  recordHyperactivity(join(home, "long"), 3_000_000);
  const args = ["export", "long", "--format", format, "--out", "out/long"];
  const { code, stderr } = await isocortex(args, {
    cwd: home,
    onStart: async (child) => {
      const hasBegun = () =>
        existsSync(join(home, "out")) && readdirSync(join(home, "out")).some(isTemporary);
      while (!hasBegun() && child.exitCode === null)
        await new Promise((turn) => setTimeout(turn, 5));
      child.kill("SIGINT");
    },
  });
  expect(code).toBe(130);
  expect(stderr).toBe("Interrupted before anything was written.\n");
  expect(readdirSync(home)).toEqual(["long"]);
});
