import type { RunReport } from "../experiment/run.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import type { PoolTask } from "../node/worker-pool.ts";
import { percentText } from "./progress-line.ts";
import { clockText, shortNumber } from "./quantities.ts";

/** How far one of the runs of a figure is. */
interface TaskProgress {
  readonly label: string;
  /** Simulated time at which its record begins and ends. */
  readonly startMs: number;
  readonly endMs: number;
  reachedMs: number;
  status: "waiting" | "at work" | "ended";
  /** Where it was when its work began, and when that was. */
  begun: { readonly reachedMs: number; readonly at: number } | undefined;
  rates: Pick<RunReport, "rateEHz" | "rateIHz"> | undefined;
}

/** Follows the runs of a figure, as parts for a line: all together first, then each at work. */
export class FigureProgress {
  readonly #tasks: ReadonlyMap<string, TaskProgress>;
  readonly #workers: number;
  readonly #now: () => number;

  /** @param now the time, ms */
  constructor(tasks: readonly PoolTask[], workers: number, now: () => number = Date.now) {
    this.#tasks = new Map(tasks.map((task) => [task.id, waiting(task)]));
    this.#workers = workers;
    this.#now = now;
  }

  begin(id: string): void {
    const task = this.#tasks.get(id)!;
    task.status = "at work";
  }

  report(id: string, { simulatedMs, rateEHz, rateIHz }: RunReport): void {
    const task = this.#tasks.get(id)!;
    task.begun ??= { reachedMs: simulatedMs, at: this.#now() };
    task.reachedMs = simulatedMs;
    task.rates = { rateEHz, rateIHz };
  }

  end(id: string, isComplete: boolean): void {
    const task = this.#tasks.get(id)!;
    task.status = "ended";
    if (isComplete) task.reachedMs = task.endMs;
  }

  get parts(): string[] {
    const tasks = [...this.#tasks.values()];
    const lengthMs = tasks.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const doneMs = tasks.reduce((sum, { startMs, reachedMs }) => sum + reachedMs - startMs, 0);
    const ended = tasks.filter(({ status }) => status === "ended").length;
    return [
      `${percentText(doneMs, lengthMs)}  ${ended} of ${tasks.length} runs done`,
      `${clockText(this.#remainingMs(tasks))} left`,
      ...tasks.filter(({ status }) => status === "at work").map(taskText),
    ];
  }

  /** Wall time that is left: what the longest run needs, or all of them on the workers. */
  #remainingMs(tasks: readonly TaskProgress[]): number {
    const active = tasks.filter(({ status, begun }) => status === "at work" && begun);
    const speeds = active.map((task) => this.#speed(task));
    const usual = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    const open = tasks.filter(({ status }) => status !== "ended");
    const needed = open.map((task) => {
      const speed = active.includes(task) ? this.#speed(task) : usual;
      return (task.endMs - task.reachedMs) / speed;
    });
    const together = needed.reduce((sum, each) => sum + each, 0) / this.#workers;
    return Math.max(together, ...needed);
  }

  /** Simulated per wall time since its work began. */
  #speed({ begun, reachedMs }: TaskProgress): number {
    return (reachedMs - begun!.reachedMs) / (this.#now() - begun!.at);
  }
}

function waiting({ id, work }: PoolTask): TaskProgress {
  const startMs = work.kind === "branch" ? work.request.timeMs : 0;
  // A branch of a figure is asked for with all of its parameters.
  const parameters =
    work.kind === "branch" ? (work.request.changes as Parameters) : work.request.parameters;
  return {
    label: id.split(/[\\/]/).at(-1)!,
    startMs,
    endMs: durationMs(parameters),
    reachedMs: startMs,
    status: "waiting",
    begun: undefined,
    rates: undefined,
  };
}

function taskText({ label, startMs, endMs, reachedMs, rates }: TaskProgress): string {
  const part = percentText(reachedMs - startMs, endMs - startMs).trim();
  return rates === undefined
    ? `${label} –`
    : `${label} ${part} E ${shortNumber(rates.rateEHz)} I ${shortNumber(rates.rateIHz)} Hz`;
}
