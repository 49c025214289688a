/** Figures as pure functions: results in, an SVG document and its numbers out. */

export { type Figure, FigureDataError, type FigureOptions } from "./figure.ts";
export { rasterFigure } from "./raster-figure.ts";
export { activityFigure, scaleFigure } from "./sample-figure.ts";
export { csvChunks, type Table } from "./table.ts";
export { lightTheme, type Theme } from "./theme.ts";
