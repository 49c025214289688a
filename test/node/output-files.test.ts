import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeOutputs } from "../../src/node/output-files.ts";
import { temporaryPath } from "../../src/node/replacement.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-outputs-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (texts: Readonly<Record<string, Iterable<string>>>) =>
  writeOutputs(async (files) => {
    for (const [name, pieces] of Object.entries(texts)) await files.write(join(home, name), pieces);
  });

const textOf = (name: string) => readFileSync(join(home, name), "utf8");

function* failing() {
  yield "half";
  throw new Error("damaged");
}

it("writes files of many pieces, in a folder that it makes", async () => {
  await write({ "deep/down/a.csv": ["a,b\n", "1,", "2\n"], "deep/b.csv": ["b"] });
  expect(textOf("deep/down/a.csv")).toBe("a,b\n1,2\n");
  expect(textOf("deep/b.csv")).toBe("b");
  expect(readdirSync(join(home, "deep", "down"))).toEqual(["a.csv"]);
});

it("leaves everything as it was when the text of one file fails to come", async () => {
  await write({ "a.csv": ["whole"] });
  const task = write({ "a.csv": ["new"], "deep/down/b.csv": ["b"], "deep/c.csv": failing() });
  await expect(task).rejects.toThrow("damaged");
  expect(textOf("a.csv")).toBe("whole");
  expect(readdirSync(home)).toEqual(["a.csv"]);
});

it("leaves nothing under names of its own when a file cannot take its place", async () => {
  mkdirSync(join(home, "b.csv", "inside"), { recursive: true });
  await expect(write({ "b.csv": ["b"], "c.csv": ["c"] })).rejects.toThrow();
  expect(readdirSync(home)).toEqual(["b.csv"]);
});

it("deletes what a killed process left, not what one at work writes", async () => {
  const left = temporaryPath(home).replace(/-\d+-/, "-1073741824-");
  const underWay = temporaryPath(home);
  for (const path of [left, underWay]) writeFileSync(path, "half");
  await write({ "a.csv": ["whole"] });
  expect(readdirSync(home).map((name) => join(home, name))).toEqual([
    underWay,
    join(home, "a.csv"),
  ]);
});

it("gives files that several write at once the contents of one of them", async () => {
  const names = ["a.csv", "b.csv", "c.csv"];
  const contents = (k: number) => names.map((name) => [name, Array(20).fill(`${k},`)]);
  const writers = Array.from({ length: 10 }, (_, k) => write(Object.fromEntries(contents(k))));
  await Promise.all(writers);
  const texts = names.map(textOf);
  expect(texts[0]).toMatch(/^(\d,)\1{19}$/);
  expect(new Set(texts).size).toBe(1);
  expect(readdirSync(home)).toEqual(names);
});
