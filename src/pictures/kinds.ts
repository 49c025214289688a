/** The figures that can be drawn of any run, and what they show. */
export const figureKinds = {
  activity: "sensed firing rates against time: mean ± SD over living cells, or chosen cells",
  charge: "sensed charges, which the 2014 model keeps at their targets, as activity",
  scale: "scale factors against time: mean ± SD over living cells, or chosen cells",
  raster: "spikes of all cells against time, with the E and I rates",
  power: "multitaper spectra of the E and the I spikes, a line a segment of the run",
  spectrogram: "power of the E and the I spikes against time and frequency, in colours",
  coherence: "coherence of the E with the I spikes against frequency, by phase",
  weights: "plastic gains: their course, distribution, and means by pair of populations",
  balance: "effective weights onto E cells, E/I balance and recurrent gain against time",
  deaths: "dead E and I cells against time; with --against, less those of a baseline run",
  growth: "growth factor of the targets of the 2014 model against time",
  divergence:
    "difference of the spike trains from those of the run --against, 0 to 1, against time",
  "deletion-scale": "scale factors of cells at their deletion, and of the living, against time",
  information: "bits/s that cells and populations tell of the external input, from its trials",
  potentials: "membrane potentials of cells; of a single one, receptors and synaptic drive, too",
  lfp: "LFP proxy of each layer (synaptic drive of its E cells) against time, and its spectrum",
  rates: "firing rates against time: of E cells by population, of I cells by class",
  change:
    "rates of single cells at baseline and after; scale factors by in-degree; error of targets",
  volleys: "peri-stimulus histograms and phase locking of the populations to training volleys",
} as const;

export type FigureKind = keyof typeof figureKinds;

export const figureKindNames = Object.keys(figureKinds) as FigureKind[];

/** Kinds that can show several runs at once. */
export const comparingKinds: readonly FigureKind[] = [
  "activity",
  "balance",
  "charge",
  "coherence",
  "scale",
  "deaths",
  "divergence",
  "growth",
  "power",
  "weights",
  "rates",
  "volleys",
];

/** Kinds that can show averages over several runs. */
export const averagingKinds: readonly FigureKind[] = ["activity", "charge", "scale"];

/** Kinds that can show the difference from another run, and those that show nothing else. */
export const opposingKinds: readonly FigureKind[] = ["deaths", "divergence"];
export const onlyOpposingKinds: readonly FigureKind[] = ["divergence"];

/** Kinds with spectra of segments. */
export const segmentedKinds: readonly FigureKind[] = ["lfp", "power", "spectrogram"];

/** Kinds that can show chosen cells, or the excitatory ones alone. */
export const selectingKinds: readonly FigureKind[] = [
  "activity",
  "charge",
  "scale",
  "information",
  "potentials",
];
