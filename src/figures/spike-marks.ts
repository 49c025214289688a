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
  /** Size of the frame, px. */
  readonly frameWidthPx: number;
  readonly frameHeightPx: number;
}

/** Marks for the spikes of an interval: lines if they are few, else pixels. */
export function spikeMarks(
  spikes: Spikes,
  interval: Interval,
  options: SpikeMarksOptions,
): SpikeMarks {
  return spikes.timesMs.length > mostSpikeTicks
    ? spikePixels(spikes, interval, options)
    : { draw: spikeTicks(spikes, interval, options), note: "" };
}

/** Height of a mark: at least the row of a cell; the fewer the spikes, the taller. */
function markHeightPx(
  spikeCount: number,
  { cellCount, frameWidthPx, frameHeightPx }: SpikeMarksOptions,
): number {
  const fitting = (markCoverage * frameWidthPx * frameHeightPx) / (spikeCount * markWidthPx);
  return Math.max(frameHeightPx / cellCount, Math.min(tallestMarkPx, fitting));
}

/** A short vertical line a spike, one path a population. */
function spikeTicks(
  { timesMs, cells }: Spikes,
  { startMs, endMs }: Interval,
  marks: SpikeMarksOptions,
): RenderFunction {
  const { populations, cellCount, theme, frameWidthPx, frameHeightPx } = marks;
  const heightPx = markHeightPx(timesMs.length, marks);
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) => {
    const group = svgElement(document, "g", {});
    for (const { name, firstCell, cellCount: size } of populations) {
      let d = "";
      for (let k = 0; k < timesMs.length; k++) {
        const cell = cells[k]!;
        if (cell < firstCell || cell >= firstCell + size) continue;
        const x = marginLeft + (frameWidthPx * (timesMs[k]! - startMs)) / (endMs - startMs);
        const y = marginTop + frameHeightPx * (1 - (cell + 0.5) / cellCount) - heightPx / 2;
        d += `M${x.toFixed(2)} ${y.toFixed(2)}v${heightPx.toFixed(2)}`;
      }
      if (d === "") continue;
      const style = { stroke: theme.populations[name], "stroke-width": markWidthPx };
      group.append(svgElement(document, "path", { d, ...style }));
    }
    return group;
  };
}

/** All spikes in one image. */
function spikePixels(spikes: Spikes, interval: Interval, marks: SpikeMarksOptions): SpikeMarks {
  const { populations, cellCount, theme, frameWidthPx, frameHeightPx } = marks;
  const colorOfCell = new Uint8Array(cellCount);
  populations.forEach(({ firstCell, cellCount: size }, index) => {
    colorOfCell.fill(index, firstCell, firstCell + size);
  });
  const options: SpikeImageOptions = {
    ...interval,
    cellCount,
    widthPixels: Math.round(frameWidthPx * pixelsPerPx),
    heightPixels: Math.round(frameHeightPx * pixelsPerPx),
    markWidthPixels: markWidthPx * pixelsPerPx,
    markHeightPixels: Math.ceil(markHeightPx(spikes.timesMs.length, marks) * pixelsPerPx),
    colors: populations.map(({ name }) => theme.populations[name]),
    colorOfCell,
  };
  const { image, fullCount } = spikeImage(spikes, options);
  const href = pngAddress(indexedPng(image));
  const draw: RenderFunction = (_i, _s, _v, { marginLeft, marginTop }, { document }) =>
    svgElement(document, "image", {
      x: marginLeft,
      y: marginTop,
      width: frameWidthPx,
      height: frameHeightPx,
      preserveAspectRatio: "none",
      href,
    });
  const note = ` Where marks meet the colour is fuller, in logarithmic steps up to ${fullCount} spikes.`;
  return { draw, note: fullCount > 1 ? note : "" };
}
