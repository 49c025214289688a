/**
 * isocortex: a spiking neocortical column that learns by STDP and keeps its balance by homeostatic
 * synaptic scaling (Rowan & Neymotin 2013). Everything here runs unchanged in Node.js and in
 * browsers; figures are in `isocortex/figures`, what needs files is in `isocortex/node`.
 */

// Analyses
export { populationRates } from "./analysis/population-rates.ts";
export { livingCellStatistics } from "./analysis/sample-statistics.ts";
export { sampledVariable } from "./analysis/sampled-variable.ts";
export { spikeRaster } from "./analysis/spike-raster.ts";
export type { Spikes } from "./analysis/spikes.ts";
// Engine
export type { CellState } from "./engine/cell-state.ts";
export { Engine, type EngineOptions, type SpikeSink } from "./engine/engine.ts";
export type { KernelName } from "./engine/kernel.ts";
// Experiments
export { type Preset, presets } from "./experiment/presets.ts";
export type { ProtocolEvent } from "./experiment/protocol.ts";
export {
  type RunEnvironment,
  type RunOptions,
  type RunOutcome,
  type RunReport,
  run,
} from "./experiment/run.ts";
export { type ProtocolSink, Simulation } from "./experiment/simulation.ts";
export {
  type ReferenceRun,
  type VerificationReport,
  verify,
} from "./experiment/verification.ts";
