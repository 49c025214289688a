import type { BlockKind } from "./block.ts";

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

/** What each binary file holds. */
export const fileKinds = {
  events: "event",
  spikes: "spikes",
  positions: "positions",
  samples: "sample",
  synapses: "synapses",
  gains: "gains",
} as const satisfies Readonly<Record<string, BlockKind>>;

export type BinaryFile = keyof typeof fileKinds;

export const binaryFiles = Object.keys(fileKinds) as BinaryFile[];

/** The folder of a run's checkpoints. */
export const checkpointFolder = "checkpoints";

/** The path of the checkpoint at a simulated time: seconds to the microsecond, of fixed width. */
export const checkpointPath = (timeMs: number): string =>
  `${checkpointFolder}/${(timeMs / 1000).toFixed(6).padStart(17, "0")}s.ckpt`;

/** The files that grow during a run. */
export const growingFiles = ["spikes", "samples", "gains", "events"] as const;

export type GrowingFile = (typeof growingFiles)[number];
