/**
 * isocortex: a spiking neocortical column that learns by STDP and keeps its balance by homeostatic
 * synaptic scaling (Rowan & Neymotin 2013). Everything here runs unchanged in Node.js and in
 * browsers; figures are in `isocortex/figures`, what needs files is in `isocortex/node`.
 */

export {
  type CellPopulation,
  cellsOf,
  isExcitatory,
  isInhibitory,
} from "./analysis/cell-groups.ts";
export {
  CurveError,
  type FractionInterval,
  type MeanBand,
  meanBand,
  wilsonInterval,
} from "./analysis/confidence.ts";
export { CountCorrelation, evenlySpacedCells } from "./analysis/count-correlation.ts";
export {
  type DistributionSummary,
  distributionDistance,
  summarizeDistribution,
} from "./analysis/distribution.ts";
export { hedgesG } from "./analysis/effect-size.ts";
export {
  FourierInformation,
  type FourierInformationResult,
} from "./analysis/fourier-information.ts";
export { type HyperactivityOnset, hyperactivityOnset } from "./analysis/hyperactivity-onset.ts";
export { type FourierInformationOptions, InformationError } from "./analysis/information-layout.ts";
export { InterspikeIntervals } from "./analysis/interspike-intervals.ts";
export { type Interval, IntervalError } from "./analysis/interval.ts";
export {
  type MultitaperOptions,
  multitaperSpectrum,
  type Spectrum,
} from "./analysis/multitaper-spectrum.ts";
export {
  evenEdges,
  type GainDistributions,
  GainError,
  gainDistributions,
  synapsesBetween,
} from "./analysis/plastic-gains.ts";
export { populationRates } from "./analysis/population-rates.ts";
export { populationSpectra } from "./analysis/population-spectra.ts";
export { livingCellStatistics } from "./analysis/sample-statistics.ts";
export { sampledVariable } from "./analysis/sampled-variable.ts";
export { type ScaleAtDeletion, scaleAtDeletion } from "./analysis/scale-at-deletion.ts";
export { type MeanSpectrum, SegmentedSpectrum } from "./analysis/segmented-spectrum.ts";
export { SpectrumError } from "./analysis/slepian-tapers.ts";
export { spectralDistance } from "./analysis/spectral-distance.ts";
export { type SpectralPeak, spectralPeak } from "./analysis/spectral-peak.ts";
export { Spectrogram, type TimeFrequencyPower } from "./analysis/spectrogram.ts";
export { firstSpikeDifference } from "./analysis/spike-difference.ts";
export { spikeRaster } from "./analysis/spike-raster.ts";
export type { Spikes } from "./analysis/spikes.ts";
export { PopulationSynchrony, type Synchrony } from "./analysis/synchrony.ts";
export { type Trial, wholeTrials } from "./analysis/trials.ts";
export { type WeightMatrices, weightMatrices } from "./analysis/weight-matrices.ts";
export { DocumentError } from "./document/error.ts";
export type { CellState } from "./engine/cell-state.ts";
export { KernelError } from "./engine/compiled-kernel.ts";
export type { SimulationEngine, SpikeSink } from "./engine/contract.ts";
export type { EngineOptions } from "./engine/core.ts";
export { Engine } from "./engine/driver.ts";
export { type Experiment, InvalidTimelineError } from "./experiment/definition.ts";
export { readExperiment } from "./experiment/file.ts";
export { findPreset, type Preset, presetExperiment, presets } from "./experiment/presets.ts";
export { experimentText } from "./experiment/text.ts";
export { type CsvTable, csvText } from "./export/csv.ts";
export { RunExcerpt } from "./export/excerpt.ts";
export { type NwbProvenance, writeNwb } from "./export/nwb.ts";
export { writeOriginal } from "./export/original-files.ts";
export { runArchive } from "./export/run-archive.ts";
export { writeSonata } from "./export/sonata.ts";
export type { ExportTarget } from "./export/target.ts";
export { resolveParameters } from "./model/derived-defaults.ts";
export { parseAssignments, parseOriginalOverrides } from "./model/overrides.ts";
export { InvalidParametersError, ParameterError } from "./model/parameter-error.ts";
export { listParameters } from "./model/parameter-listing.ts";
export {
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterDefinitions,
  parameterNames,
} from "./model/parameters.ts";
export { type CellClass, type PopulationName, populations } from "./model/populations.ts";
export { seedOverrides } from "./model/seeds.ts";
export { durationMs } from "./model/timeline.ts";
export { buildNetwork, type Network } from "./network/construction.ts";
export { type ExternalStreams, externalStreams } from "./network/external-streams.ts";
export type { PopulationRange } from "./network/population-ranges.ts";
export type { ScheduledInput, Stimulus, StimulusInput } from "./network/stimuli/stimulus.ts";
export {
  DamagedFileError,
  FormatVersionError,
  RecoveryError,
  RunLocationError,
} from "./recording/errors.ts";
export { type Excursions, scaleFactorRange } from "./recording/excursions.ts";
export type { Manifest } from "./recording/manifest.ts";
export { MemoryStore } from "./recording/memory-store.ts";
export type { RunEvent } from "./recording/run-event.ts";
export { RunReader } from "./recording/run-reader.ts";
export type { RunStore } from "./recording/run-store.ts";
export { RunWriter } from "./recording/run-writer.ts";
export { ReferenceEngine } from "./reference/engine.ts";
export {
  type EngineName,
  type EventSink,
  Simulation,
  type SimulationOptions,
} from "./simulation/advance.ts";
export { run } from "./simulation/recorder.ts";
export { type ExperimentRunOptions, runExperiment } from "./simulation/run-experiment.ts";
export * from "./simulation/run-options.ts";
export { type ReferenceRun, type VerificationReport, verify } from "./simulation/verification.ts";
export type { Entry, EntrySource } from "./timeline/entry.ts";
export { entryFromLine } from "./timeline/entry-line.ts";
export * as interventionFields from "./timeline/interventions/fields.ts";
export {
  type InstantKind,
  type InterventionKind,
  instantKind,
  type StateKind,
  stateKind,
} from "./timeline/interventions/kind.ts";
export { type InterventionListing, listInterventions } from "./timeline/interventions/listing.ts";
export { addIntervention } from "./timeline/interventions/registry.ts";
export {
  knownTrains,
  provideTrains,
  type SpikeTrains,
} from "./timeline/spike-trains.ts";
