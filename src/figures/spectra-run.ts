import type { SpectrumBand } from "../spectra/jackknife-band.ts";

/** Below this, power may be a drift of the rate, such as an onset within a segment, and leave the axis. */
export const slowestHz = 4;

/** Spectra of excitatory and of inhibitory spikes in one segment of a run. */
export interface SegmentSpectra {
  readonly startMs: number;
  readonly endMs: number;
  /** Power at `frequenciesHz` relative to the total power, 1/Hz. */
  readonly excitatory: Float64Array;
  readonly inhibitory: Float64Array;
  /** Power of Poisson spikes of the same rate, relative to the total power, 1/Hz. */
  readonly excitatoryPoisson?: number;
  readonly inhibitoryPoisson?: number;
  /** 95 % confidence limits of the jackknife. */
  readonly excitatoryLimits: SpectrumBand;
  readonly inhibitoryLimits: SpectrumBand;
}

/** Spectra of one run. */
export interface SpectraRun {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Time of the branch, ms; earlier segments are drawn in grey. */
  readonly branchMs?: number;
  readonly frequenciesHz: Float64Array;
  /** Segments in order of time, at least one. */
  readonly segments: readonly SegmentSpectra[];
  /** Time that no segment covers, ms. */
  readonly leftOverMs?: number;
}
