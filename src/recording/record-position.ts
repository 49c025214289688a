import type { BlockFilePosition } from "./block-file.ts";
import type { PotentialReadings } from "./potentials.ts";
import type { OfGrowingFiles } from "./run-files.ts";
import type { Spikes } from "./spike-codec.ts";

/** Where a record stands: with its manifest, all that is needed to continue it from there. */
export interface RecordPosition {
  readonly files: OfGrowingFiles<BlockFilePosition>;
  /** Spikes in the file. */
  readonly spikes: number;
  /** Spikes that follow those, too few yet for a block. */
  readonly pending: Spikes;
  /** Where potentials are recorded: readings of single cells in their file, and those that follow. */
  readonly readings?: number | undefined;
  readonly pendingReadings?: PotentialReadings | undefined;
}
