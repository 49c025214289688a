import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { collectionText } from "../../src/cli/sweep/collect.ts";
import { program } from "../../src/host/package.ts";
import { collectStudy } from "../../src/study/collection.ts";
import { keepPlan, type Study } from "../../src/study/folder.ts";
import { executeTask } from "../../src/study/task.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const home = sharedFolder();

const plan = planTiny(
  `
preset: tiny
vary: { scaling: [off, on], plasticIncrementEE: [0.01, 0.1], trainingRateHz: [20, 40] }
measures: [finalRateEHz, spikes]
seeds: 2
`,
  program,
);

const observer = { onReport: () => {}, signal: new AbortController().signal };

let study: Study;

beforeAll(async () => {
  study = keepPlan(join(home, "study"), plan);
  for (const { index } of plan.tasks.slice(0, -1)) await executeTask(study, index, observer);
});

const columnOf = (file: string, name: string): string[] => {
  const [header, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
  return rows.map((row) => row.split(",")[header!.split(",").indexOf(name)]!);
};

describe("a study that is collected", () => {
  it("gives a table and a picture for each view of it", async () => {
    const { files, ...counts } = await collectStudy(study, { figures: true });
    expect(counts).toEqual({
      complete: 15,
      missing: 1,
      damaged: [],
      outsideRange: 0,
      notFinite: 0,
    });
    expect(files.map((file) => basename(file))).toEqual([
      "runs.csv",
      "runs.parquet",
      "measures-by-scaling.svg",
      "measures-by-plasticIncrementEE.svg",
      "measures-by-trainingRateHz.svg",
      "map-of-plasticIncrementEE-and-trainingRateHz.svg",
      "activity.svg",
      "survival.svg",
    ]);
    for (const file of files) expect(existsSync(file)).toBe(true);
    const spikes = columnOf(files[0]!, "spikes").map(Number);
    expect(spikes).toHaveLength(15);
    expect(Math.min(...spikes)).toBeGreaterThan(0);
  });

  it("has the numbers of its pictures beside them", async () => {
    await collectStudy(study, { figures: true });
    const results = join(study.directory, "results");
    const bySetting = join(results, "measures-by-plasticIncrementEE-spikes.csv");
    expect(columnOf(bySetting, "plasticIncrementEE")).toEqual(["0.01", "0.1"]);
    const spikes = columnOf(join(results, "runs.csv"), "spikes").map(Number);
    const isFirst = ["scaling", "plasticIncrementEE", "trainingRateHz"].map((name, k) => {
      const wanted = ["false", "0.01", "20"][k];
      return columnOf(join(results, "runs.csv"), name).map((value) => value === wanted);
    });
    const own = spikes.filter((_, row) => isFirst.every((column) => column[row]));
    expect(own).toHaveLength(2);
    const [median] = columnOf(bySetting, "scaling_off_trainingRateHz_20_median");
    expect(Number(median)).toBe((own[0]! + own[1]!) / 2);
    const each = join(results, "measures-by-plasticIncrementEE-spikes-runs.csv");
    expect(columnOf(each, "value").map(Number).sort()).toEqual(spikes.sort());
  });

  it("shows at each onset how many runs of a setting are not hyperactive yet", async () => {
    await collectStudy(study, { figures: true });
    const results = join(study.directory, "results");
    const ofSetting = ["scaling", "plasticIncrementEE", "trainingRateHz"].map((name, k) =>
      columnOf(join(results, "runs.csv"), name).map((value) => value === ["false", "0.1", "40"][k]),
    );
    const onsets = columnOf(join(results, "runs.csv"), "hyperactivityOnsetS").filter((_, row) =>
      ofSetting.every((column) => column[row]),
    );
    const times = onsets.filter((onset) => onset !== "").map(Number);
    expect([onsets.length, times.length > 0]).toEqual([2, true]);
    // A panel for each rate of volleys; a line, and a table, for each of the others.
    const table = join(results, "survival-setting-2-scaling-off-plasticIncrementEE-0.1.csv");
    const ends = columnOf(table, "time_ms").map(Number);
    const fractions = columnOf(table, "fraction").map(Number);
    for (const timeS of times) expect(ends).toContainEqual(expect.closeTo(1000 * timeS, 9));
    expect(fractions[0]).toBe(1);
    expect(fractions.at(-1)).toBe(1 - times.length / onsets.length);
  });

  it("can be other measures, in another format, or the table alone", async () => {
    const chosen = { measures: ["livingCells"], format: "png", figures: true } as const;
    const table = join(study.directory, "results/measures-by-scaling-livingCells.csv");
    expect(existsSync(table)).toBe(false);
    const { files } = await collectStudy(study, chosen);
    expect(files.at(-1)).toMatch(/survival\.png$/);
    expect(existsSync(table)).toBe(true);
    expect((await collectStudy(study, { figures: false })).files).toHaveLength(2);
  });

  it("may have nothing yet", async () => {
    const empty = keepPlan(join(home, "empty"), plan);
    const { complete, missing, files } = await collectStudy(empty, { figures: true });
    expect({ complete, missing }).toEqual({ complete: 0, missing: 16 });
    expect(readFileSync(files[0]!, "utf8")).toMatch(/^task,hash,seed,.*\n$/);
  });
});

describe("a study some of whose runs leave the finite numbers", () => {
  it("says in table, text and pictures how many", async () => {
    const unstable = planTiny(
      "preset: tiny\nvary: { scaling: [on], scalingGamma: [1e-10, 10] }\nmeasures: [scaleFactorMean]\n",
      program,
    );
    const own = keepPlan(join(home, "unstable"), unstable);
    for (const { index } of unstable.tasks) await executeTask(own, index, observer);
    const collection = await collectStudy(own, { figures: true });
    expect(collection).toMatchObject({ complete: 2, outsideRange: 1, notFinite: 1 });
    expect(collectionText(collection)).toContain(
      "scale factors left 0.01 to 100 in 1 of them, and 1 turned infinite or not a number",
    );
    const [table] = collection.files;
    const [stable, left] = columnOf(table!, "scaleFactorMean");
    expect(Number(stable)).toBeCloseTo(1, 2);
    expect(left).toMatch(/^(NaN|-?Infinity)$/);
    expect(columnOf(table!, "outsideRangeFromS")[0]).toBe("");
    expect(Number(columnOf(table!, "notFiniteFromS")[1])).toBeGreaterThan(0);
    const picture = readFileSync(
      join(own.directory, "results", "measures-by-scalingGamma.svg"),
      "utf8",
    );
    expect(picture).toContain(
      ">Mean scale factor: infinite or NaN in 1 of 2 runs, which are excluded.<",
    );
  });
});
