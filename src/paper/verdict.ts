/** A number that speaks for or against a claim. */
export interface Measured {
  readonly name: string;
  /** Null where it does not exist. */
  readonly value: number | null;
  readonly unit: string;
}

/** A claim that was put to the test. */
export interface Verdict {
  /** Name of the claim. */
  readonly id: string;
  readonly statement: string;
  readonly criterion: string;
  readonly holds: boolean;
  readonly measured: readonly Measured[];
}
