import type { Layout, Panel } from "./panel.ts";
import { svgElement } from "./svg-element.ts";

/** Draws one cell of a grid, in the space that it has. */
export type CellDrawing = (layout: Layout) => Panel;

/** Margins of each cell; the grid fills the width of the figure. */
export interface GridOptions {
  readonly columns: number;
  readonly marginLeftPx: number;
  readonly marginRightPx: number;
}

/** Panels side by side, row by row: each row is a panel of the whole width. */
export function panelGrid(
  layout: Layout,
  cells: readonly CellDrawing[],
  { columns, marginLeftPx, marginRightPx }: GridOptions,
): Panel[] {
  const cellWidthPx = layout.widthPx / columns;
  const cellLayout = { ...layout, widthPx: cellWidthPx, marginLeftPx, marginRightPx };
  const rows = Math.ceil(cells.length / columns);
  return Array.from({ length: rows }, (_, row) => {
    const panels = cells.slice(row * columns, (row + 1) * columns).map((draw) => draw(cellLayout));
    const svg = svgElement(layout.document, "svg", {});
    panels.forEach((panel, column) => {
      const group = svgElement(layout.document, "g", {
        transform: `translate(${Math.round(100 * column * cellWidthPx) / 100},0)`,
      });
      group.append(...panel.svg.childNodes);
      svg.append(group);
    });
    return {
      svg,
      heightPx: Math.max(...panels.map(({ heightPx }) => heightPx)),
      notes: panels.flatMap(({ notes = [] }) => notes),
    };
  });
}
