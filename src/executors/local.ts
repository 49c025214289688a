import type { RunPace } from "../runs/session.ts";
import type { RunReport } from "../simulation/run-options.ts";
import type { Executor, StudyWork, WorkOutcome } from "../study/executor.ts";
import { openStudy, type Study } from "../study/folder.ts";
import { type PoolOptions, type PoolTask, runTasks, type TaskOutcome } from "./workers/pool.ts";

/** A task of a study that a worker is at. */
export interface LocalTask {
  readonly study: Study;
  readonly index: number;
}

/** Observer of the work on this computer. */
export interface LocalObserver {
  readonly onBegin?: (task: LocalTask) => void;
  readonly onReport?: (task: LocalTask, report: RunReport) => void;
  readonly onNote?: (task: LocalTask, text: string) => void;
  readonly onOutcome?: (task: LocalTask, outcome: TaskOutcome) => void;
}

/**
 * Carries out tasks on this computer's cores, each by a process of its own. When stopped, all that
 * are at work keep what they have.
 */
export class LocalExecutor implements Executor {
  readonly name = "local";
  readonly #options: PoolOptions & RunPace;
  readonly #observer: LocalObserver;

  constructor(options: PoolOptions & RunPace, observer: LocalObserver) {
    this.#options = options;
    this.#observer = observer;
  }

  async execute(work: readonly StudyWork[], signal: AbortSignal): Promise<WorkOutcome> {
    const tasks = work.map((one) => this.#poolTasks(one));
    // All baselines first, so that no core waits for the last of them.
    const { onBegin, onReport, onNote, onOutcome } = this.#observer;
    const all = [
      ...tasks.flatMap(({ baselines }) => baselines),
      ...tasks.flatMap(({ runs }) => runs),
    ];
    const local = new Map(all.map(({ task, origin }) => [task.id, origin]));
    const outcomes = await runTasks(
      all.map(({ task }) => task),
      this.#options,
      {
        signal,
        onBegin: ({ id }) => onBegin?.(local.get(id)!),
        onReport: ({ id }, report) => onReport?.(local.get(id)!, report),
        onNote: ({ id }, text) => onNote?.(local.get(id)!, text),
        onOutcome: ({ id }, outcome) => onOutcome?.(local.get(id)!, outcome),
      },
    );
    const count = (status: TaskOutcome["status"]) =>
      outcomes.filter((outcome) => outcome.status === status).length;
    const complete = count("complete");
    const wasStopped = signal.aborted && complete < outcomes.length;
    const failed = wasStopped ? count("failed") : outcomes.length - complete;
    return { kind: wasStopped ? "interrupted" : "done", complete, failed };
  }

  #poolTasks({ directory, planNumber, baselines, runs, memoryBytes }: StudyWork) {
    const study = openStudy(directory, planNumber);
    const { header } = study.plan;
    const pending = new Set(baselines);
    const id = (index: number) => `${directory} ${index}`;
    const listed = (index: number) => {
      const own = study.task(index);
      const baseline = own.baseline === null ? [] : [study.task(own.baseline)];
      const task: PoolTask = {
        id: id(index),
        memoryBytes,
        after: baseline.filter((one) => pending.has(one.index)).map((one) => id(one.index)),
        work: {
          kind: "sweep",
          work: {
            directory,
            planNumber,
            header,
            index,
            tasks: [...baseline, own],
            checkpointIntervalMs: this.#options.checkpointIntervalMs,
          },
        },
      };
      return { task, origin: { study, index } };
    };
    return { baselines: baselines.map(listed), runs: runs.map(listed) };
  }
}
