import type { SpectrumBand } from "../analysis/jackknife-band.ts";

/** Spectra of the excitatory and the inhibitory spikes of one segment of a run. */
export interface SegmentSpectra {
  readonly startMs: number;
  readonly endMs: number;
  /** Normalised power (its sum over all frequencies is 1 Hz · 1/Hz), at `frequenciesHz`. */
  readonly excitatory: Float64Array;
  readonly inhibitory: Float64Array;
  /** The jackknife's 95 % limits of both. */
  readonly excitatoryLimits: SpectrumBand;
  readonly inhibitoryLimits: SpectrumBand;
}

/** Spectra of one run. */
export interface SpectraRun {
  /** Label of the run; needed where runs are compared. */
  readonly label?: string;
  /** Time at which it branched off its past: segments that begin earlier are drawn in grey, ms. */
  readonly branchMs?: number;
  readonly frequenciesHz: Float64Array;
  /** In order of time, at least one. */
  readonly segments: readonly SegmentSpectra[];
  /** Time that is in none of the segments, being shorter than one, ms. */
  readonly leftOverMs?: number;
}
