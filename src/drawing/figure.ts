import type { Table } from "./table.ts";
import type { Theme } from "./theme.ts";

/** A figure: the picture, its caption and the numbers shown. */
export interface Figure {
  /** A complete SVG document, identical on every machine. */
  readonly svg: string;
  /** Size in px of 1/96 inch. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Caption, in full sentences. */
  readonly caption: string;
  /** Notes on bands and on data outside the axes; they are drawn below the panels and end the caption. */
  readonly notes: readonly string[];
  /** All numbers shown. */
  readonly tables: readonly Table[];
}

/** Options common to all figures. */
export interface FigureOptions {
  /** Document that creates the elements: a browser's, or `figureDocument` of `isocortex/node`. It does not change. */
  readonly document: Document;
  readonly title?: string;
  /** Notes below the panels and at the end of the caption. */
  readonly notes?: readonly string[];
  /**
   * True if notes are drawn, as by default; false for panels of a larger figure, which draws them.
   */
  readonly drawsNotes?: boolean;
  /** Width in px of 1/96 inch; 680 by default. */
  readonly widthPx?: number;
  readonly theme?: Theme;
}

/**
 * A figure that the data do not allow, such as a spectrum without segments.
 *
 * @example
 * ```ts
 * import { FigureDataError, powerFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * try {
 *   powerFigure({ frequenciesHz: new Float64Array(), segments: [] }, { document: figureDocument() });
 * } catch (error) {
 *   if (!(error instanceof FigureDataError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class FigureDataError extends Error {
  override readonly name = "FigureDataError";
}
