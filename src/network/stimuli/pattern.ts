import type { StimulusInput } from "./stimulus.ts";

/** A key that a pattern has besides those of all: a time in ms, a seed, a whole number or a switch. */
export interface PatternKey {
  readonly kind: "time" | "seed" | "count" | "switch";
  readonly description: string;
  /** Undefined where the pattern itself decides if it is not given. */
  readonly default?: number | boolean;
}

type PatternKeys = Readonly<Record<string, PatternKey>>;

type ValueOf<K extends PatternKey["kind"]> = K extends "switch" ? boolean : number;

/** Values of a pattern's keys. */
type PatternValues<K extends PatternKeys> = {
  readonly [N in keyof K]:
    | ValueOf<K[N]["kind"]>
    | (K[N] extends { readonly default: number | boolean } ? never : undefined);
};

/** Data from which the inputs of a pattern are generated. */
export interface PatternPlan<K extends PatternKeys = PatternKeys> {
  /** Ascending. */
  readonly cells: readonly number[];
  /** Cells of each column, where there are several. */
  readonly cellsPerColumn?: number;
  readonly rateHz: number;
  readonly seed: number;
  /** True if all cells get the same inputs. */
  readonly together: boolean;
  /** Time at which the stimulus begins and ends, ms; no input comes outside of this. */
  readonly startMs: number;
  readonly endMs: number;
  readonly values: PatternValues<K>;
}

/** A way to generate the inputs of a stimulus. */
export interface Pattern<K extends PatternKeys = PatternKeys> {
  readonly description: string;
  readonly keys: K;
  /** Problem of a plan, by the key concerned. */
  problem?(plan: PatternPlan<K>): { readonly key: string; readonly message: string } | undefined;
  /** The inputs at `fromMs` and later, in order of time; see `Stimulus.inputs`. */
  inputs(plan: PatternPlan<K>, fromMs: number): Iterator<StimulusInput, void>;
}

/** A pattern as its file defines it, with the types of its keys. */
export const pattern = <const K extends PatternKeys>(definition: Pattern<K>): Pattern<K> =>
  definition;
