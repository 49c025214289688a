/** The formats of pictures: vectors for editing, pixels, vectors for print. */
export const pictureFormats = ["svg", "png", "pdf"] as const;

export type PictureFormat = (typeof pictureFormats)[number];

/** Format and resolution of a picture. */
export interface PictureKind {
  /** Format; SVG by default. */
  readonly format?: PictureFormat | undefined;
  /** Resolution of PNG pictures, dots per inch; 300 by default. */
  readonly dotsPerInch?: number | undefined;
}
