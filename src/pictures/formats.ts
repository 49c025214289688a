/** The formats of pictures: vectors for editing, pixels, vectors for print. */
export const pictureFormats = ["svg", "png", "pdf"] as const;

export type PictureFormat = (typeof pictureFormats)[number];

/** Kind of picture for a figure. */
export interface PictureKind {
  /** By default svg. */
  readonly format?: PictureFormat | undefined;
  /** Of PNG pictures: 300 by default. */
  readonly dotsPerInch?: number | undefined;
}
