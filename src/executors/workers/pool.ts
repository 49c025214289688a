import { availableBytes } from "../../host/available-memory.ts";
import { usableCores } from "../../host/usable-cores.ts";
import type { RunReport } from "../../simulation/run-options.ts";
import { WorkerProcess } from "./process.ts";
import type { WorkerMessage, WorkerResult, WorkerTask } from "./task.ts";

/** A run to be recorded by a process of its own, beside others. */
export interface PoolTask {
  /** Names it among the others. */
  readonly id: string;
  readonly work: WorkerTask;
  /** Memory that its process may need; see `runMemoryBytes`. */
  readonly memoryBytes: number;
  /** Tasks that must be complete before this one can begin, by their ids. */
  readonly after?: readonly string[];
}

/** Result of a task. */
export type TaskOutcome =
  | WorkerResult
  | { readonly status: "failed"; readonly reason: string }
  /** It was not its turn before all was stopped, or what it needs was not to be had. */
  | { readonly status: "not begun"; readonly reason: string };

export interface PoolOptions {
  /** Processes at work at once; by default one for each core. */
  readonly workers?: number | undefined;
  /** Memory that they may need together; by default most of what is free. One is always at work. */
  readonly memoryBytes?: number | undefined;
}

/** Observer of the tasks of a pool, which may stop them all. */
export interface PoolObserver {
  /** Stops all that are at work, each with a checkpoint; no other one begins. */
  readonly signal: AbortSignal;
  readonly onBegin?: (task: PoolTask) => void;
  readonly onReport?: (task: PoolTask, report: RunReport) => void;
  /** Progress of the past of a branch that is simulated again, ms. */
  readonly onReplay?: (task: PoolTask, simulatedMs: number, untilMs: number) => void;
  readonly onNote?: (task: PoolTask, text: string) => void;
  readonly onOutcome?: (task: PoolTask, outcome: TaskOutcome) => void;
}

/** Memory that is left to others, as a part of what is free. */
const LEFT_FREE = 0.15;

/** As many workers as there are cores for this process. */
export const defaultWorkers = usableCores;

/**
 * Records independent runs on all cores, each in a process of its own: one that crashes takes no
 * other along, and what it took of memory is free when it ends.
 *
 * Tasks begin in their order, as soon as a worker is free, the tasks that they need are complete,
 * and their memory fits. Resolves when all that could be done is done, or all are stopped.
 *
 * @returns the outcomes, in the order of the tasks
 * @throws {RangeError} when an id is given twice, or a task needs one that is not before it
 */
export async function runTasks(
  tasks: readonly PoolTask[],
  options: PoolOptions,
  observer: PoolObserver,
): Promise<TaskOutcome[]> {
  return new WorkerPool(tasks, options, observer).run();
}

class WorkerPool {
  readonly #tasks: readonly PoolTask[];
  readonly #observer: PoolObserver;
  readonly #workers: number;
  readonly #memoryBytes: number;
  readonly #outcomes = new Map<string, TaskOutcome>();
  readonly #working = new Map<PoolTask, WorkerProcess>();
  /** Tasks that nothing stands in the way of but workers and memory; begun up to `#next`. */
  readonly #ready: PoolTask[] = [];
  #next = 0;
  /** Number of tasks for which each task waits, and the tasks that wait for it. */
  readonly #missing = new Map<PoolTask, number>();
  readonly #waiting = new Map<string, PoolTask[]>();
  #takenBytes = 0;

  constructor(tasks: readonly PoolTask[], options: PoolOptions, observer: PoolObserver) {
    const { workers = defaultWorkers(), memoryBytes = (1 - LEFT_FREE) * availableBytes() } =
      options;
    this.#tasks = tasks;
    this.#observer = observer;
    this.#workers = workers;
    this.#memoryBytes = memoryBytes;
    checkTasks(tasks);
    for (const task of tasks) this.#enlist(task);
  }

