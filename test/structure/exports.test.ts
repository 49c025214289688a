import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

/** The source files of a folder of the project, with the words in them. */
const filesIn = (folder: string) =>
  readdirSync(`${project}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.m?[jt]sx?$/.test(path) && !path.includes("node_modules"))
    .map((path) => {
      const text = readFileSync(`${project}${folder}/${path}`, "utf8");
      return { path: `${folder}/${path}`, text, words: new Set(text.match(/\w+/g)) };
    });

/** Rooms that are compiled or bundled whole: what nothing uses is left out there. */
const bundled = /^src\/(?:kernel|rules|web|live|viewer|server)\//;

const declaration = /^export (?:abstract |async )?(?:function\*?|const|class) (\w+)/gm;

it("src exports no function, class or constant that no other file names", () => {
  const all = ["src", "test", "scripts"].flatMap(filesIn);
  const unused = all
    .filter(({ path }) => path.startsWith("src/") && !bundled.test(path))
    .flatMap(({ path, text }) =>
      Array.from(text.matchAll(declaration), ([, name]) => ({ path, name: name! })),
    )
    .filter(({ path, name }) => !all.some((one) => one.path !== path && one.words.has(name)));
  expect(unused.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
});
