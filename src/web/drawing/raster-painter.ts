import type { ShownRecord } from "../../live/session/chronicle.ts";
import type { ShownLevel } from "../../live/session/spike-level.ts";

/** Colours of a raster: of each cell, and what is behind it, as 0xAABBGGRR. */
export interface RasterColors {
  /** From none to the full colour, `SHADES` a cell. */
  readonly shades: Uint32Array;
}

/** Steps of opacity between none and the full colour. */
const SHADES = 16;

/** A mark of a spike is so wide, CSS px. */
const MARK_PX = 1.5;

/** Time shown by a raster. */
export interface RasterWindow {
  readonly endMs: number;
  readonly lengthMs: number;
}

/**
 * Paints spikes as pixels, the first cell at the bottom, as the figures do: the opacity of a pixel
 * is (2 + ln n) / (2 + ln m) for n spikes on it and m on the fullest tenth of the marked pixels.
 *
 * Columns of pixels stand for fixed stretches of time: as time goes on, the picture is moved, and
 * only what is new is painted.
 */
export class RasterPainter {
  readonly #context: CanvasRenderingContext2D;
  #image: ImageData | undefined;
  #pixels = new Uint32Array(0);
  /**
   * Key of the shown picture: the column of pixels after its last, the time per column, and so on.
   */
  #shown = "";
  #endColumn = 0;
  /** Until when spikes are painted, ms. */
  #paintedMs = 0;
  #full = 1;

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext("2d")!;
  }

  /** Paints a window; where nothing but its end has changed, only what has come in. */
  paint(chronicle: ShownRecord, colors: RasterColors, { endMs, lengthMs }: RasterWindow): void {
    const { canvas } = this.#context;
    const { width, height } = canvas;
    if (width === 0 || height === 0) return;
    const pixelMs = lengthMs / width;
    const level = chronicle.level(Math.min(pixelMs, 2000), endMs - lengthMs);
    const endColumn = Math.ceil(endMs / pixelMs);
    const full = this.#fullCount(level, pixelMs, endColumn - width, endColumn);
    const shown = [width, height, pixelMs, level.binMs, full, idOf(colors), idOf(level)];
    const key = shown.join(" ");
    const moved = key === this.#shown ? endColumn - this.#endColumn : width;
    if (!this.#image || this.#image.width !== width || this.#image.height !== height) {
      this.#image = this.#context.createImageData(width, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
    const mark = Math.max(1, Math.round(MARK_PX * (globalThis.devicePixelRatio || 1)));
    const view = { level, pixelMs, mark, full, colors, endColumn, width, height };
    const firstColumn = endColumn - width;
    let x = 0;
    if (moved >= 0 && moved < width) {
      if (moved > 0) this.#shift(moved, width, height);
      // The last columns that were painted may have been half full.
      const whole = Math.floor((this.#paintedMs - level.binMs) / pixelMs) - 1;
      x = Math.max(0, Math.min(whole - firstColumn, width - moved));
    }
    for (; x < width; x++) this.#column(x, view);
    this.#context.putImageData(this.#image, 0, 0);
    this.#shown = key;
    this.#endColumn = endColumn;
    this.#paintedMs = chronicle.untilMs;
    this.#full = full;
  }

  #shift(by: number, width: number, height: number): void {
    for (let y = 0; y < height; y++) {
      this.#pixels.copyWithin(y * width, y * width + by, (y + 1) * width);
    }
  }

  /** One column of pixels. */
  #column(x: number, view: View): void {
    const { level, pixelMs, mark, full, colors, endColumn, width, height } = view;
    const { binMs, cellCount } = level;
    const column = endColumn - width + x;
    const firstBin = Math.floor(((column - mark + 1) * pixelMs) / binMs);
    const endBin = Math.max(firstBin + 1, Math.floor(((column + 1) * pixelMs) / binMs));
    const counts = sums.length < cellCount ? new Uint32Array(cellCount) : sums;
    sums = counts;
    counts.fill(0);
    // Of a far longer time than is known, only that is looked at.
    const knownBin = Math.max(firstBin, Math.floor(level.firstMs / binMs));
    const lastBin = Math.min(endBin, level.endBin);
    if (knownBin >= lastBin) {
      for (let at = x; at < width * height; at += width) this.#pixels[at] = 0;
      return;
    }
    for (let bin = knownBin; bin < lastBin; bin++) {
      if (!level.has(bin)) continue;
      const own = level.countsOf(bin);
      for (let cell = 0; cell < cellCount; cell++) counts[cell]! += own[cell]!;
    }
    const scale = (SHADES - 1) / (2 + Math.log(full));
    for (let y = 0; y < height; y++) {
      const first = Math.floor(((height - 1 - y) * cellCount) / height);
      const end = Math.max(first + 1, Math.floor(((height - y) * cellCount) / height));
      let count = 0;
      for (let cell = first; cell < end; cell++) count += counts[cell]!;
      const shade =
        count === 0 ? 0 : Math.min(SHADES - 1, Math.round((2 + Math.log(count)) * scale));
      this.#pixels[y * width + x] = colors.shades[first * SHADES + shade]!;
    }
  }

  /** Spikes on the fullest tenth of the marked pixels, as a power of two, so that it changes rarely. */
  #fullCount(level: ShownLevel, pixelMs: number, firstColumn: number, endColumn: number): number {
    const counts: number[] = [];
    const step = Math.max(1, Math.floor((endColumn - firstColumn) / 24));
    const perPixel = Math.max(1, pixelMs / level.binMs);
    for (let column = firstColumn; column < endColumn; column += step) {
      const bin = Math.floor((column * pixelMs) / level.binMs);
      if (!level.has(bin)) continue;
      const own = level.countsOf(bin);
      for (let cell = 0; cell < own.length; cell += 3) if (own[cell]! > 0) counts.push(own[cell]!);
    }
    if (counts.length < 16) return this.#full;
    counts.sort((a, b) => a - b);
    const most = counts[Math.floor(0.9 * counts.length)]! * perPixel;
    return 2 ** Math.max(0, Math.round(Math.log2(most)));
  }
}

interface View {
  readonly level: ShownLevel;
  readonly pixelMs: number;
  readonly mark: number;
  readonly full: number;
  readonly colors: RasterColors;
  readonly endColumn: number;
  readonly width: number;
  readonly height: number;
}

/** Spikes of each cell in the column of pixels that is painted. */
let sums = new Uint32Array(0);

const ids = new WeakMap<object, number>();
let lastId = 0;
const idOf = (object: object): number => {
  const id = ids.get(object) ?? ++lastId;
  ids.set(object, id);
  return id;
};

/** Shades of one colour a cell, from transparent to full. */
export function rasterColors(colors: readonly string[]): RasterColors {
  const shades = new Uint32Array(colors.length * SHADES);
  colors.forEach((color, cell) => {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    for (let shade = 0; shade < SHADES; shade++) {
      const alpha = Math.round((255 * shade) / (SHADES - 1));
      shades[cell * SHADES + shade] = ((alpha << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
    }
  });
  return { shades };
}
