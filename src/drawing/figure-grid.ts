import type { Figure } from "./figure.ts";
import { captionWith, drawnNotes } from "./figure-notes.ts";
import { svgElement } from "./svg-element.ts";
import { svgText } from "./svg-text.ts";
import { concatenatedTables } from "./table.ts";
import { fontFamily, fontSizesPx, lightTheme, type Theme } from "./theme.ts";

/** One of the figures that make up a larger one. */
export interface GridCell {
  /** Drawn without its notes: they are below the whole. */
  readonly figure: Figure;
  /** By which the caption refers to it: "a", "b", … */
  readonly letter: string;
}

export interface GridOptions {
  readonly document: Document;
  /** Content of the whole figure, in full sentences. */
  readonly caption: string;
  readonly title?: string;
  /** Sentences below the figures and after their own notes. */
  readonly notes?: readonly string[];
  readonly theme?: Theme;
}

const titleHeightPx = 26;
const gapPx = { across: 12, down: 6 };
const letterStyle = { "font-size": 13, "font-weight": "bold", "text-anchor": "start" };

/** Figures beside and below each other, with letters; their tables are named after the letters. */
export function figureGrid(rows: readonly (readonly GridCell[])[], options: GridOptions): Figure {
  const { theme = lightTheme, title } = options;
  const notes = [...letteredNotes(rows.flat()), ...(options.notes ?? [])];
  const caption = captionWith(options.caption, notes);
  const parts: string[] = [];
  let widthPx = 0;
  let top = 0;
  if (title !== undefined) {
    parts.push(textOf(options, title, { x: 6, y: 17, ...titleStyle }));
    top = titleHeightPx;
  }
  for (const [index, row] of rows.entries()) {
    let left = 0;
    const heightPx = Math.max(...row.map(({ figure }) => figure.heightPx));
    for (const { figure, letter } of row) {
      // Aligned at the bottom, where the time axes are.
      const y = top + heightPx - figure.heightPx;
      parts.push(`<g transform="translate(${left},${y})">${contentOf(figure, letter)}</g>`);
      parts.push(textOf(options, letter, { x: left + 6, y: top + 14, ...letterStyle }));
      left += figure.widthPx + gapPx.across;
    }
    widthPx = Math.max(widthPx, left - gapPx.across);
    top += heightPx;
    if (index < rows.length - 1) top += gapPx.down;
  }
  const place = { top, left: 6, widthPx };
  const { elements, heightPx: notesPx } = drawnNotes(options.document, theme, notes, place);
  parts.push(...elements.map((element) => svgText(element, theme.ink)));
  top += notesPx;
  const root = svgElement(options.document, "svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${widthPx} ${top}`,
    width: widthPx,
    height: top,
    "font-family": fontFamily,
    "font-size": fontSizesPx.label,
    fill: theme.ink,
    role: "img",
    "aria-label": caption,
  });
  const whole = { width: widthPx + 1, height: top + 1, fill: theme.background };
  root.append(svgElement(options.document, "rect", whole));
  const svg = svgText(root, theme.ink).replace(/<\/svg>$/, `${parts.join("")}</svg>\n`);
  return { svg, widthPx, heightPx: top, caption, notes, tables: concatenatedTables(cellsOf(rows)) };
}

/** The cells' notes after their letters, those that are the same together: "(a, c) …". */
function letteredNotes(cells: readonly GridCell[]): string[] {
  const letters = new Map<string, string[]>();
  for (const { figure, letter } of cells) {
    for (const note of figure.notes) letters.set(note, [...(letters.get(note) ?? []), letter]);
  }
  return [...letters].map(([note, own]) => `(${own.join(", ")}) ${note}`);
}

const titleStyle = {
  "font-size": fontSizesPx.title + 1,
  "font-weight": "bold",
  "text-anchor": "start",
};

function textOf(
  { document, theme = lightTheme }: GridOptions,
  content: string,
  attributes: Record<string, string | number>,
): string {
  const element = svgElement(document, "text", { fill: theme.ink, ...attributes });
  element.textContent = content;
  return svgText(element, theme.ink);
}

/** Content of a figure's document; names of its elements are made those of this cell. */
function contentOf({ svg }: Figure, letter: string): string {
  const [, content] = /^<svg[^>]*>([\s\S]*)<\/svg>\s*$/.exec(svg)!;
  return content!.replaceAll(/ id="|url\(#/g, (start) => `${start}${letter}-`);
}

const cellsOf = (rows: readonly (readonly GridCell[])[]) =>
  rows.flat().map(({ figure, letter }) => ({ prefix: letter, tables: figure.tables }));
