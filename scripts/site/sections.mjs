// What the search knows: the text of every section of the documentation.
import { outputOf } from "./pages.mjs";

/** The text of inline Markdown without its marks. */
const plain = (children) =>
  children
    .map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : " "))
    .join("")
    .replace(/\s+/g, " ")
    .trim();

/** Sections of one page, from heading to heading. */
function pageSections(output, { title, text }, markdown) {
  const tokens = markdown.parse(text, {});
  const sections = [];
  for (const [k, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const anchor = token.tag === "h1" ? "" : `#${token.attrGet("id")}`;
      sections.push({
        page: title,
        title: plain(tokens[k + 1].children),
        url: output + anchor,
        words: [],
      });
    } else if (token.type === "inline" && tokens[k - 1].type !== "heading_open") {
      sections.at(-1)?.words.push(plain(token.children));
    } else if (token.type === "fence") {
      sections.at(-1)?.words.push(token.content.replace(/\s+/g, " "));
    }
  }
  return sections.map(({ words, ...section }) => ({ ...section, text: words.join(" ") }));
}

/** Sections of all pages but listings of code. */
export const sectionsOf = (pages, markdown) =>
  Array.from(pages).flatMap(([path, page]) =>
    page.isListing ? [] : pageSections(outputOf(path, pages), page, markdown),
  );
