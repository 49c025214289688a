import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { underivedOverrides } from "../../src/experiment/branch.ts";
import { readExperiment } from "../../src/experiment/file.ts";
import { presets } from "../../src/experiment/presets.ts";
import { planSweep } from "../../src/study/planning/plan.ts";
import { readSweep, type SweepPreset } from "../../src/study/planning/sweep-file.ts";

const project = join(import.meta.dirname, "../..");
const folder = join(project, "examples/notes");
const notes = readdirSync(folder).filter((name) => !name.includes("."));

function openExperiment(note: string, path: string): SweepPreset {
  const { parameters, entries } = readExperiment(
    readFileSync(join(folder, note, path), "utf8"),
    path,
  );
  return { name: path, overrides: underivedOverrides(parameters), entries };
}

const tableOf = (note: string, name: string): Record<string, string>[] => {
  const [header, ...rows] = readFileSync(join(folder, note, name), "utf8")
    .trimEnd()
    .split("\n");
  const names = header!.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, k) => [names[k]!, cell])));
};

describe.each(notes)("the note %s", (note) => {
  const files = readdirSync(join(folder, note));
  const textOf = (name: string) => readFileSync(join(folder, note, name), "utf8");
  const studies = files.filter((name) => /^vary:/m.test(textOf(name)) && name.endsWith(".yaml"));

  it("has studies that can be planned, of which one differs from the other", () => {
    const hashes = studies.flatMap((name) => {
      const open = (path: string) => openExperiment(note, path);
      const sweep = readSweep(textOf(name), name, name, presets, open);
      return planSweep(sweep, { name: "isocortex", version: "test" }).tasks.map(({ hash }) => hash);
    });
    expect(studies.length).toBeGreaterThan(1);
    expect(hashes.length).toBeGreaterThan(20);
  });

  it("has the tables that its page names", () => {
    const page = readFileSync(join(project, `docs/notes/${note}.md`), "utf8");
    const tables = files.filter((name) => name.endsWith(".csv"));
    expect(tables.length).toBeGreaterThan(0);
    for (const name of tables) expect(page).toContain(`examples/notes/${note}/${name}`);
  });
});

const pageOf = (note: string) => readFileSync(join(project, `docs/notes/${note}.md`), "utf8");

/** Rows of a table by the value of a column, in the order in which they come. */
function groupsOf<T extends string>(rows: readonly Record<string, string>[], name: T) {
  const values = [...new Set(rows.map((row) => row[name]!))];
  return values.map((value) => [value, rows.filter((row) => row[name] === value)] as const);
}

it("the note windup has the counts of its table", () => {
  const page = pageOf("windup");
  for (const [step, own] of groupsOf(tableOf("windup", "onset.csv"), "plasticIncrementEE")) {
    const cells = groupsOf(own, "scalingGamma").map(([, runs]) => {
      const hyperactive = runs.filter(({ hyperactivityOnsetS }) => hyperactivityOnsetS !== "");
      const outside = runs.filter(({ outsideRangeCells }) => Number(outsideRangeCells) > 322 / 4);
      return `${hyperactive.length} (${outside.length})`;
    });
    expect(page).toContain(`| ${step} | ${cells.join(" | ")} |`);
  }
});

it("the note learning-unaltered has the ranges of its table", () => {
  const page = pageOf("learning-unaltered");
  const range = (rows: readonly Record<string, string>[], name: string) => {
    const values = rows.map((row) => Math.abs(Number(row[name])));
    return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
  };
  const rows = tableOf("learning-unaltered", "signal.csv").filter(
    ({ scaling, time_s }) => scaling === "true" && time_s === "140",
  );
  const groups = groupsOf(rows, "trainingWeightMv");
  expect(groups).toHaveLength(5);
  for (const [weight, own] of groups) {
    const line = page.split("\n").find((one) => one.startsWith(`| ${weight} mV |`))!;
    expect(line).toContain(range(own, "order_volleys"));
    expect(line).toContain(range(own, "order_control"));
  }
});

it("the note windup has the strengths of its tables", () => {
  const page = pageOf("windup");
  const percent = (text: string) => (100 * Number(text)).toFixed(1);
  const failed = tableOf("windup", "published.csv").filter(({ onset_s }) => onset_s !== "");
  expect(failed).toHaveLength(4);
  for (const { seed, onset_s, ee_strength, ie_overshooting } of failed) {
    const row = page.split("\n").find((line) => line.startsWith(`| ${seed} | ${onset_s} s |`));
    expect(row).toContain(`| ${percent(ee_strength!)} % | ${percent(ie_overshooting!)} % |`);
  }
  const bounded = tableOf("windup", "aftermath.csv").filter(
    ({ rateErrorIntegralLimit }) => rateErrorIntegralLimit === "10",
  );
  const strengths = bounded.map(({ ee_strength }) => Math.round(100 * Number(ee_strength)));
  expect(page).toContain(`| ${Math.min(...strengths)}–${Math.max(...strengths)} % |`);
});
