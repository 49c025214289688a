import type { Figure, FigureOptions } from "./figure.ts";
import { captionWith, drawnNotes } from "./figure-notes.ts";
import type { Layout, Panel } from "./panel.ts";
import { svgElement } from "./svg-element.ts";
import { numberIds, svgText } from "./svg-text.ts";
import { fontFamily, fontSizesPx } from "./theme.ts";

const titleHeightPx = 22;

type StackOptions = Pick<FigureOptions, "title" | "notes" | "drawsNotes">;

/** Puts panels below each other, under the title and above their notes, on the theme's background. */
export function stackPanels(
  { document, theme, widthPx, marginLeftPx }: Layout,
  panels: readonly Panel[],
  plainCaption: string,
  { title, notes: further = [], drawsNotes = true }: StackOptions,
): Omit<Figure, "tables"> {
  const parts: Element[] = [];
  let top = 0;
  if (title !== undefined) {
    const place = { x: marginLeftPx, y: 16 };
    const heading = svgElement(document, "text", { ...place, ...titleStyle });
    heading.textContent = title;
    parts.push(heading);
    top = titleHeightPx;
  }
  for (const { svg, heightPx } of panels) {
    const place = { transform: `translate(0,${top})`, "text-anchor": "middle" };
    const group = svgElement(document, "g", place);
    group.append(...svg.childNodes);
    parts.push(group);
    top += heightPx;
  }
  const notes = [...new Set([...panels.flatMap((panel) => panel.notes ?? []), ...further])];
  const drawn = drawnNotes(document, theme, drawsNotes ? notes : [], {
    top,
    left: marginLeftPx,
    widthPx,
  });
  parts.push(...drawn.elements);
  top += drawn.heightPx;
  const caption = captionWith(plainCaption, notes);
  const size = { width: widthPx, height: top };
  // A little larger, so that pixels at the edges are whole.
  const whole = { width: widthPx + 1, height: top + 1, fill: theme.background };
  const background = svgElement(document, "rect", whole);
  const root = svgElement(document, "svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${widthPx} ${top}`,
    ...size,
    "font-family": fontFamily,
    "font-size": fontSizesPx.label,
    fill: theme.ink,
    role: "img",
    "aria-label": caption,
  });
  root.append(background, ...parts);
  return {
    svg: `${numberIds(svgText(root, theme.ink))}\n`,
    widthPx,
    heightPx: top,
    caption,
    notes,
  };
}

const titleStyle = { "font-size": fontSizesPx.title, "font-weight": "bold" };
