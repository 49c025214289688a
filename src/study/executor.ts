import type { ExecutorName } from "./planning/schema.ts";

/** Pending work of a study: tasks of its plan by index, without completed ones. */
export interface StudyWork {
  /** The study's directory, in which the plan is. */
  readonly directory: string;
  readonly planNumber: number;
  /** To be done first. A run whose baseline is missing makes it itself. */
  readonly baselines: readonly number[];
  readonly runs: readonly number[];
  /** Memory that one task may need; memory always, time where it is known. */
  readonly memoryBytes: number;
  readonly timeMs?: number | undefined;
}

/** Result of the work: done as far as possible here, or left to a scheduler. */
export type WorkOutcome =
  | {
      readonly kind: "done" | "interrupted";
      readonly complete: number;
      readonly failed: number;
    }
  | { readonly kind: "submitted"; readonly jobs: readonly string[] };

/**
 * Executor of the tasks of studies. A task is `isocortex sweep task DIR INDEX --plan N`, which may
 * be called any number of times, also at once, and ends with 0 only when the task is complete.
 */
export interface Executor {
  readonly name: ExecutorName;
  execute(work: readonly StudyWork[], signal: AbortSignal): Promise<WorkOutcome>;
}
