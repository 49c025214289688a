import type { Table } from "./table.ts";
import type { Theme } from "./theme.ts";

/** A picture with what is needed to publish it. */
export interface Figure {
  /** A complete SVG document; the same on every machine. */
  readonly svg: string;
  /** Size in px of 1/96 inch. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Content of the picture, in full sentences. */
  readonly caption: string;
  /** Sentences on data outside the picture; they are drawn below it and end the caption. */
  readonly notes: readonly string[];
  /** Every number that was drawn. */
  readonly tables: readonly Table[];
}

/** Options common to all figures. */
export interface FigureOptions {
  /** Document that creates elements: a browser's, or linkedom's. Nothing is added to it. */
  readonly document: Document;
  readonly title?: string;
  /** Sentences below the panels, such as on what lies outside of them; they follow the caption, too. */
  readonly notes?: readonly string[];
  /**
   * True if notes are drawn; they are by default, but not in parts of a larger figure, which draws
   * them.
   */
  readonly drawsNotes?: boolean;
  /** Width in px of 1/96 inch; 680 by default. */
  readonly widthPx?: number;
  readonly theme?: Theme;
}

/**
 * A figure that was asked for and that the data cannot fill.
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
