/** The figures that can be drawn of any run, and what they show. */
export const figureKinds = {
  raster: "spikes of all cells against time, with the E and I rates",
  activity: "sensed rates against time: mean ± SD over living cells, or chosen cells",
  scale: "scale factors against time: mean ± SD over living cells, or chosen cells",
  power: "multitaper spectra of the E and the I spikes, a line a segment of the run",
} as const;

export type FigureKind = keyof typeof figureKinds;

export const figureKindNames = Object.keys(figureKinds) as FigureKind[];
