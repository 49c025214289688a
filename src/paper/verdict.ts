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
  /** The sentence of the paper's abstract that it is a test of. */
  readonly abstract?: string;
  readonly criterion: string;
  /** Null where it could not be tested: something that it is about was not recorded. */
  readonly holds: boolean | null;
  readonly measured: readonly Measured[];
}
