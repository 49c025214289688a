import { zlibSync } from "fflate";
import { concatenated } from "../numeric/concatenation.ts";
import { crc32 } from "../numeric/crc32.ts";

/** Red, green, blue and opacity, 0 to 255 each. */
export type Rgba = readonly [red: number, green: number, blue: number, opacity: number];

/** A picture of at most 256 colours: `pixels` are indices into `palette`, by row from the top. */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly palette: readonly Rgba[];
}

/** One chunk of a PNG file: length, type, data and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** The image as a PNG file with a palette, 8 bits a pixel (W3C PNG specification, section 11). */
export function indexedPng({ width, height, pixels, palette }: IndexedImage): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3], 8);
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return concatenated([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    pngChunk("IHDR", header),
    pngChunk("PLTE", Uint8Array.from(palette.flatMap((color) => color.slice(0, 3)))),
    pngChunk(
      "tRNS",
      Uint8Array.from(palette, (color) => color[3]),
    ),
    pngChunk("IDAT", zlibSync(rows, { level: 6 })),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

/** A PNG file as a `data:` address. */
export function pngAddress(png: Uint8Array): string {
  let binary = "";
  for (const byte of png) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}
