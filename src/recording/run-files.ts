import type { BlockKind } from "../encoding/block.ts";

/** Paths of a run's files inside its directory. */
export const runFiles = {
  manifest: "manifest.json",
  events: "events.bin",
  spikes: "spikes/spikes.bin",
  positions: "cells/positions.bin",
  samples: "cells/samples.bin",
  potentials: "cells/potentials.bin",
  synapses: "weights/synapses.bin",
  gains: "weights/gains.bin",
  interColumn: "weights/inter-column.bin",
} as const;

/** Content of each binary file. */
export const fileKinds = {
  events: "event",
  spikes: "spikes",
  positions: "positions",
  samples: "sample",
  potentials: "potentials",
  synapses: "synapses",
  gains: "gains",
  interColumn: "inter-column",
} as const satisfies Readonly<Record<string, BlockKind>>;

export type BinaryFile = keyof typeof fileKinds;

export const binaryFiles = Object.keys(fileKinds) as BinaryFile[];

/** True if a file's blocks hold several entries each, as many as they count. */
export const holdsSeveral = (file: BinaryFile): boolean =>
  file === "spikes" || file === "potentials";

/** The folder of copies of the spike trains that files gave a run. */
export const stimulusFolder = "stimuli";

/** The path of the copy of trains with a checksum. */
export const trainsPath = (checksum: string): string => `${stimulusFolder}/${checksum}.bin`;

/** The folder of a run's checkpoints. */
export const checkpointFolder = "checkpoints";

/** The path of the checkpoint at a simulated time: seconds to the microsecond, of fixed width. */
export const checkpointPath = (timeMs: number): string =>
  `${checkpointFolder}/${(timeMs / 1000).toFixed(6).padStart(17, "0")}s.ckpt`;

/** The files that grow during a run. */
export const growingFiles = ["spikes", "samples", "gains", "events", "potentials"] as const;

/** The files that say how the network is built, one block each. */
const networkFiles = ["positions", "synapses", "interColumn"] as const;

export type NetworkFile = (typeof networkFiles)[number];

/** True if a file says how the network is built. */
export const isOfNetwork = (file: BinaryFile): file is NetworkFile =>
  networkFiles.some((one) => one === file);

export type GrowingFile = (typeof growingFiles)[number];

/** A run of which it is known whether potentials are recorded. */
export interface RecordedPotentials {
  readonly potentials?: object | undefined;
}

/** A run of which it is also known whether it has several columns. */
export interface RecordedParts extends RecordedPotentials {
  readonly network?: { readonly interColumnSynapses?: number | undefined } | undefined;
}

/** The binary files of a run: potentials and synapses between columns have one where there are any. */
export const binaryFilesOf = ({ potentials, network }: RecordedParts): BinaryFile[] =>
  binaryFiles.filter((file) => {
    if (file === "potentials") return potentials;
    return file !== "interColumn" || network?.interColumnSynapses !== undefined;
  });

/** Something of each growing file of a run. */
export type OfGrowingFiles<T> = Readonly<Record<Exclude<GrowingFile, "potentials">, T>> &
  Readonly<Partial<Record<"potentials", T>>>;

export function ofGrowingFiles<T>(
  { potentials }: RecordedPotentials,
  of: (file: GrowingFile) => T,
): OfGrowingFiles<T> {
  const own = growingFiles.filter((file) => file !== "potentials" || potentials);
  return Object.fromEntries(own.map((file) => [file, of(file)])) as unknown as OfGrowingFiles<T>;
}
