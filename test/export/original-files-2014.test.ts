import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, unzipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { exportRun } from "../../src/runs/export.ts";
import { shippedReferenceFolders } from "../../src/runs/reference-folder.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";
import { exportFolder } from "./recorded-excerpt.ts";

const folder = exportFolder();
const reference = join(shippedReferenceFolders[2014][0]!, "dynamic-deletion-80s");
const text = (path: string) => readFileSync(path, "utf8");

/** Scaling begins at 10 s, cells die at 20 s: the first seconds of the run show both. */
const UNTIL_MS = 24_001;
const SAMPLES = 13;

let run: RunExcerpt;

beforeAll(async () => {
  const { original } = JSON.parse(text(join(reference, "run.json")));
  const parameters = resolveParameters({ model: "2014", ...parseOriginalOverrides(original) });
  const experiment = { preset: null, description: "", parameters, entries: [] };
  run = new RunExcerpt(await runExperiment(experiment, { untilMs: UNTIL_MS }));
  await exportRun(run, { format: "neuron", path: folder });
});

it("vars of the 2014 model are the original's, line by line", () => {
  expect(text(join(folder, "vars"))).toBe(text(join(reference, "vars")));
});

it("aux has the original's growth factors and samples", () => {
  const original = new TextDecoder().decode(gunzipSync(readFileSync(join(reference, "aux.gz"))));
  const lines = original.split("\n").slice(0, SAMPLES * 471);
  expect(lines[0]).toBe("t = 0.000000,globalscale = -nan");
  expect(lines.some((line) => /^t = 24000.000000,globalscale = 0\.4/.test(line))).toBe(true);
  expect(lines.filter((line) => line.endsWith(",1")).length).toBeGreaterThan(30);
  const own = text(join(folder, "aux")).trimEnd().split("\n");
  expect(own).toHaveLength(lines.length);
  expect(own.findIndex((line, k) => line !== lines[k])).toBe(-1);
});

it("the other formats name the activity and its target with their unit", async () => {
  const columns = "sensed_rate_khz,activity_mv_per_ms,target_activity_mv_per_ms,scale_factor,alive";
  const [header, ...rows] = [...csvText(run, "cells")].join("").trimEnd().split("\n");
  expect(header).toBe(`time_ms,cell,${columns}`);
  const last = run.sample(SAMPLES - 1);
  const activities = rows.slice(-470).map((row) => Number(row.split(",")[3]));
  expect(activities).toEqual([...last.activity!]);
  expect(Math.max(...activities)).toBeGreaterThan(0);
  const [npz] = await exportRun(run, { format: "npz", path: join(folder, "run.npz") });
  const arrays = Object.keys(unzipSync(readFileSync(npz!)));
  for (const name of columns.split(",")) expect(arrays).toContain(`${name}.npy`);
  expect(arrays).not.toContain("target_rate_khz.npy");
  const files = await exportRun(run, { format: "sonata", path: join(folder, "sonata") });
  const names = files.map((file) => file.split("/").at(-1));
  expect(names).toEqual(expect.arrayContaining(["activity.h5", "target_activity.h5"]));
  expect(names).not.toContain("target_rate.h5");
});
