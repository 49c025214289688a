import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { openStudy } from "../../src/study/folder.ts";
import { isocortex } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** A small column that learns so fast that it becomes hyperactive within seconds. */
const fast = [
  "sizeFactor=0.1",
  "plasticIncrementEE=1",
  "baselineDurationS=5",
  "learningDurationS=8",
  "recallDurationS=2",
  "scalingStartMs=5000",
  "samplingStartMs=500",
  "samplingIntervalMs=500",
].flatMap((assignment) => ["--set", assignment]);

const study = "replicates/training-quick";

/** Baseline and final E rate in Hz, and onset in s, as a command reports them of one run. */
interface Reported {
  readonly baselineEHz: number;
  readonly finalEHz: number;
  readonly onsetS: number;
}

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await isocortex([...args, "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
};

interface Activity {
  readonly baseline: { readonly eHz: number };
  readonly final: { readonly eHz: number };
  readonly onset: { readonly onsetMs: number };
}

const ofActivity = ({ baseline, final, onset }: Activity): Reported => ({
  baselineEHz: baseline.eHz,
  finalEHz: final.eHz,
  onsetS: onset.onsetMs / 1000,
});

let unscaled: string;
let scaled: string;

beforeAll(async () => {
  const replicate = ["replicate", "training-with-scaling-quick", "--seeds", "1", ...fast];
  expect((await isocortex(replicate, { cwd })).code).toBe(0);
  const opened = openStudy(join(cwd, study));
  const runs = opened.plan.tasks.filter(({ kind }) => kind === "run");
  [unscaled, scaled] = [false, true].map((scaling) =>
    opened.runDirectory(runs.find(({ settings }) => settings["scaling"] === scaling)!),
  ) as [string, string];
});

it("statistics, compare, sweep collect, replicate and figure report one activity", async () => {
  const statistics = ofActivity(await json("statistics", unscaled));
  expect(statistics.onsetS).toBeGreaterThan(5);
  expect(statistics.finalEHz).toBeGreaterThan(10 * statistics.baselineEHz);

  const { a, b } = await json("compare", unscaled, scaled, "--from", "9");
  expect(ofActivity(a)).toEqual(statistics);
  expect(b.baseline).toEqual(a.baseline);

  expect((await isocortex(["sweep", "collect", study], { cwd })).code).toBe(0);
  const [names, ...rows] = readFileSync(join(cwd, study, "results/runs.csv"), "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split(","));
  const row = rows.find((cells) => cells[names!.indexOf("scaling")] === "false")!;
  const collected = (name: string) => Number(row[names!.indexOf(name)]);
  expect(collected("baselineRateEHz")).toBe(statistics.baselineEHz);
  expect(collected("finalRateEHz")).toBe(statistics.finalEHz);
  expect(collected("hyperactivityOnsetS")).toBe(statistics.onsetS);

  const [effects, effectsOfSeed] = readFileSync(
    join(cwd, study, "results/claims-by-seed.csv"),
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const effect = Number(
    effectsOfSeed![
      effects!.findIndex((name) => /training-ends-in-hyperactivity.*effect/.test(name))
    ],
  );
  // Of the 10 s after the baseline.
  expect(effect).toBe((15 - statistics.onsetS) / 10);

  const { claims } = await json("figure", "4", "--quick", "--seed", "1", ...fast);
  const measured = new Map<string, number>(
    claims
      .find(({ id }: { id: string }) => id === "training-ends-in-hyperactivity")
      .measured.map(({ name, value }: { name: string; value: number }) => [name, value]),
  );
  expect(measured.get("E rate, baseline")).toBe(statistics.baselineEHz);
  expect(measured.get("E rate, end")).toBe(statistics.finalEHz);
  expect(measured.get("onset of hyperactivity")).toBe(statistics.onsetS);
});
