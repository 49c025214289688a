import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;
const files = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(project, "src", path), "utf8") }));

/** Comments of the sources, without the asterisks at the start of lines. */
const comments = files.flatMap(({ path, text }) =>
  [...text.matchAll(/\/\*(\*?)([\s\S]*?)\*\//g)].map(([, star, body]) => ({
    path,
    isDocstring: star === "*",
    text: body!.replace(/\s*\n\s*\*? ?/g, " ").trim(),
  })),
);

/** Identifiers of the code, without comments. */
const names = new Set(
  files.flatMap(({ text }) => text.replace(/\/\*[\s\S]*?\*\//g, "").match(/[\w$]+/g) ?? []),
);

const fileNames = new Set(files.map(({ path }) => basename(path)));
const isKnown = (name: string) =>
  name.includes("/") || /\.(ts|md)$/.test(name)
    ? fileNames.has(basename(name)) || existsSync(join(project, name))
    : name.split(/[.#]/).every((part) => names.has(part.replace("()", "")));

it("docstrings start with the noun they are about", () => {
  const question = /^(What|Whether|How|Who|Whose|Where|When|Which|Why)\b/;
  const questions = comments.filter(({ isDocstring, text }) => isDocstring && question.test(text));
  expect(questions).toEqual([]);
});

it("every reference in a comment leads to a name or file", () => {
  const reference =
    /\{@link ([^\s}|]+)|\b[Ss]ee (?:`([^`\s]+)`|(?:the )?([\w./-]+\.(?:ts|md))|(docs\/[\w/-]+))/g;
  const unknown = comments.flatMap(({ path, text }) =>
    [...text.matchAll(reference)]
      .map((found) => found.slice(1).find((name) => name !== undefined)!)
      .filter((name) => !isKnown(name.replace(/[.,;:]$/, "")))
      .map((name) => `${path}: ${name}`),
  );
  expect(unknown).toEqual([]);
});
