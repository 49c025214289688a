import type { Interval } from "../analysis/interval.ts";

/** A named stretch of an experiment: baseline, learning, recall, scaling, an intervention. */
export interface Period extends Interval {
  readonly label: string;
  /**
   * Parts of a period that is not continuous: intervals and, of no length, instants; it has a row
   * for itself.
   */
  readonly parts?: readonly Interval[];
}
