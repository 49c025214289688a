import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;
const textOf = (path: string) => readFileSync(join(project, path), "utf8");

/** Modules and libraries that a module loads at once, itself included, types left out. */
function loadedWith(path: string, loaded = new Set<string>()): Set<string> {
  loaded.add(path);
  const imports = /^(?:import|export) (?!type )[^;]*?from "([^"]+)";|^import "([^"]+)";/gm;
  for (const [, from, alone] of textOf(path).matchAll(imports)) {
    const target = (from ?? alone)!;
    const found = target.startsWith(".") ? join(dirname(path), target) : target;
    if (loaded.has(found)) continue;
    if (existsSync(join(project, found)) && found.endsWith(".ts")) loadedWith(found, loaded);
    else loaded.add(found);
  }
  return loaded;
}

const commands = ["src/cli/command-line.ts", "src/cli/sweep.ts"].flatMap((path) =>
  Array.from(textOf(path).matchAll(/import\("\.\/([\w/-]+)\.ts"\)/g), ([, name]) => name!),
);
const definitions = commands
  .map((name) => `src/cli/${name}.ts`)
  .filter((path) => textOf(path).includes("function defineCommand("));

// What a command needs beyond its options is loaded once it acts: its help is there at once.
it.each(definitions)(
  "the help of %s needs no library but commander, and little of ours",
  (path) => {
    const loaded = [...loadedWith(path)];
    const libraries = loaded.filter((one) => !one.startsWith("src/") && !one.startsWith("node:"));
    expect(libraries.filter((one) => one !== "commander")).toEqual([]);
    const bytes = loaded
      .filter((one) => one.startsWith("src/"))
      .reduce((sum, one) => sum + textOf(one).length, 0);
    expect(bytes).toBeLessThan(60_000);
  },
);

/** Files of the built program that one of them imports at once, itself included. */
function readWith(path: string, read = new Set<string>()): Set<string> {
  read.add(path);
  for (const [, from] of textOf(path).matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
    const found = join(dirname(path), from!);
    if (!read.has(found)) readWith(found, read);
  }
  return read;
}

/** The file of the built program with such a name that one of these imports when it needs it. */
function neededBy(paths: Iterable<string>, name: string): string {
  const needed = [...paths].flatMap((path) =>
    Array.from(textOf(path).matchAll(/import\(.(\.[^)]+\.js).\)/g), ([, found]) =>
      join(dirname(path), found!),
    ),
  );
  return needed.find((path) => path.startsWith(`dist/chunks/${name}-`))!;
}

it("reads two files to print the version, and few more for help and for a run", () => {
  const hasCommander = (path: string) => textOf(path).includes("CommanderError");
  const read = readWith("dist/cli/main.js");
  expect([read.size, [...read].some(hasCommander)]).toEqual([2, false]);
  for (const name of ["command-line", "run"]) readWith(neededBy(read, name), read);
  expect([...read].some(hasCommander)).toBe(true);
  expect(read.size).toBeLessThanOrEqual(7);
  for (const name of ["named-experiment", "recorded"]) readWith(neededBy(read, name), read);
  expect([...read].filter((path) => textOf(path).includes("WebAssembly"))).not.toEqual([]);
  expect(read.size).toBeLessThanOrEqual(15);
});

it("finds all commands", () => {
  expect(definitions.length).toBeGreaterThanOrEqual(22);
});
