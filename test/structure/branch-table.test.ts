import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listParameters } from "../../src/index.ts";

const page = readFileSync(new URL("../../docs/reliability.md", import.meta.url), "utf8");
const [, table = ""] = /\| parameters \| effect .*\n\| --- .*\n((?:\|.*\n)+)/.exec(page) ?? [];
const rows = table
  .trim()
  .split("\n")
  .map((line) => {
    const [, names = "", effect = ""] = line.split("|");
    const patterns = [...names.matchAll(/`([\w…]+)`/g)].map(([, name]) => name!);
    return { patterns, isRefused: effect.trim().startsWith("refused") };
  });
const patterns = rows.flatMap((row) => row.patterns);
const parameters = listParameters();

const isNamed = (name: string, pattern: string) =>
  new RegExp(`^${pattern.replaceAll("…", ".*")}$`).test(name);

it("docs/reliability.md names all parameters that a branch may change at any time, or never", () => {
  const unnamed = parameters
    .filter(({ changes }) => changes.latest !== "branch")
    .map(({ name }) => name)
    .filter((name) => !patterns.some((pattern) => isNamed(name, pattern)));
  expect(unnamed).toEqual([]);
  const names = parameters.map(({ name }) => name);
  const unknown = patterns.filter((pattern) => !names.some((name) => isNamed(name, pattern)));
  expect(unknown).toEqual([]);
});

it.each(rows.filter((row) => row.patterns.length > 0))(
  "docs/reliability.md says rightly whether a branch may change $patterns",
  ({ patterns: own, isRefused }) => {
    const found = parameters.filter(({ name }) => own.some((pattern) => isNamed(name, pattern)));
    expect(found.filter(({ changes }) => (changes.latest === "beginning") !== isRefused)).toEqual(
      [],
    );
  },
);
