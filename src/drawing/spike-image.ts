import type { Interval } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { IndexedImage, Rgba } from "./indexed-png.ts";

export interface SpikeImageOptions extends Interval {
  readonly cellCount: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Size of one spike's mark. */
  readonly markWidthPixels: number;
  readonly markHeightPixels: number;
  /** Colours, "#rrggbb". */
  readonly colors: readonly string[];
  /** Index into `colors`, per cell. */
  readonly colorOfCell: Uint8Array;
}

export interface SpikeImage {
  readonly image: IndexedImage;
  /** Marks on one pixel at which its colour is full. */
  readonly fullCount: number;
}

/** Steps of opacity between none and the full colour. */
const levels = 16;

/**
 * Spikes as marks of pixels, the first cell at the bottom.
 *
 * The opacity of a pixel is (2 + ln n) / (2 + ln m) for n marks on it and m those on the fullest
 * tenth of the marked pixels: single spikes are in full colour where they stay apart, and where
 * they cannot, differences of rate remain visible over decades. No mark reaches into the rows of
 * cells of another colour.
 */
export function spikeImage(spikes: Iterable<Spikes>, options: SpikeImageOptions): SpikeImage {
  return spikeImages(spikes, [options])[0]!;
}

/** Images of several stretches of time in which the same opacity stands for the same number of marks. */
export function spikeImages(
  spikes: Iterable<Spikes>,
  stretches: readonly SpikeImageOptions[],
): SpikeImage[] {
  const counted = stretches.map((options) => countMarks(spikes, options, rowColors(options)));
  const fullCount = quantile(counted, FULL_QUANTILE);
  return stretches.map((options, k) => shadedImage(counted[k]!, options, fullCount));
}

/** Of the marked pixels, the fullest tenth are in full colour. */
const FULL_QUANTILE = 0.9;

function shadedImage(
  counts: Uint32Array,
  options: SpikeImageOptions,
  fullCount: number,
): SpikeImage {
  const { widthPixels: width, heightPixels: height, colors } = options;
  const colorOfRow = rowColors(options);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const firstShade = colorOfRow[y]! * levels;
    for (let at = y * width; at < (y + 1) * width; at++) {
      // Where there is none, nothing of the row's colour: programs that scale images mix colours.
      pixels[at] = firstShade + (counts[at]! > 0 ? level(counts[at]!, fullCount) : 0);
    }
  }
  const palette = colors.flatMap(shades);
  return { image: { width, height, pixels, palette }, fullCount };
}

/** The colour of the cell in the middle of each row of pixels, from the top. */
function rowColors({ heightPixels, cellCount, colorOfCell }: SpikeImageOptions): Uint8Array {
  const cellsPerRow = cellCount / heightPixels;
  return Uint8Array.from(
    { length: heightPixels },
    (_, y) => colorOfCell[Math.floor((heightPixels - y - 0.5) * cellsPerRow)]!,
  );
}

/** Marks on every pixel of spikes with startMs ≤ t < endMs, by row from the top. */
function countMarks(
  blocks: Iterable<Spikes>,
  options: SpikeImageOptions,
  colorOfRow: Uint8Array,
): Uint32Array {
  const { startMs, endMs, widthPixels: width, heightPixels, markWidthPixels } = options;
  const { lineOfCell, lines } = markLines(options, colorOfRow);
  // Of each line, where marks begin: from the first column that a mark can begin at to the last.
  const before = Math.ceil(markWidthPixels / 2);
  const columns = before + width + 1;
  const begins = new Uint32Array(lines.length * columns);
  const pixelsPerMs = width / (endMs - startMs);
  for (const { timesMs, cells } of blocks) {
    for (let k = 0; k < timesMs.length; k++) {
      const timeMs = timesMs[k]!;
      if (timeMs < startMs || timeMs >= endMs) continue;
      const left = Math.round((timeMs - startMs) * pixelsPerMs - markWidthPixels / 2);
      begins[lineOfCell[cells[k]!]! * columns + before + left]! += 1;
    }
  }
  const counts = new Uint32Array(width * heightPixels);
  for (const [line, rows] of lines.entries()) {
    const from = line * columns;
    let covering = 0;
    for (let column = 0; column < before + width; column++) {
      covering += begins[from + column]!;
      if (column >= markWidthPixels) covering -= begins[from + column - markWidthPixels]!;
      if (column < before) continue;
      for (const y of rows) counts[y * width + column - before]! += covering;
    }
  }
  return counts;
}

/** The rows of pixels that marks of each cell cover: lists that differ, and the number of each cell's. */
function markLines(
  { cellCount, colorOfCell, heightPixels, markHeightPixels }: SpikeImageOptions,
  colorOfRow: Uint8Array,
) {
  const lines: number[][] = [];
  const numbers = new Map<string, number>();
  const lineOfCell = Uint32Array.from({ length: cellCount }, (_, cell) => {
    const middleY = heightPixels * (1 - (cell + 0.5) / cellCount);
    const top = Math.round(middleY - markHeightPixels / 2);
    const rows = Array.from({ length: markHeightPixels }, (_, k) => top + k).filter(
      (y) => y >= 0 && y < heightPixels && colorOfRow[y] === colorOfCell[cell],
    );
    const key = rows.join();
    if (!numbers.has(key)) numbers.set(key, lines.push(rows) - 1);
    return numbers.get(key)!;
  });
  return { lineOfCell, lines };
}

/** The count that the given fraction of the marked pixels does not exceed; 1 when none is marked. */
function quantile(all: readonly Uint32Array[], fraction: number): number {
  const most = all.map((counts) => counts.reduce((high, count) => Math.max(high, count), 1));
  const histogram = new Uint32Array(1 + Math.max(...most));
  for (const counts of all) for (const count of counts) histogram[count]!++;
  const pixels = all.reduce((sum, { length }) => sum + length, 0);
  let left = fraction * (pixels - histogram[0]!);
  let count = 1;
  while (count < histogram.length - 1 && left > histogram[count]!) left -= histogram[count++]!;
  return count;
}

const level = (count: number, fullCount: number): number =>
  Math.round((levels - 1) * Math.min(1, (2 + Math.log(count)) / (2 + Math.log(fullCount))));

function shades(color: string): Rgba[] {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return Array.from({ length: levels }, (_, step) => [
    red!,
    green!,
    blue!,
    Math.round((255 * step) / (levels - 1)),
  ]);
}
