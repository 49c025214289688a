import type { EngineName } from "./planning/schema.ts";

/** What of a study is to be done: tasks of its plan by index, those that are complete left out. */
export interface StudyWork {
  /** The study's directory, in which the plan is. */
  readonly directory: string;
  readonly planNumber: number;
  /** To be done first. A run whose baseline is missing makes it itself. */
  readonly baselines: readonly number[];
  readonly runs: readonly number[];
  /** What one task may need; memory always, time where it is known. */
  readonly memoryBytes: number;
  readonly timeMs?: number | undefined;
}

/** What came of the work: done as far as possible here and now, or left to a scheduler. */
export type WorkOutcome =
  | {
      readonly kind: "done" | "interrupted";
      readonly complete: number;
      readonly failed: number;
    }
  | { readonly kind: "submitted"; readonly jobs: readonly string[] };

/**
 * Where the tasks of studies are carried out. A task is `isocortex sweep task DIR INDEX --plan N`,
 * which may be called any number of times, also at once, and ends with 0 only when the task is
 * complete.
 */
export interface SweepEngine {
  readonly name: EngineName;
  carryOut(work: readonly StudyWork[], signal: AbortSignal): Promise<WorkOutcome>;
}
