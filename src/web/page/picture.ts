import { rasterFigure } from "../../figures/raster.ts";
import type { ColumnDescription, Mark, RasterData } from "../../live/worker/messages.ts";
import { theme } from "./appearance.ts";

/** The raster figure of `isocortex plot`, as an SVG document, with what was done as strips. */
export function rasterPicture(
  raster: RasterData,
  { populations }: ColumnDescription,
  marks: readonly Mark[],
): string {
  const { startMs, endMs } = raster.interval;
  const periods = marks
    .filter(({ timeMs, untilMs = endMs }) => timeMs < endMs && untilMs > startMs)
    .map(({ label, timeMs, untilMs = endMs }) => ({ label, startMs: timeMs, endMs: untilMs }));
  return rasterFigure({ ...raster, populations, periods }, { document, theme: theme.value }).svg;
}
