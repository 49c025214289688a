import type { RenderFunction } from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { FigurePopulation } from "./figure-population.ts";
import { type IndexedImage, indexedPng, pngAddress } from "./indexed-png.ts";
import { type SpikeImageOptions, spikeImages } from "./spike-image.ts";
import { svgElement } from "./svg-element.ts";
import type { Theme } from "./theme.ts";

/** Above this many, spikes are drawn as pixels: vector marks would hide each other. */
const mostSpikeTicks = 5000;

/** Width of a mark, its greatest height, px, and the share of the frame that all may cover. */
const markWidthPx = 1;
const tallestMarkPx = 3.2;
const markCoverage = 0.1;

/** Pixels of the image per px of the figure: 384 dots per inch in print. */
const pixelsPerPx = 4;

export interface SpikeMarks {
  readonly draws: readonly RenderFunction[];
  /** Explanation of the marks, as a sentence after a space, if necessary. */
  readonly note: string;
}

/** A part of the shown time. */
export interface MarkedPart extends Interval {
  /** One colour for all spikes, in place of the populations'. */
  readonly color?: string;
}

export interface SpikeMarksOptions {
  readonly populations: readonly FigurePopulation[];
  readonly cellCount: number;
  readonly theme: Theme;
  /** The stretch of time that the frame shows. */
  readonly shown: Interval;
  /** Spikes in all of it. */
  readonly spikeCount: number;
  /** Size of the frame, px. */
  readonly frameWidthPx: number;
  readonly frameHeightPx: number;
}

/** Marks for the spikes of the parts of the shown time: lines if they are few in all, else pixels. */
export function spikeMarks(
  spikes: Iterable<Spikes>,
  parts: readonly MarkedPart[],
  options: SpikeMarksOptions,
): SpikeMarks {
  return options.spikeCount > mostSpikeTicks
    ? spikePixels(spikes, parts, options)
    : { draws: parts.map((part) => spikeTicks(spikes, part, options)), note: "" };
}

/** Height of a mark: at least the row of a cell; the fewer the spikes, the taller. */
function markHeightPx(marks: SpikeMarksOptions): number {
  const { spikeCount, cellCount, frameWidthPx, frameHeightPx } = marks;
  const fitting = (markCoverage * frameWidthPx * frameHeightPx) / (spikeCount * markWidthPx);
  return Math.max(frameHeightPx / cellCount, Math.min(tallestMarkPx, fitting));
}

const pxPerMs = ({ shown, frameWidthPx }: SpikeMarksOptions): number =>
  frameWidthPx / (shown.endMs - shown.startMs);

/** A short vertical line a spike, one path a population. */
function spikeTicks(
  spikes: Iterable<Spikes>,
  part: MarkedPart,
  marks: SpikeMarksOptions,
): RenderFunction {
  const { populations, theme } = marks;
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) => {
    const group = svgElement(document, "g", {});
    for (const population of populations) {
      const d = ticksPath(spikes, part, marks, population, marginLeft, marginTop);
      if (d === "") continue;
      const stroke = part.color ?? theme.populations[population.name];
      group.append(svgElement(document, "path", { d, stroke, "stroke-width": markWidthPx }));
    }
    return group;
  };
}

function ticksPath(
  spikes: Iterable<Spikes>,
  { startMs, endMs }: Interval,
  marks: SpikeMarksOptions,
  { firstCell, cellCount: size }: FigurePopulation,
  leftPx: number,
  topPx: number,
): string {
  const { cellCount, shown, frameHeightPx } = marks;
  const heightPx = markHeightPx(marks);
  let d = "";
  for (const { timesMs, cells } of spikes) {
    for (let k = 0; k < timesMs.length; k++) {
      const [timeMs, cell] = [timesMs[k]!, cells[k]!];
      if (timeMs < startMs || timeMs >= endMs) continue;
      if (cell < firstCell || cell >= firstCell + size) continue;
      const x = leftPx + pxPerMs(marks) * (timeMs - shown.startMs);
      const y = topPx + frameHeightPx * (1 - (cell + 0.5) / cellCount) - heightPx / 2;
      d += `M${x.toFixed(2)} ${y.toFixed(2)}v${heightPx.toFixed(2)}`;
    }
  }
  return d;
}

/** An image a part, with the same shades in all. */
function spikePixels(
  spikes: Iterable<Spikes>,
  parts: readonly MarkedPart[],
  marks: SpikeMarksOptions,
): SpikeMarks {
  const images = spikeImages(
    spikes,
    parts.map((part) => imageOptions(part, marks)),
  );
  const draws = images.map(({ image }, k) => imageOf(image, parts[k]!, marks));
  const fullCount = images[0]?.fullCount ?? 1;
  const note = ` The colour deepens with overlapping marks, in logarithmic steps up to ${fullCount} spikes.`;
  return { draws, note: fullCount > 1 ? note : "" };
}

function imageOptions({ color, ...part }: MarkedPart, marks: SpikeMarksOptions): SpikeImageOptions {
  const { populations, cellCount, theme, frameHeightPx } = marks;
  const colorOfCell = new Uint8Array(cellCount);
  populations.forEach(({ firstCell, cellCount: size }, index) => {
    colorOfCell.fill(index, firstCell, firstCell + size);
  });
  return {
    ...part,
    cellCount,
    widthPixels: Math.max(1, Math.round(widthOfPx(part, marks) * pixelsPerPx)),
    heightPixels: Math.round(frameHeightPx * pixelsPerPx),
    markWidthPixels: markWidthPx * pixelsPerPx,
    markHeightPixels: Math.ceil(markHeightPx(marks) * pixelsPerPx),
    colors: populations.map(({ name }) => color ?? theme.populations[name]),
    colorOfCell,
  };
}

const widthOfPx = ({ startMs, endMs }: Interval, marks: SpikeMarksOptions): number =>
  pxPerMs(marks) * (endMs - startMs);

function imageOf(image: IndexedImage, part: Interval, marks: SpikeMarksOptions): RenderFunction {
  const leftPx = pxPerMs(marks) * (part.startMs - marks.shown.startMs);
  const href = pngAddress(indexedPng(image));
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) =>
    svgElement(document, "image", {
      x: marginLeft + leftPx,
      y: marginTop,
      width: widthOfPx(part, marks),
      height: marks.frameHeightPx,
      preserveAspectRatio: "none",
      href,
    });
}
