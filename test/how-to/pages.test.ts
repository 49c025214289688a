import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { openRun } from "../../src/runs/opening.ts";
import { followPages } from "./pages.ts";

const pages = [
  "add-a-homeostasis-rule",
  "add-a-parameter",
  "add-a-plasticity-rule",
  "add-a-stimulus",
  "add-a-way-to-choose-cells",
  "add-an-intervention",
];

/** Sources to which all pages have been applied, one after the other, built, tested and run. */
let copy: string;

beforeAll(() => {
  copy = followPages(pages);
  return () => rmSync(copy, { recursive: true, force: true });
});

const recorded = (name: string): RunReader => openRun(join(copy, "runs", name));

const isocortex = (...args: string[]) =>
  spawnSync("node", ["dist/cli/main.js", ...args], { cwd: copy, encoding: "utf8" });

/** Cells of populations of a run. */
const cellsOf = ({ manifest }: RunReader, isMeant: (population: Population) => boolean): number[] =>
  manifest.populations
    .filter(isMeant)
    .flatMap(({ firstCell, cellCount }) =>
      Array.from({ length: cellCount }, (_, k) => firstCell + k),
    );

type Population = RunReader["manifest"]["populations"][number];

it("are all followed here", () => {
  expect(readdirSync("docs/how-to").sort()).toEqual(pages.map((name) => `${name}.md`));
});

it("the page Add a homeostasis rule adds one that runs, to the same bits in both engines", () => {
  const { manifest, spikeCount } = recorded("tired");
  expect(manifest.parameters["fatigueStepMv"]).toMatchObject({ value: 4, unit: "mV" });
  expect(spikeCount).toBeGreaterThan(100);
});

it("the page Add a parameter adds one that runs heed, lists show and branches refuse", () => {
  const { manifest } = recorded("antagonist");
  expect(manifest.parameters["inhibitoryWeightFactor"]).toEqual({
    value: 0.5,
    unit: "1",
    original: [],
  });
  expect(isocortex("list", "parameters").stdout).toMatch(
    /^inhibitoryWeightFactor .* in a new run +Multiplies the weights/m,
  );
  const change = ["--set", "inhibitoryWeightFactor=0.4", "--out", "runs/branch"];
  const branch = isocortex("branch", "runs/antagonist@1", ...change);
  expect(branch.status).toBe(2);
  expect(branch.stderr).toContain("it decides how the network is built");
});

it("the page Add a plasticity rule adds one by which a run learns", () => {
  const run = recorded("weight-dependent");
  expect(run.manifest.parameters["weightDependentPotentiation"]).toMatchObject({ value: 0.02 });
  const gains = run.gains(run.gainTimesMs.length - 1);
  expect(Math.min(...gains)).toBeLessThan(1);
  expect(Math.max(...gains)).toBeGreaterThan(1);
});

it("the page Add a stimulus adds a pattern that can be run, listed and checked", () => {
  const list = isocortex("list", "interventions").stdout;
  expect(list).toContain("bursts, in bursts at equal intervals");
  expect(list).toMatch(/size .*\(bursts; by default 5\)/);
  const run = recorded("bursts");
  const { timesMs, cells } = run.spikes({ startMs: 1000 });
  // Both E2's spikes and their times are those of the bursts: 1 s, 1.2 s, 1.4 s.
  const e2 = cellsOf(run, ({ name }) => name === "E2");
  const ofE2 = Array.from(timesMs).filter((_, k) => e2.includes(cells[k]!));
  const inBursts = ofE2.filter((timeMs) => timeMs < 1500 && (timeMs - 1000) % 200 < 20);
  expect(inBursts.length).toBeGreaterThan(2 * e2.length);
});

describe("the page Add a way to choose cells", () => {
  it("adds a kind of selection", () => {
    const run = recorded("every");
    const chosen = cellsOf(run, ({ layer }) => layer === 4).filter((_, k) => k % 3 === 0);
    const silence = run.manifest.timeline!.find(({ what }) => what === "silence");
    expect(silence!.cells["silence.cells"]).toBe(chosen.join(", "));
  });

  it("adds one by which cells die", () => {
    const run = recorded("lowest");
    const [deletion] = run.events().flatMap((event) => (event.kind === "deletion" ? [event] : []));
    const { cells, scaleFactors } = deletion!;
    expect(cells).toHaveLength(10);
    const last = run.sample(run.sampleTimesMs.length - 1);
    const living = cellsOf(run, ({ cellClass }) => cellClass === "E").filter(
      (cell) => last.alive[cell],
    );
    // A second later, the factors of those that live have changed little.
    const least = living.reduce((low, cell) => Math.min(low, last.scaleFactor[cell]!), Infinity);
    expect(Math.max(...scaleFactors)).toBeLessThan(least + 0.05);
    expect(Math.max(...scaleFactors)).toBeLessThan(1);
  });
});

it("the page Add an intervention adds one that can be run, listed and read", () => {
  expect(isocortex("list", "interventions").stdout).toContain(
    "Multiplies the weights of all external input by a factor, permanently.",
  );
  const run = recorded("wane");
  const waned = run.events().filter((event) => "what" in event && event.what === "wane");
  expect(waned.map(({ timeMs }) => timeMs)).toEqual([1000, 1500, 2000, 2500, 3000]);
  const countIn = (startMs: number) => run.countSpikes({ startMs, endMs: startMs + 1000 });
  expect(countIn(3000)).toBeLessThan(countIn(0) / 2);
});
