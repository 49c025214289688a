import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const peers = new URL("../../bench/peers/", import.meta.url);
const { compare, isocortex, measureInTurn, output, program, reportText } = await import(
  new URL("turns.mjs", peers).href
);
const { compareSpikes, readSpikes } = await import(new URL("neuron/spikes.mjs", peers).href);

const folder = mkdtempSync(join(tmpdir(), "isocortex-test-peers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const neuron = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL("neuron/column.mjs", peers)), ...args], {
    encoding: "utf8",
  });

it("refuses to begin without the original, and says where it is to be had", () => {
  const { status, stdout, stderr } = neuron();
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^--deposit is missing\./);
  expect(stderr).toContain("ModelDB 147141");
});

it("refuses a folder that is not the deposit as it was deposited, naming each file", () => {
  const other = join(folder, "other");
  mkdirSync(other);
  writeFileSync(join(other, "sim.hoc"), "run()\n");
  const { status, stdout, stderr } = neuron("--deposit", other);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("  mod/intf6.mod is missing\n");
  expect(stderr).toContain("  sim.hoc is another version or was changed\n");
  expect(stderr).toContain("https://modeldb.science/147141");
});

it.each([
  ["--rounds", "0"],
  ["--seconds", "1"],
  ["--seconds", "soon"],
])("refuses %s %s", (option, value) => {
  const { status, stderr } = neuron(option, value);
  expect(status).toBe(2);
  expect(stderr).toMatch(new RegExp(`^${option} ${value}: expected a whole number, at least `));
});

it("gives medians, extremes and the ratios of each round, set-up apart", () => {
  const costs = (processorS: number, wallS: number) => ({ processorS, wallS });
  const round = (own: number, other: number) => ({
    isocortex: {
      whole: costs(own + 0.5, own + 1),
      setUp: costs(0.5, 1),
      simulation: costs(own, own),
    },
    NEURON: {
      whole: costs(other + 2, other + 3),
      setUp: costs(2, 3),
      simulation: costs(other, other),
    },
  });
  const contenders = [{ name: "isocortex" }, { name: "NEURON" }];
  const rounds = [round(1, 14), round(2, 32), round(1, 15)];
  const quantities = compare(rounds, contenders, { seconds: 100 });
  const named = Object.fromEntries(
    quantities.map(({ name, ...quantity }: { name: string }) => [name, quantity]),
  );
  expect(named["simulation alone, processor (s)"]).toEqual({
    isocortex: { median: 1, min: 1, max: 2 },
    NEURON: { median: 15, min: 14, max: 32 },
    ratio: { median: 15, min: 14, max: 16 },
  });
  expect(named["whole run, wall (s)"].ratio).toEqual({ median: 9, min: 17 / 2, max: 35 / 3 });
  expect(named["set-up, processor (s)"].ratio).toEqual({ median: 4, min: 4, max: 4 });
  expect(named["simulation alone, × real time (processor)"]).toEqual({
    isocortex: { median: 99, min: 99 / 2, max: 99 },
    NEURON: { median: 99 / 15, min: 99 / 32, max: 99 / 14 },
    ratio: { median: 15, min: 14, max: 16 },
  });
  const text = reportText(quantities, contenders, ["Spikes: 3 in both."]);
  expect(text).toMatch(/^median \(range\) +isocortex +NEURON +ratio\n/);
  expect(text).toMatch(
    /simulation alone, processor \(s\) +1\.00 \(1\.00–2\.00\) +15\.0 \(14\.0–32\.0\) +15\.0 \(14\.0–16\.0\)\n/,
  );
  expect(text.endsWith("Spikes: 3 in both.\n")).toBe(true);
});

it("times whole runs of isocortex, and reads what the original's format holds of their spikes", () => {
  const run = join(folder, "run");
  const overrides = (seconds: number) => `{stdpsim=1 PreDur=${seconds} LearnDur=0 PostDur=0}`;
  const contender = isocortex((seconds: number) => [run, overrides(seconds)]);
  const [round] = measureInTurn([contender], { seconds: 3, rounds: 1 });
  const { whole, setUp, simulation } = round.isocortex;
  expect(setUp.processorS).toBeGreaterThan(0);
  expect(simulation.wallS).toBe(whole.wallS - setUp.wallS);
  const exported = join(folder, "exported");
  output([process.execPath, program, "export", run, "--format", "neuron", "--out", exported]);
  const spikes = readSpikes(exported);
  const { stdout } = output([process.execPath, program, "statistics", run, "--json"]);
  expect(spikes.cells.length).toBe(JSON.parse(stdout).spikes);
  expect(Math.max(...spikes.timesMs)).toBeLessThan(3000);
  expect(Math.max(...spikes.cells)).toBeLessThan(470);
  expect(compareSpikes(spikes, readSpikes(exported))).toEqual({
    same: true,
    text: `Spikes: ${spikes.cells.length} in both, the same cells in the same order, the same times.`,
  });
});

it("says where the spikes of two runs part", () => {
  const spikes = (cells: number[], timesMs = cells.map((_, k) => k)) => ({
    cells: Float64Array.from(cells),
    timesMs: Float64Array.from(timesMs),
  });
  expect(compareSpikes(spikes([4, 7]), spikes([4, 7, 9]))).toEqual({
    same: false,
    text: "Spikes: 2 in isocortex, 3 in NEURON.",
  });
  expect(compareSpikes(spikes([4, 7]), spikes([4, 8]))).toEqual({
    same: false,
    text: "Spikes: 2 in both; from number 1 on, cells differ.",
  });
  expect(compareSpikes(spikes([4, 7], [0, 1]), spikes([4, 7], [0, 1.5])).text).toContain(
    "times 5e-1 ms apart at most",
  );
});

it("reads the last of several segments", () => {
  const several = join(folder, "several");
  mkdirSync(several);
  writeFileSync(join(several, ".spks"), "//b9 -2 t1.00 1 0\n//b9 -2 t2.00 2 16\n");
  for (const values of [
    [0.5, 3],
    [1.25, 1.5, 7, 11],
  ]) {
    appendFileSync(join(several, "spks"), new Uint8Array(Float64Array.from(values).buffer));
  }
  const { timesMs, cells } = readSpikes(several);
  expect([[...timesMs], [...cells]]).toEqual([
    [1.25, 1.5],
    [7, 11],
  ]);
});