  run(): Promise<TaskOutcome[]> {
    const { signal } = this.#observer;
    const stop = () => {
      for (const worker of this.#working.values()) worker.stop();
    };
    signal.addEventListener("abort", stop);
    return new Promise<TaskOutcome[]>((resolve, reject) => {
      const proceed = () => {
        while (!signal.aborted && this.#hasRoom) {
          this.#execute(this.#ready[this.#next++]!)
            .then(proceed)
            .catch(reject);
        }
        if (this.#working.size === 0) resolve(this.#finish());
      };
      proceed();
    }).finally(() => {
      signal.removeEventListener("abort", stop);
      stop();
    });
  }

  #enlist(task: PoolTask): void {
    const { after = [] } = task;
    this.#missing.set(task, after.length);
    for (const id of after) {
      const waiting = this.#waiting.get(id);
      if (waiting) waiting.push(task);
      else this.#waiting.set(id, [task]);
    }
    if (after.length === 0) this.#ready.push(task);
  }

  #finish(): TaskOutcome[] {
    for (const task of this.#tasks) {
      if (!this.#outcomes.has(task.id)) this.#settle(task, notBegun("It had not been started."));
    }
    return this.#tasks.map(({ id }) => this.#outcomes.get(id)!);
  }

  /** True if the next task can begin. Others do not overtake it: it would wait for ever. */
  get #hasRoom(): boolean {
    const next = this.#ready[this.#next];
    if (!next) return false;
    if (this.#working.size === 0) return true;
    const fits = this.#takenBytes + next.memoryBytes <= this.#memoryBytes;
    return this.#working.size < this.#workers && fits;
  }

  async #execute(task: PoolTask): Promise<void> {
    const worker = new WorkerProcess(task.work, (message) => this.#pass(task, message));
    this.#working.set(task, worker);
    this.#takenBytes += task.memoryBytes;
    this.#observer.onBegin?.(task);
    const final = await worker.ended;
    this.#working.delete(task);
    this.#takenBytes -= task.memoryBytes;
    this.#settle(task, outcomeOf(final));
  }

  #pass(task: PoolTask, message: WorkerMessage): void {
    const { onReport, onReplay, onNote } = this.#observer;
    if (message.kind === "report") onReport?.(task, message.report);
    else if (message.kind === "replay") onReplay?.(task, message.simulatedMs, message.untilMs);
    else if (message.kind === "note") onNote?.(task, message.text);
  }

  /** Notes how a task ended; those that wait for it come nearer, or have nothing to wait for. */
  #settle(task: PoolTask, outcome: TaskOutcome): void {
    this.#outcomes.set(task.id, outcome);
    this.#observer.onOutcome?.(task, outcome);
    for (const waiting of this.#waiting.get(task.id) ?? []) {
      if (this.#outcomes.has(waiting.id)) continue;
      if (outcome.status === "failed" || outcome.status === "not begun") {
        this.#settle(waiting, notBegun(`It needs ${task.id}: ${outcome.reason}`));
      } else if (outcome.status === "complete") {
        const missing = this.#missing.get(waiting)! - 1;
        this.#missing.set(waiting, missing);
        if (missing === 0) this.#ready.push(waiting);
      }
    }
  }
}

const notBegun = (reason: string): TaskOutcome => ({ status: "not begun", reason });

function outcomeOf(message: WorkerMessage): TaskOutcome {
  switch (message.kind) {
    case "result":
      return message.result;
    case "failure":
      return { status: "failed", reason: message.reason };
    default:
      return notBegun("It was stopped before it started.");
  }
}

/** @throws {RangeError} unless every task can have its turn */
function checkTasks(tasks: readonly PoolTask[]): void {
  const begun = new Set<string>();
  for (const { id, after = [] } of tasks) {
    if (begun.has(id)) throw new RangeError(`Two tasks have the id ${id}: expected unique ids.`);
    const missing = after.find((needed) => !begun.has(needed));
    if (missing !== undefined) {
      throw new RangeError(`Task ${id} needs ${missing}, which must come before it in the list.`);
    }
    begun.add(id);
  }
}
