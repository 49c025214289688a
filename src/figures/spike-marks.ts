import type { RenderFunction } from "@observablehq/plot";
import type { Interval } from "../analysis/interval.ts";
import type { Spikes } from "../analysis/spikes.ts";
import type { FigurePopulation } from "./figure-population.ts";
import { indexedPng, pngAddress } from "./indexed-png.ts";
import { type SpikeImageOptions, spikeImage } from "./spike-image.ts";
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
  readonly draw: RenderFunction;
  /** What the marks mean, as a sentence after a blank, where that is not evident. */
  readonly note: string;
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
  /** One colour for all, in place of the populations'. */
  readonly color?: string;
}

/** Marks for the spikes of a part of the shown time: lines if few are shown, else pixels. */
export function spikeMarks(
  spikes: Iterable<Spikes>,
  part: Interval,
  options: SpikeMarksOptions,
): SpikeMarks {
  return options.spikeCount > mostSpikeTicks
    ? spikePixels(spikes, part, options)
    : { draw: spikeTicks(spikes, part, options), note: "" };
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
  part: Interval,
  marks: SpikeMarksOptions,
): RenderFunction {
  const { populations, theme, color } = marks;
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) => {
    const group = svgElement(document, "g", {});
    for (const population of populations) {
      const d = ticksPath(spikes, part, marks, population, marginLeft, marginTop);
      if (d === "") continue;
      const stroke = color ?? theme.populations[population.name];
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

/** All spikes in one image. */
function spikePixels(
  spikes: Iterable<Spikes>,
  part: Interval,
  marks: SpikeMarksOptions,
): SpikeMarks {
  const { populations, cellCount, theme, frameHeightPx, shown, color } = marks;
  const widthPx = pxPerMs(marks) * (part.endMs - part.startMs);
  const leftPx = pxPerMs(marks) * (part.startMs - shown.startMs);
  const colorOfCell = new Uint8Array(cellCount);
  populations.forEach(({ firstCell, cellCount: size }, index) => {
    colorOfCell.fill(index, firstCell, firstCell + size);
  });
  const options: SpikeImageOptions = {
    ...part,
    cellCount,
    widthPixels: Math.max(1, Math.round(widthPx * pixelsPerPx)),
    heightPixels: Math.round(frameHeightPx * pixelsPerPx),
    markWidthPixels: markWidthPx * pixelsPerPx,
    markHeightPixels: Math.ceil(markHeightPx(marks) * pixelsPerPx),
    colors: populations.map(({ name }) => color ?? theme.populations[name]),
    colorOfCell,
  };
  const { image, fullCount } = spikeImage(spikes, options);
  const href = pngAddress(indexedPng(image));
  const draw: RenderFunction = (_i, _s, _v, { marginLeft, marginTop }, { document }) =>
    svgElement(document, "image", {
      x: marginLeft + leftPx,
      y: marginTop,
      width: widthPx,
      height: frameHeightPx,
      preserveAspectRatio: "none",
      href,
    });
  const note = ` Where marks meet the colour is fuller, in logarithmic steps up to ${fullCount} spikes.`;
  return { draw, note: fullCount > 1 ? note : "" };
}
