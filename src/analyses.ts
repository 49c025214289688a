/** Analyses of spikes, weights and samples: functions from arrays to arrays, independent of the record. */

export { BranchingEstimator, type BranchingRatio } from "./analysis/firing/branching-ratio.ts";
export { type CellBurstStatistics, CellBursts } from "./analysis/firing/cell-bursts.ts";
export { type CellPopulation, cellsOf } from "./analysis/firing/cell-groups.ts";
export { CellRates } from "./analysis/firing/cell-rates.ts";
export { CountCorrelation, type PairwiseCorrelation } from "./analysis/firing/count-correlation.ts";
export {
  type HyperactivityOnset,
  hyperactivityOnset,
  type OnsetOptions,
} from "./analysis/firing/hyperactivity-onset.ts";
export { InterspikeIntervals } from "./analysis/firing/interspike-intervals.ts";
export type { Interval } from "./analysis/firing/interval.ts";
export type { PeriodicStimulus, StimulusPart } from "./analysis/firing/periodic-stimulus.ts";
export {
  type GroupLocking,
  PhaseLocking,
  type PhaseLockingOptions,
  type PhaseStatistics,
  type StimulusLocking,
} from "./analysis/firing/phase-locking.ts";
export {
  type PopulationBurstStatistics,
  PopulationBursts,
} from "./analysis/firing/population-bursts.ts";
export { type PopulationRates, populationRates } from "./analysis/firing/population-rates.ts";
export { rayleighTest } from "./analysis/firing/rayleigh-test.ts";
export {
  firstSpikeDifference,
  type Spike,
  type SpikeDifference,
} from "./analysis/firing/spike-difference.ts";
export {
  type SpikeRaster,
  type SpikeRasterOptions,
  spikeRaster,
} from "./analysis/firing/spike-raster.ts";
export {
  SpikeTimeTiling,
  type SpikeTimeTilingResult,
} from "./analysis/firing/spike-time-tiling.ts";
export type { Spikes } from "./analysis/firing/spikes.ts";
export { PopulationSynchrony, type Synchrony } from "./analysis/firing/synchrony.ts";
export type { TimeBins } from "./analysis/firing/time-bins.ts";
export { type LfpProxy, lfpProxy, type ReceptorReadings } from "./analysis/state/lfp-proxy.ts";
export { type CellSamples, sampledVariable } from "./analysis/state/sampled-variable.ts";
export type {
  DistributionQuantiles,
  DistributionSummary,
} from "./analysis/statistics/distribution.ts";
export type { LogHistogram } from "./analysis/statistics/log-histogram.ts";
export { rankCorrelation } from "./analysis/statistics/rank-correlation.ts";
export {
  type Observation,
  type SurvivalCurve,
  survivalCurve,
} from "./analysis/statistics/survival.ts";
export {
  FourierInformation,
  type FourierInformationResult,
  type GroupInformation,
  type TrainInformation,
} from "./analysis/transmission/fourier-information.ts";
export type { FourierInformationOptions } from "./analysis/transmission/information-layout.ts";
export type { InformationSpectrum } from "./analysis/transmission/information-spectrum.ts";
export { type Trial, type TrialEvent, wholeTrials } from "./analysis/transmission/trials.ts";
export { type Coherence, SegmentedCoherence } from "./spectra/coherence.ts";
export type { SpectrumBand } from "./spectra/jackknife-band.ts";
export {
  type MultitaperOptions,
  multitaperSpectrum,
  type Spectrum,
} from "./spectra/multitaper-spectrum.ts";
export { type PeakTest, peakTest } from "./spectra/peak-test.ts";
export {
  type MeanSpectrum,
  SegmentedSpectrum,
  type SegmentOptions,
} from "./spectra/segmented-spectrum.ts";
export {
  Spectrogram,
  type SpectrogramOptions,
  type TimeFrequencyPower,
} from "./spectra/spectrogram.ts";
export {
  type EffectiveSynapses,
  effectiveSynapses,
  type SynapticSnapshot,
  type WeightedSynapses,
} from "./synapses/effective-weights.ts";
export type { GainSnapshot, SynapseEnds } from "./synapses/plastic-gains.ts";
export {
  type SparseMatrix,
  type SpectralRadius,
  type SpectralRadiusOptions,
  spectralRadius,
} from "./synapses/spectral-radius.ts";
export {
  type RecurrentGain,
  recurrentGain,
  type SynapticInput,
  synapticInput,
} from "./synapses/synaptic-input.ts";
