/**
 * Simulation and analysis of a spiking neocortical column with STDP and homeostatic synaptic
 * scaling (Rowan & Neymotin 2013). Uses no files and runs unchanged in Node.js and in browsers.
 *
 * @module isocortex
 */

/** Analyses of spikes, samples and plastic gains, as functions of arrays. */
export * as analysis from "./analyses.ts";
export { DocumentError } from "./document/error.ts";
export type { Spikes } from "./encoding/spike-codec.ts";
export type { CellState } from "./engine/cell-state.ts";
export type { Death, SpikeSink } from "./engine/contract.ts";
export type { Potentials } from "./engine/potentials.ts";
export {
  type Experiment,
  type ExperimentChanges,
  InvalidTimelineError,
} from "./experiment/definition.ts";
export { readExperiment } from "./experiment/file.ts";
export type { Preset } from "./experiment/preset.ts";
export { presetExperiment, presets } from "./experiment/presets.ts";
export { experimentText } from "./experiment/text.ts";
/** Recorded runs in other formats, as text and bytes in memory. */
export * as formats from "./export/index.ts";
export { resolveParameters } from "./model/derived-defaults.ts";
export { parseOriginalOverrides } from "./model/overrides.ts";
export { InvalidParametersError, ParameterError } from "./model/parameter-error.ts";
export { listParameters, type ParameterListing } from "./model/parameter-listing.ts";
export type { ParameterOverrides, Parameters } from "./model/parameters.ts";
export type { CellClass, PopulationName } from "./model/populations.ts";
export { seedOverrides } from "./model/seeds.ts";
export type { Network } from "./network/construction.ts";
export type { InterColumnSynapses } from "./network/inter-column.ts";
export type { PopulationRange } from "./network/population-ranges.ts";
export type { CellSample, CellSamples } from "./recording/cell-sample.ts";
export type { SimulationState } from "./recording/checkpoint.ts";
export { DamagedFileError, RunLocationError } from "./recording/errors.ts";
export type { Excursions } from "./recording/excursions.ts";
export type { Manifest } from "./recording/manifest.ts";
export { MemoryStore } from "./recording/memory-store.ts";
export type { CellPositions, SynapseTable } from "./recording/network-record.ts";
export type { PotentialReader } from "./recording/potential-reader.ts";
export type { PotentialReadings } from "./recording/potentials.ts";
export type { RunEvent } from "./recording/run-event.ts";
export { RunReader } from "./recording/run-reader.ts";
export type { RunStore } from "./recording/run-store.ts";
export type { TimeRange } from "./recording/time-range.ts";
export { type EventSink, Simulation, type SimulationOptions } from "./simulation/advance.ts";
export { type ExperimentRunOptions, runExperiment } from "./simulation/run-experiment.ts";
export type { RunReport } from "./simulation/run-options.ts";
export {
  type ReferenceDeath,
  type ReferenceRun,
  type VerificationReport,
  verify,
} from "./simulation/verification.ts";
export type { EntrySource } from "./timeline/entry.ts";
export type { Growth } from "./timeline/interventions/growth.ts";
/** Kinds of intervention in the timeline of a run, and how to add others. */
export * as interventions from "./timeline/interventions/index.ts";
