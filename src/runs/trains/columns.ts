/** Spikes as a file lists them: times in ms, and the cells that fired. */
export interface TrainColumns {
  readonly timesMs: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
  /** What messages call the k-th of them, such as "spikes.csv:17". */
  placeOf(k: number): string;
}
