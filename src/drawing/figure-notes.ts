import { svgElement } from "./svg-element.ts";
import { fontSizesPx, type Theme } from "./theme.ts";

/*
 * Notes are sentences below the panels that say what their bands show, and what of the data is not in
 * them: values that are not finite, that lie beyond an axis, or that there was no room for.
 */

const lineHeightPx = 11;
const topPx = 4;
/** Mean width of a letter, as a part of the type size; on the safe side. */
const letterWidth = 0.52;

export interface DrawnNotes {
  readonly elements: readonly Element[];
  /** 0 where there are none. */
  readonly heightPx: number;
}

/** Notes in lines from `top` on, across the width of a figure. */
export function drawnNotes(
  document: Document,
  theme: Theme,
  notes: readonly string[],
  { top, left, widthPx }: { readonly top: number; readonly left: number; readonly widthPx: number },
): DrawnNotes {
  const letters = Math.floor((widthPx - left - 6) / (letterWidth * fontSizesPx.note));
  const lines = notes.flatMap((note) => brokenLines(note, letters));
  if (lines.length === 0) return { elements: [], heightPx: 0 };
  const elements = lines.map((line, k) => {
    const text = svgElement(document, "text", {
      x: left,
      y: top + topPx + (k + 0.8) * lineHeightPx,
      "font-size": fontSizesPx.note,
      "text-anchor": "start",
      fill: theme.quietInk,
    });
    text.textContent = line;
    return text;
  });
  return { elements, heightPx: topPx + (lines.length + 0.5) * lineHeightPx };
}

/** A caption and the notes of its figure in one text. */
export const captionWith = (caption: string, notes: readonly string[]): string =>
  [caption, ...notes].join(" ");

/** A text in lines of at most so many letters, as far as its words allow. */
function brokenLines(text: string, letters: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** "Excitatory cells: " before the text of a note, where the panel has a name. */
export const noteOf = (name: string | undefined, text: string): string =>
  name ? `${name}: ${text}.` : `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** "1 value", "3 values". */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;
