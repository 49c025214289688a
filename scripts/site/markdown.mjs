// Markdown as hosts of Git repositories show it: tables, formulas, diagrams, highlighted code, the
// same anchors of headings, and links from file to file, which become links from page to page.
import { posix } from "node:path";
import { katex } from "@mdit/plugin-katex";
import { renderMermaidSVG } from "beautiful-mermaid";
import GithubSlugger from "github-slugger";
import highlighter from "highlight.js/lib/common";
import MarkdownIt from "markdown-it";
import { linkedPath, outputOf } from "./pages.mjs";

/** Anchors of headings, unless the page sets the same one itself. */
function anchors(markdown) {
  markdown.core.ruler.push("anchors", ({ tokens }) => {
    const slugger = new GithubSlugger();
    const own = new Set();
    for (const { type, children, content } of tokens) {
      const html =
        type === "html_block" ? content : (children ?? []).map((one) => one.content).join("");
      for (const [, id] of html.matchAll(/<a id="([^"]+)">/g)) own.add(id);
    }
    for (const [k, token] of tokens.entries()) {
      if (token.type !== "heading_open") continue;
      const text = tokens[k + 1].children.map(({ content }) => content).join("");
      const slug = slugger.slug(text);
      token.attrSet("id", own.has(slug) ? `heading-${slug}` : slug);
      if (own.has(slug)) token.meta = { anchor: slug };
    }
  });
}

/** Links between files of the project become links between pages; env.path is the page's own. */
function pageLinks(markdown, pages) {
  markdown.core.ruler.push("page-links", ({ tokens, env }) => {
    if (env.path === undefined) return;
    const from = posix.dirname(outputOf(env.path, pages));
    const links = tokens.flatMap(({ children }) => children ?? []);
    for (const link of links.filter(({ type }) => type === "link_open")) {
      const href = link.attrGet("href");
      const path = linkedPath(env.path, href);
      if (path === undefined || /\.(png|svg|webp)$/.test(path)) continue;
      const [, anchor] = href.split("#");
      const to = posix.relative(from, outputOf(path, pages));
      link.attrSet("href", anchor ? `${to}#${anchor}` : to);
    }
  });
}

/** A diagram as SVG, in the colours of the page. */
function diagram(text) {
  // The labels of nodes come first: the renderer takes a node as it is named first.
  const [kind, ...lines] = text.split("\n");
  const labels = Array.from(text.matchAll(/\w+\["[^"]*"\]/g), ([label]) => label);
  const svg = renderMermaidSVG([kind, ...labels, ...lines].join("\n"), {
    bg: "var(--background)",
    fg: "var(--ink)",
    line: "var(--quiet)",
    border: "var(--quiet)",
    accent: "var(--quiet)",
    transparent: true,
  });
  // The typeface is the page's; nothing is loaded from elsewhere.
  return `<figure class="diagram">${svg.replace(/@import [^;]+;/g, "")}</figure>`;
}

function highlight(text, language) {
  if (!highlighter.getLanguage(language)) return "";
  return highlighter.highlight(text, { language }).value;
}

/** The renderer of all pages. */
export function markdownFor(pages) {
  const markdown = new MarkdownIt({ html: true, highlight });
  markdown.use(katex, { delimiters: "dollars", mathFence: true, throwOnError: true });
  markdown.use(anchors);
  markdown.use(pageLinks, pages);
  const { rules } = markdown.renderer;
  const { fence } = rules;
  rules.fence = (tokens, k, ...others) =>
    tokens[k].info === "mermaid" ? diagram(tokens[k].content) : fence(tokens, k, ...others);
  rules.table_open = () => '<div class="table"><table>\n';
  rules.table_close = () => "</table></div>\n";
  return markdown;
}
