import type { SpikeRaster } from "../analysis/firing/spike-raster.ts";
import type { Figure, FigureOptions } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import { layerLabels, layerShades } from "../drawing/layer-bands.ts";
import { type Layout, panel } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { pastSentence } from "../drawing/past-sentence.ts";
import type { Period } from "../drawing/period.ts";
import { periodSentence, periodStrip, periodsWithin } from "../drawing/period-strip.ts";
import { rateStrips } from "../drawing/rate-strips.ts";
import { pastColumn } from "../drawing/sample-table.ts";
import { type SpikeMarks, spikeMarks } from "../drawing/spike-marks.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { durationText, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

/** Data of `rasterFigure`: the result of `analysis.spikeRaster`, and the populations. */
export interface RasterFigureData extends SpikeRaster {
  /** Populations in the order of the cells. */
  readonly populations: readonly FigurePopulation[];
  /** Periods of the protocol, marked above the panels. */
  readonly periods?: readonly Period[];
  /** Time of the branch, ms; earlier data are drawn in grey. */
  readonly branchMs?: number;
}

/** Options of `rasterFigure`. */
export interface RasterFigureOptions extends FigureOptions {
  readonly timeUnit?: TimeUnit;
  /** Height of the raster panel, px of 1/96 inch; 320 by default. */
  readonly frameHeightPx?: number;
  /** True if the names of populations are shown beside the layers, which needs a height of about 300 px. */
  readonly namesPopulations?: boolean;
  /** True if periods are marked by bars above the panels, as by default. */
  readonly hasBars?: boolean;
}

const usualFrameHeightPx = 320;

/**
 * Raster figure: the spikes of all cells as a function of time, coloured by population, with the
 * firing rates of excitatory and inhibitory cells above. Up to 5000 spikes are drawn as lines, more
 * as pixels.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { type FigurePopulation, rasterFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const raster = analysis.spikeRaster(run.spikes(), populations, { startMs: 0, endMs: 2000 });
 * const figure = rasterFigure({ ...raster, populations }, { document: figureDocument() });
 * console.log(figure.svg.length, figure.caption);
 * ```
 */
export function rasterFigure(data: RasterFigureData, options: RasterFigureOptions): Figure {
  const { document, theme = lightTheme, widthPx = pageWidthPx, hasBars = true } = options;
  const { frameHeightPx = usualFrameHeightPx, namesPopulations = true } = options;
  const { interval, populations, edgesMs, excitatoryHz, inhibitoryHz, branchMs } = data;
  const marginRightPx = namesPopulations ? 66 : 40;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx };
  const time = timeAxis(interval, options.timeUnit);
  const periods = hasBars ? periodsWithin(data.periods, interval) : [];
  const cellCount = populations.reduce((count, population) => count + population.cellCount, 0);
  const marks = markedSpikes(data, layout, frameHeightPx);
  const raster = panel(layout, {
    heightPx: frameHeightPx + 48,
    marginTopPx: 8,
    marginBottomPx: 40,
    x: { domain: time.domain, label: time.label },
    y: { domain: [0, cellCount], label: "Cell" },
    marks: [
      layerShades(populations, theme, namesPopulations),
      ...marks.draws,
      layerLabels(populations, theme, time.domain[1], namesPopulations),
    ],
  });
  const strips = [
    { label: "E (Hz)", color: theme.excitatory, ratesHz: excitatoryHz },
    { label: "I (Hz)", color: theme.inhibitory, ratesHz: inhibitoryHz },
  ];
  const rates = rateStrips(layout, time, edgesMs, strips, branchMs);
  const panels = [...periodStrip(layout, time, periods), ...rates, raster];
  const caption =
    `Spikes of ${cellCount} cells from ${time.words(interval)}, coloured by population.${marks.note}` +
    ` Above: firing rates of the excitatory (E) and inhibitory (I) cells, per living cell, in bins of ${durationText(edgesMs[1]! - edgesMs[0]!)}.` +
    (data.spikeCount > listedSpikes
      ? ` The ${data.spikeCount} spikes are more than ${listedSpikes} and not listed with the ` +
        "figure."
      : "") +
    pastSentence(time, [data]) +
    periodSentence(time, periods);
  return { ...stackPanels(layout, panels, caption, options), tables: tablesOf(data) };
}

/** The spikes of the past in grey, and those after it in their populations' colours. */
function markedSpikes(
  data: RasterFigureData,
  { theme, ...layout }: Layout,
  frameHeightPx: number,
): SpikeMarks {
  const { interval, spikes, spikeCount, populations, branchMs = interval.startMs } = data;
  const marks = {
    populations,
    cellCount: populations.reduce((count, population) => count + population.cellCount, 0),
    theme,
    shown: interval,
    spikeCount,
    frameWidthPx: layout.widthPx - layout.marginLeftPx - layout.marginRightPx,
    frameHeightPx,
  };
  const middleMs = Math.min(Math.max(branchMs, interval.startMs), interval.endMs);
  const past = { startMs: interval.startMs, endMs: middleMs, color: theme.quietInk };
  const own = { startMs: middleMs, endMs: interval.endMs };
  const parts = [past, own].filter(({ startMs, endMs }) => startMs < endMs);
  return spikeMarks(spikes, parts, marks);
}

/** Beyond this many, spikes are not listed beside their picture: an export of the run serves better. */
const listedSpikes = 200_000;

function tablesOf(data: RasterFigureData): Table[] {
  const { spikes, spikeCount, edgesMs, excitatoryHz, inhibitoryHz, branchMs } = data;
  const starts = edgesMs.subarray(0, -1);
  const rates: Table = {
    name: "rates",
    columns: [
      { name: "start_ms", values: starts },
      { name: "end_ms", values: edgesMs.subarray(1) },
      ...pastColumn(starts, branchMs),
      { name: "excitatory_hz", values: excitatoryHz },
      { name: "inhibitory_hz", values: inhibitoryHz },
    ],
  };
  if (spikeCount > listedSpikes) return [rates];
  const timesMs = new Float64Array(spikeCount);
  const cells = new Uint32Array(spikeCount);
  let count = 0;
  for (const block of spikes) {
    timesMs.set(block.timesMs, count);
    cells.set(block.cells, count);
    count += block.cells.length;
  }
  const columns = [
    { name: "time_ms", values: timesMs },
    ...pastColumn(timesMs, branchMs),
    { name: "cell", values: cells },
  ];
  return [{ name: "spikes", columns }, rates];
}
