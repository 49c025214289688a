import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;
const isMade = /(^|\/)(node_modules|dist|runs|sweeps|\.git)(\/|$)/;

const pages = ["", ".github", "docs", "bench", "test", "examples"].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: folder !== "", encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith(".md") && !isMade.test(path)),
);

/** A page's text without code, which may look like links. */
const textOf = (path: string): string =>
  readFileSync(join(project, path), "utf8")
    .replace(/^ *```[\s\S]*?^ *```$/gm, "")
    .replace(/`[^`\n]*`/g, "");

/** Anchors of a page's headings, as hosts of Git repositories make them. */
function anchorsOf(path: string): Set<string> {
  const text = readFileSync(join(project, path), "utf8").replace(/^ *```[\s\S]*?^ *```$/gm, "");
  const anchors = new Set<string>();
  for (const [, heading] of text.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let k = 1; anchors.has(anchor); k++) anchor = `${slug}-${k}`;
    anchors.add(anchor);
  }
  for (const [, id] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id!);
  return anchors;
}

/** Links of a page to files of this project, as paths with anchors. */
const linksOf = (path: string): string[] =>
  Array.from(textOf(path).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g), ([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => (target.startsWith("#") ? path + target : join(dirname(path), target)));

function faultOf(link: string): string | undefined {
  const [file = "", anchor] = link.split("#");
  if (!existsSync(join(project, file))) return `there is no ${file}`;
  if (!anchor || statSync(join(project, file)).isDirectory()) return undefined;
  return anchorsOf(normalize(file)).has(anchor) ? undefined : `${file} has no heading #${anchor}`;
}

it.each(pages)("every link of %s leads somewhere", (path) => {
  expect(linksOf(path).flatMap((link) => faultOf(link) ?? [])).toEqual([]);
});

it("the index of the documentation has every page", () => {
  const listed = linksOf("docs/README.md").map((link) => link.split("#")[0]);
  // The API reference has an index of its own.
  const missing = pages.filter(
    (path) => /^docs\/(?!README|api\/isocortex)/.test(path) && !listed.includes(path),
  );
  expect(missing).toEqual([]);
});
