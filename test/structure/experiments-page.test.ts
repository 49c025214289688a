import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { interventions, presetExperiment, presets } from "../../src/index.ts";
import { durationMs } from "../../src/model/timeline.ts";
import { patterns } from "../../src/network/stimuli/patterns.ts";
import { choiceNames } from "../../src/timeline/interventions/choices.ts";

const page = readFileSync(new URL("../../docs/experiments.md", import.meta.url), "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));

it.each(interventions.listInterventions())("docs/experiments.md has $key", ({ key, keys }) => {
  const row = rows.find(([what]) => what!.startsWith(`\`${key}:`));
  const [, listed] = /\{ (.*) \}`/.exec(row?.[0] ?? "") ?? [];
  expect(row).toBeDefined();
  // Those of single values have no names, and parameters and stimuli have tables of their own.
  if (listed === undefined || listed.includes("…") || keys[0]?.name === "") return;
  expect(listed.split(/, | or /).sort()).toEqual(keys.map(({ name }) => name).sort());
});

it.each(Object.entries(patterns))("docs/experiments.md has the pattern %s", (name, { keys }) => {
  const row = rows.find(([given]) => given === `\`pattern: ${name}\``);
  const listed = [...(row?.[1] ?? "").matchAll(/`(\w+)`/g)].map(([, key]) => key);
  expect(listed.sort()).toEqual(["rate", ...Object.keys(keys)].sort());
});

it("docs/experiments.md has all ways to choose cells that are deleted", () => {
  const [, sentence = ""] = /`delete` chooses cells by (.*?)\. /.exec(page) ?? [];
  const listed = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...choiceNames].sort());
});

const published = presets.filter(({ name }) => !name.endsWith("-quick"));

it.each(published)("docs/experiments.md has $name", ({ name, figure, original }) => {
  const row = rows.find(([, run]) => run === `\`${name}\``)!;
  expect(row).toBeDefined();
  const [figures, , command, length] = row;
  const seconds = durationMs(presetExperiment(name).parameters) / 1000;
  expect(length).toBe(`${seconds >= 1e5 ? String(seconds).replace(/(?=\d{3}$)/, " ") : seconds} s`);
  const numbers = (text: string) => text.match(/\d+[a-d]?/g) ?? [];
  expect(numbers(figures!)).toEqual(
    expect.arrayContaining(numbers((figure ?? "").split(" (2014")[0]!)),
  );
  const [, own] = /^`\{(.*)\}`/.exec(command!) ?? [];
  const plain = (text: string) => text.replace(/\b(\d+)e3\b/g, "$1000");
  if (own !== undefined && original !== "{}") expect(`{${plain(own)}}`).toBe(original);
});
