/**
 * Figures as pure functions of data in memory: each returns an SVG document, its caption and every
 * number drawn. Runs unchanged in Node.js and in browsers.
 *
 * @module isocortex/figures
 */

export type { SpikeRaster } from "../analysis/firing/spike-raster.ts";
export type { LfpProxy } from "../analysis/state/lfp-proxy.ts";
export type { CellStatistics } from "../analysis/state/sample-statistics.ts";
export type {
  CellTrace,
  GroupStatistics,
  SampledVariable,
} from "../analysis/state/sampled-variable.ts";
export { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
export type { FigurePopulation } from "../drawing/figure-population.ts";
export type { Period } from "../drawing/period.ts";
export type { SampledRun } from "../drawing/series.ts";
export { type Column, csvChunks, type Table } from "../drawing/table.ts";
export { darkTheme, lightTheme, type Theme } from "../drawing/theme.ts";
export type { Coherence } from "../spectra/coherence.ts";
export type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";
export {
  type BalanceFigureData,
  type BalanceFigureOptions,
  type BalanceRun,
  balanceFigure,
} from "./balance.ts";
export { type CoherenceFigureData, coherenceFigure } from "./coherence.ts";
export { type LfpFigureData, type LfpFigureOptions, type LfpLayer, lfpFigure } from "./lfp.ts";
export { type PowerFigureData, type PowerFigureOptions, powerFigure } from "./power.ts";
export { type RasterFigureData, type RasterFigureOptions, rasterFigure } from "./raster.ts";
export {
  type RatesFigureData,
  type RatesFigureOptions,
  type RatesRun,
  ratesFigure,
} from "./rates.ts";
export {
  activityFigure,
  type SampleFigureData,
  type SampleFigureOptions,
  scaleFigure,
} from "./sample.ts";
export type { SegmentSpectra, SpectraRun } from "./spectra-run.ts";
export {
  type SpectrogramFigureData,
  type SpectrogramFigureOptions,
  spectrogramFigure,
} from "./spectrogram.ts";
