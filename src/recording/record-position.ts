import type { Spikes } from "../encoding/spike-codec.ts";
import type { BlockFilePosition } from "./block-file.ts";
import type { PotentialReadings } from "./potentials.ts";
import type { OfGrowingFiles } from "./run-files.ts";

/** Position in a record: together with its manifest sufficient to continue it from there. */
export interface RecordPosition {
  readonly files: OfGrowingFiles<BlockFilePosition>;
  /** Spikes in the file. */
  readonly spikes: number;
  /** Spikes that follow those, too few yet for a block. */
  readonly pending: Spikes;
  /**
   * Number of readings of single cells in the file of potentials, if there are any, and those that
   * follow.
   */
  readonly readings?: number | undefined;
  readonly pendingReadings?: PotentialReadings | undefined;
}
