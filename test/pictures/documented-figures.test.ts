import { readFileSync } from "node:fs";
import { Command } from "commander";
import { expect, it } from "vitest";
import { defineCommand } from "../../src/cli/plot.ts";
import {
  averagingKinds,
  comparingKinds,
  figureKindNames,
  opposingKinds,
  selectingKinds,
} from "../../src/pictures/kinds.ts";

const page = readFileSync(new URL("../../docs/figures.md", import.meta.url), "utf8");

/** Rows of the table with these column names. */
function rowsOf(heading: string): string[][] {
  const [, body = ""] = page.split(`${heading}\n`);
  const [rows = ""] = body.split("\n\n");
  return rows
    .split("\n")
    .slice(1)
    .map((row) =>
      row
        .replaceAll("\\|", "¦")
        .split("|")
        .map((cell) => cell.trim())
        .slice(1),
    );
}

const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

const options = rowsOf("| option | plots | meaning |");

it("docs/figures.md lists every kind of plot", () => {
  const kinds = rowsOf("| kind | shows |").map(([kind]) => codes(kind!)[0]);
  expect(kinds.sort()).toEqual([...figureKindNames].sort());
});

it("docs/figures.md lists every option of plot", () => {
  const command = new Command("plot");
  defineCommand(command);
  const listed = options.flatMap(([names]) => names!.match(/--[a-z-]+/g)!);
  expect(listed.sort()).toEqual(command.options.map(({ long }) => long).sort());
});

it.each([
  ["--compare", comparingKinds],
  ["--average", averagingKinds],
  ["--against", opposingKinds],
  ["--cells", selectingKinds],
  ["--excitatory-only", [...selectingKinds, "deletion-scale"]],
  ["--detail", averagingKinds],
])("docs/figures.md names the plots to which %s applies", (option, kinds) => {
  const [, plots] = options.find(([names]) => names!.includes(`\`${option}`))!;
  expect(codes(plots!).sort()).toEqual([...kinds].sort());
});
