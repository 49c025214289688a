/** Paths of a run's files inside its directory. */
export const runFiles = {
  manifest: "manifest.json",
  events: "events.bin",
  spikes: "spikes/spikes.bin",
  positions: "cells/positions.bin",
  samples: "cells/samples.bin",
  synapses: "weights/synapses.bin",
  gains: "weights/gains.bin",
} as const;

/** The folder of a run's checkpoints. */
export const checkpointFolder = "checkpoints";

/** The files that grow during a run. */
export const growingFiles = ["spikes", "samples", "gains", "events"] as const;

export type GrowingFile = (typeof growingFiles)[number];
