import type { MessagePort } from "node:worker_threads";
import type { Interval } from "../../analysis/firing/interval.ts";
import type { TimeRange } from "../../recording/time-range.ts";
import type { MeanDensity } from "../../spectra/segmented-spectrum.ts";

/** Task of the thread that computes spectra of a recorded run. */
export interface SpectraTask {
  readonly directory: string;
  readonly members: readonly Uint32Array[];
  readonly interval: Interval;
  readonly read: TimeRange;
  /** Two integers of 32 bits: 1 once all is done or has failed, and how far it is. */
  readonly progress: SharedArrayBuffer;
  /** Takes the spectra, or nothing where that failed. */
  readonly port: MessagePort;
}

/** Spectra of groups of cells. */
export type Spectra = readonly MeanDensity[];

export const [DONE, AT] = [0, 1];
