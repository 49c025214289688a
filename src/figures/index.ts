/** Figures as pure functions: results in, an SVG document and its numbers out. */

export { type DeletionScaleFigureData, deletionScaleFigure } from "./deletion-scale-figure.ts";
export { type Figure, FigureDataError, type FigureOptions } from "./figure.ts";
export { figureGrid, type GridCell } from "./figure-grid.ts";
export { type InformationFigureData, informationFigure } from "./information-figure.ts";
export { type PotentialsFigureData, potentialsFigure } from "./potentials-figure.ts";
export { type PowerFigureData, powerFigure } from "./power-figure.ts";
export { type RasterFigureData, rasterFigure } from "./raster-figure.ts";
export { type RatesFigureData, ratesFigure } from "./rates-figure.ts";
export { activityFigure, type SampleFigureData, scaleFigure } from "./sample-figure.ts";
export { type SpectrogramFigureData, spectrogramFigure } from "./spectrogram-figure.ts";
export { csvChunks, type Table } from "./table.ts";
export { darkTheme, lightTheme, type Theme } from "./theme.ts";
export { gainCourseFigure, type WeightsFigureData, weightsFigure } from "./weights-figure.ts";
