/** Figures as pure functions: results in, an SVG document and its numbers out. */

export { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
export { figureGrid, type GridCell } from "../drawing/figure-grid.ts";
export { csvChunks, type Table } from "../drawing/table.ts";
export { darkTheme, lightTheme, type Theme } from "../drawing/theme.ts";
export { type DeletionScaleFigureData, deletionScaleFigure } from "./deletion-scale.ts";
export { type InformationFigureData, informationFigure } from "./information.ts";
export { type PotentialsFigureData, potentialsFigure } from "./potentials.ts";
export { type PowerFigureData, powerFigure } from "./power.ts";
export { type RasterFigureData, rasterFigure } from "./raster.ts";
export { type RatesFigureData, ratesFigure } from "./rates.ts";
export { activityFigure, type SampleFigureData, scaleFigure } from "./sample.ts";
export { type SpectrogramFigureData, spectrogramFigure } from "./spectrogram.ts";
export { gainCourseFigure, type WeightsFigureData, weightsFigure } from "./weights.ts";
