/** Analyses of spikes, weights and samples: functions from arrays to arrays, independent of the record. */

export { type CellPopulation, cellsOf } from "./cell-groups.ts";
export { CountCorrelation, type PairwiseCorrelation } from "./count-correlation.ts";
export type { DistributionQuantiles, DistributionSummary } from "./distribution.ts";
export {
  FourierInformation,
  type FourierInformationResult,
  type GroupInformation,
  type TrainInformation,
} from "./fourier-information.ts";
export {
  type HyperactivityOnset,
  hyperactivityOnset,
  type OnsetOptions,
} from "./hyperactivity-onset.ts";
export type { FourierInformationOptions } from "./information-layout.ts";
export type { InformationSpectrum } from "./information-spectrum.ts";
export { InterspikeIntervals } from "./interspike-intervals.ts";
export type { Interval } from "./interval.ts";
export type { SpectrumBand } from "./jackknife-band.ts";
export type { LogHistogram } from "./log-histogram.ts";
export {
  type MultitaperOptions,
  multitaperSpectrum,
  type Spectrum,
} from "./multitaper-spectrum.ts";
export { type PopulationRates, populationRates } from "./population-rates.ts";
export { type CellSamples, sampledVariable } from "./sampled-variable.ts";
export { type MeanSpectrum, SegmentedSpectrum, type SegmentOptions } from "./segmented-spectrum.ts";
export type { SpectralPeak } from "./spectral-peak.ts";
export { Spectrogram, type SpectrogramOptions, type TimeFrequencyPower } from "./spectrogram.ts";
export { firstSpikeDifference, type Spike, type SpikeDifference } from "./spike-difference.ts";
export { type SpikeRaster, type SpikeRasterOptions, spikeRaster } from "./spike-raster.ts";
export type { Spikes } from "./spikes.ts";
export { PopulationSynchrony, type Synchrony } from "./synchrony.ts";
export type { TimeBins } from "./time-bins.ts";
export { type Trial, type TrialEvent, wholeTrials } from "./trials.ts";
