/** Firing rates of excitatory and of inhibitory cells, spikes per second and living cell. */
export interface ClassRates {
  readonly eHz: number;
  readonly iHz: number;
}

/** A few numbers on the finite values of something over cells or synapses. */
export interface Spread {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly least: number;
  readonly most: number;
  /** Values that are infinite or not a number; absent from evidence that 0.2.0 kept. */
  readonly notFinite?: number;
}

/** Measured values of a run for the paper's claims. */
export interface RunEvidence {
  /** As planned: an intervention may have ended it before. */
  readonly durationS: number;
  /** Over the beginning, before scaling or learning; its end, s. */
  readonly baseline: ClassRates;
  readonly baselineEndS: number;
  /**
   * Over recall or, without one, from 88 % to 98 % of the run; over the last 10 s if an intervention
   * has ended it; that stretch, s.
   */
  readonly end: ClassRates;
  readonly endFromS: number;
  readonly endToS: number;
  /** The highest E rate over any 10 s. */
  readonly highestEHz: number;
  /**
   * Time at which the E rate over 10 s first exceeded ten times the baseline's; null if it never
   * did.
   */
  readonly onsetS: number | null;
  /**
   * The E rate over every twentieth of the time from the end of the baseline until half of the
   * cells are lost, or to the end; over the baseline's.
   */
  readonly relativeActivity: { readonly least: number; readonly most: number };
  readonly cells: number;
  /** At the last sample. */
  readonly livingCells: number;
  /** Of living E cells, at the last sample; null without samples. */
  readonly scaleFactor: Spread | null;
  /** Of the synapses between E cells, when last recorded; null if they never were. */
  readonly gain: Spread | null;
  /** Change of the spectrum of the E spikes; null when the run is too short to tell. */
  readonly spectrum: SpectralChange | null;
}

/** Gains between excitatory cells in a run without scaling and in one with it, at the same time. */
export interface PairedGains {
  readonly timeS: number;
  /** Pearson's r over synapses. */
  readonly correlation: number;
  readonly meanWithout: number;
  readonly meanWith: number;
}

/** Distances of normalised spectra, 0 to √2, and where they are highest. */
export interface SpectralChange {
  /** Between two stretches of the baseline: what chance does. */
  readonly withinBaseline: number;
  /** Between the baseline's end and the run's end. */
  readonly baselineToEnd: number;
  /** Frequency of the highest power, from 1 Hz on. */
  readonly baselinePeakHz: number;
  readonly endPeakHz: number;
}
