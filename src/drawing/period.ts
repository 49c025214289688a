import type { Interval } from "../analysis/firing/interval.ts";

/** Period of an experiment with a name: baseline, learning, recall, scaling, or an intervention. */
export interface Period extends Interval {
  readonly label: string;
  /**
   * Parts of a period that is not continuous: intervals, and instants of length 0. It is drawn in a
   * row of its own.
   */
  readonly parts?: readonly Interval[];
}
