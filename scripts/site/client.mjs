// The script of every page: search, the list of its headings, dark or light.
import MiniSearch from "minisearch";

const { root } = document.currentScript.dataset;
const THEME = "isocortex-theme";

/** The chosen appearance, where the browser keeps one; else it is the system's. */
function storedTheme(theme) {
  try {
    if (theme !== undefined) localStorage.setItem(THEME, theme);
    return localStorage.getItem(THEME);
  } catch {
    return theme ?? null;
  }
}

function applyTheme(theme) {
  if (theme) document.documentElement.style.colorScheme = theme;
}

function switchTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const now = document.documentElement.style.colorScheme || system;
  const next = now === "dark" ? "light" : "dark";
  storedTheme(next);
  applyTheme(next);
}

let index;
/** The index, made when the search is first used. A script, as pages on a disk cannot fetch. */
function searchIndex() {
  index ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    script.onload = () => {
      const search = new MiniSearch({
        idField: "url",
        fields: ["title", "page", "text"],
        storeFields: ["title", "page", "text"],
        searchOptions: {
          boost: { title: 4, page: 2 },
          prefix: true,
          fuzzy: 0.15,
          combineWith: "AND",
        },
      });
      search.addAll(globalThis.searchSections);
      resolve(search);
    };
    script.onerror = reject;
    document.head.append(script);
  });
  return index;
}

/** Some words around the first match. */
function excerpt(text, [term]) {
  const at = Math.max(0, text.toLowerCase().indexOf(term));
  const from = text.lastIndexOf(" ", at - 40) + 1;
  const end = text.indexOf(" ", from + 150);
  return `${from > 0 ? "… " : ""}${end < 0 ? text.slice(from) : `${text.slice(from, end)} …`}`;
}

function foundItem({ id, title, page, text, terms }) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = root + id;
  const heading = link.appendChild(document.createElement("b"));
  heading.textContent = title === page ? title : `${page} › ${title}`;
  link.appendChild(document.createElement("span")).textContent = excerpt(text, terms);
  return item;
}

function setUpSearch() {
  const input = document.querySelector("search input");
  const list = document.querySelector("#search-results");
  input.addEventListener("focus", () => void searchIndex());
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    const found = words ? (await searchIndex()).search(words).slice(0, 12) : [];
    if (words !== input.value.trim()) return;
    list.replaceChildren(...found.map(foundItem));
    if (words && found.length === 0) list.textContent = "No page has these words.";
    list.hidden = !words;
  });
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      input.focus();
    } else if (event.key === "Escape") {
      list.hidden = true;
    } else if (event.key === "Enter" && document.activeElement === input) {
      links[0]?.click();
    } else if (
      /^Arrow(Up|Down)$/.test(event.key) &&
      (at >= 0 || document.activeElement === input)
    ) {
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] ?? (next < 0 ? input : undefined))?.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("search") || target.closest("#search-results a")) list.hidden = true;
  });
}

/** The list of headings beside the text, and on every heading a link to itself. */
function listHeadings() {
  const headings = [...document.querySelectorAll("main h2[id], main h3[id]")];
  const list = document.createElement("ul");
  for (const heading of headings) {
    const link = document.createElement("a");
    link.href = `#${heading.id}`;
    link.textContent = heading.textContent;
    const item = list.appendChild(document.createElement("li"));
    item.className = heading.tagName.toLowerCase();
    item.append(link);
    const own = heading.appendChild(link.cloneNode());
    own.className = "anchor";
    own.ariaLabel = "Link to this section";
    own.textContent = "#";
  }
  if (headings.length > 1) document.querySelector("aside").append(list);
}

applyTheme(storedTheme());
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".theme").addEventListener("click", switchTheme);
  // Wide windows show all pages at once.
  document.querySelector("nav details").open = matchMedia("(min-width: 1000px)").matches;
  document.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  setUpSearch();
  listHeadings();
});
