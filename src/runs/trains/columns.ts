/** Spikes as a file lists them: times in ms, and the cells that fired. */
export interface TrainColumns {
  readonly timesMs: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
  /** Name of the k-th of them in messages, such as "spikes.csv:17". */
  placeOf(k: number): string;
}
