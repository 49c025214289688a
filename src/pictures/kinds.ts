/** The figures that can be drawn of any run, and what they show. */
export const figureKinds = {
  activity: "sensed rates against time: mean ± SD over living cells, or chosen cells",
  scale: "scale factors against time: mean ± SD over living cells, or chosen cells",
  raster: "spikes of all cells against time, with the E and I rates",
  power: "multitaper spectra of the E and the I spikes, a line a segment of the run",
  spectrogram: "power of the E and the I spikes against time and frequency, in colours",
  weights: "plastic gains: their course, distribution, and means by pair of populations",
  "deletion-scale": "scale factors of cells at their deletion, against time",
  information: "bits/s that cells and populations tell of the external input, from its trials",
  potentials: "membrane potentials of cells; of a single one, receptors and synaptic drive, too",
  rates: "firing rates against time: of E cells by population, of I cells by class",
} as const;

export type FigureKind = keyof typeof figureKinds;

export const figureKindNames = Object.keys(figureKinds) as FigureKind[];

/** Kinds that can show several runs at once. */
export const comparingKinds: readonly FigureKind[] = [
  "activity",
  "scale",
  "power",
  "weights",
  "rates",
];

/** Kinds that can show chosen cells, or the excitatory ones alone. */
export const selectingKinds: readonly FigureKind[] = [
  "activity",
  "scale",
  "information",
  "potentials",
];
