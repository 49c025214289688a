import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;
const textOf = (path: string) => readFileSync(join(project, path), "utf8");

/** The walk that docs/architecture.md describes under a heading, file by file. */
function walk(heading: string): string[] {
  const page = textOf("docs/architecture.md");
  const [, section] = page.split(`\n## ${heading}\n`);
  const [text] = section!.split("\n## ");
  return Array.from(text!.matchAll(/^\d+\. `(src\/[\w./-]+)`/gm), ([, path]) => path!);
}

/** What a module names of others, at once or later. */
const importsOf = (path: string): string[] =>
  Array.from(textOf(path).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g), ([, target]) =>
    join(dirname(path), target!),
  );

const walks: readonly [string, string, number][] = [
  ["A run, from command to kernel", "src/cli/run.ts", 8],
  ["A task of a study, from command to kernel", "src/cli/sweep/task.ts", 9],
];

it.each(walks)("%s: each file imports the next", (heading, first, most) => {
  const files = walk(heading);
  expect(files.length).toBeLessThanOrEqual(most);
  expect(files[0]).toBe(first);
  expect(files.at(-1)).toBe("src/kernel/exports.ts");
  for (const [k, next] of files.slice(1, -1).entries()) {
    expect(importsOf(files[k]!), files[k]).toContain(next);
  }
  // The kernel is called as it is compiled: the driver's core loads what its source is made into.
  const called = /#core\.kernel\.(\w+)\(pieceMs\)/.exec(textOf(files.at(-2)!))![1];
  expect(textOf(files.at(-1)!)).toContain(`export function ${called}(`);
});

/** Folders of the picture in docs/architecture.md, each with those that its arrows lead to. */
function picture(): Map<string, string[]> {
  const [, text] = /```mermaid\n([\s\S]*?)```/.exec(textOf("docs/architecture.md"))!;
  const folders = new Map<string, string[]>();
  for (const line of text!.split("\n").slice(1, -1)) {
    const [from, ...to] = Array.from(
      line.matchAll(/(\w+)(?:\["[^"]*"\])?(?= *(?:-->|&|$))/g),
      ([, name]) => name!,
    );
    folders.set(from!, [...(folders.get(from!) ?? []), ...to]);
    for (const name of to) if (!folders.has(name)) folders.set(name, []);
  }
  return folders;
}

it("the picture of the source shows every folder, and imports that exist", () => {
  const folders = picture();
  const rooms = readdirSync(join(project, "src"), { withFileTypes: true });
  const names = rooms.filter((one) => one.isDirectory()).map(({ name }) => name);
  expect([...folders.keys()].sort()).toEqual(names.sort());
  for (const [from, targets] of folders) {
    const paths = readdirSync(join(project, "src", from), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join("src", from, path));
    const imported = new Set(paths.flatMap(importsOf).map((path) => path.split("/")[1]));
    expect(
      targets.filter((target) => !imported.has(target)),
      from,
    ).toEqual([]);
  }
});
