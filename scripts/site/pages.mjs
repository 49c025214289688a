// The pages of the site: the Markdown files of the documentation, and the files and folders that
// they link to, as listings of code.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, posix } from "node:path";

const isMade = /(^|\/)(\.\w+|node_modules|dist|runs|site)(\/|$)/;
const isPicture = /\.(png|svg|webp)$/;
const languages = {
  ".ts": "ts",
  ".mjs": "js",
  ".py": "python",
  ".yaml": "yaml",
  ".cff": "yaml",
  ".json": "json",
};

const markdownIn = (folder) =>
  readdirSync(folder || ".", { recursive: folder !== "", encoding: "utf8" })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(".md") && !isMade.test(path));

/** The text of a link without its anchor, as a path in the project; undefined if it leaves it. */
export function linkedPath(from, href) {
  if (/^[a-z]+:|^#/.test(href)) return undefined;
  return posix.join(posix.dirname(from), decodeURI(href.split("#")[0])).replace(/\/$/, "");
}

const withoutCode = (text) => text.replace(/^ *```[\s\S]*?^ *```$/gm, "").replace(/`[^`\n]*`/g, "");

const linksIn = (path, text) =>
  Array.from(withoutCode(text).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g), ([, href]) =>
    linkedPath(path, href),
  ).filter((link) => link !== undefined && !isPicture.test(link));

/** A listing of a folder without a README; links are from the folder above, as of a file. */
function folderPage(path) {
  const names = readdirSync(path).filter((name) => !isMade.test(name));
  const links = names.map((name) => `- [${name}](${posix.basename(path)}/${name})`);
  return { title: path, text: `# ${path}\n\n${links.join("\n")}\n`, isListing: true };
}

const fence = "`````";

/** A notebook as its text and code, with links as of its own file. */
function notebookPage(path) {
  const { cells } = JSON.parse(readFileSync(path, "utf8"));
  const parts = cells.map(({ cell_type, source }) =>
    cell_type === "code" ? `${fence}python\n${source.join("")}\n${fence}` : source.join(""),
  );
  return { title: path, text: parts.join("\n\n"), isListing: true };
}

/** A file of code or data, as it is. */
function sourcePage(path) {
  const language = path.endsWith("Snakefile") ? "python" : (languages[extname(path)] ?? "");
  const code = readFileSync(path, "utf8").trimEnd();
  const text = `# ${path}\n\n${fence}${language}\n${code}\n${fence}\n`;
  return { title: path, text, isListing: true };
}

function markdownPage(path) {
  const text = readFileSync(path, "utf8");
  const [, heading = path] = /^# +(.+)$/m.exec(text) ?? [];
  return { title: heading.replaceAll("`", ""), text, isListing: false };
}

function readPage(path) {
  if (path.endsWith(".md")) return markdownPage(path);
  if (path.endsWith(".ipynb")) return notebookPage(path);
  return statSync(path).isDirectory() ? folderPage(path) : sourcePage(path);
}

/** The README that stands for a folder, if it has one. */
const readmeOf = (path, pages) => {
  const readme = posix.join(path, "README.md");
  return pages.has(readme) ? readme : undefined;
};

/** All pages by their paths in the project, each with its title and its text as Markdown. */
export function sitePages() {
  const pages = new Map();
  const folders = ["", "docs", "examples", "bench", "test/reference", "test/reference-columns"];
  const left = folders.flatMap(markdownIn);
  for (let link = left.shift(); link !== undefined; link = left.shift()) {
    const readme = posix.join(link, "README.md");
    const path = existsSync(readme) ? readme : link;
    if (pages.has(path)) continue;
    const page = readPage(path);
    pages.set(path, page);
    // What code links to is not for readers.
    if (path.endsWith(".md") || statSync(path).isDirectory())
      left.push(...linksIn(path, page.text));
  }
  return pages;
}

/** The file of the site that shows a page. */
export function outputOf(path, pages) {
  const page = readmeOf(path, pages) ?? path;
  if (page.endsWith("README.md")) return page.replace(/README\.md$/, "index.html");
  if (page.endsWith(".md")) return page.replace(/md$/, "html");
  return statSync(page).isDirectory() ? `${page}/index.html` : `${page}.html`;
}

/** Groups of links for every page: the index of the documentation, by its headings. */
export function navigation(pages, markdown) {
  const index = "docs/README.md";
  const groups = [];
  let isHeading = false;
  for (const token of markdown.parse(pages.get(index).text, {})) {
    if (token.type === "heading_open") isHeading = token.tag === "h2";
    if (token.type !== "inline") continue;
    if (isHeading) groups.push({ title: token.content, links: [] });
    isHeading = false;
    const hrefs = token.children.flatMap((child) => child.attrGet?.("href") ?? []);
    for (const href of hrefs) {
      const path = linkedPath(index, href);
      if (!groups.length || href.includes("#") || !pages.has(path)) continue;
      groups.at(-1).links.push({ title: pages.get(path).title, output: outputOf(path, pages) });
    }
  }
  return groups;
}
