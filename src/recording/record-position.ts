import type { BlockFilePosition } from "./block-file.ts";
import type { GrowingFile } from "./run-files.ts";
import type { Spikes } from "./spike-codec.ts";

/** Where a record stands: with its manifest, all that is needed to continue it from there. */
export interface RecordPosition {
  readonly files: Readonly<Record<GrowingFile, BlockFilePosition>>;
  /** Spikes in the file. */
  readonly spikes: number;
  /** Spikes that follow those, too few yet for a block. */
  readonly pending: Spikes;
}
