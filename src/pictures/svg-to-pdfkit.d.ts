/** The part of svg-to-pdfkit that is used here. */
declare module "svg-to-pdfkit" {
  interface SvgToPdfOptions {
    /** Size of the drawing, pt. */
    readonly width: number;
    readonly height: number;
    /** The registered name of the font for a piece of text. */
    readonly fontCallback: (family: string, bold: boolean, italic: boolean) => string;
    /** Listener to what cannot be drawn. */
    readonly warningCallback: (warning: string) => void;
  }

  /** Draws an SVG document into a PDF document, its upper left corner at x and y, pt. */
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: SvgToPdfOptions,
  ): void;
}
