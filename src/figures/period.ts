import type { Interval } from "../analysis/interval.ts";

/** A named stretch of the protocol: baseline, learning, recall, scaling on. */
export interface Period extends Interval {
  readonly label: string;
}
