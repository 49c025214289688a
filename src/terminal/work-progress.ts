import type { RunReport } from "../simulation/run-options.ts";
import { percentText } from "./progress-line.ts";
import { clockText, countText, shortNumber } from "./quantities.ts";

/** Number of tasks, and how long they are in all. */
export interface WorkSize {
  readonly tasks: number;
  readonly simulatedMs: number;
}

/** A task that a worker is at. */
interface ActiveTask {
  readonly label: string;
  readonly startMs: number;
  report: RunReport | undefined;
}

/** Follows many tasks at once, for a line or a table on a terminal. */
export class WorkProgress {
  readonly #size: WorkSize;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #active = new Map<string, ActiveTask>();
  #complete = 0;
  #failed = 0;
  #doneMs = 0;

  /** @param now time by a clock that nobody sets, ms */
  constructor(size: WorkSize, now: () => number = () => performance.now()) {
    this.#size = size;
    this.#now = now;
    this.#startedAt = now();
  }

  /** @param startMs simulated time from which the task is simulated on */
  begin(id: string, label: string, startMs: number): void {
    this.#active.set(id, { label, startMs, report: undefined });
  }

  report(id: string, report: RunReport): void {
    const task = this.#active.get(id);
    if (task) task.report = report;
  }

  /** @param lengthMs simulated time of the whole task */
  end(id: string, status: "complete" | "interrupted" | "failed" | "not begun", lengthMs: number) {
    this.#active.delete(id);
    if (status === "complete") this.#complete++;
    if (status === "failed" || status === "not begun") this.#failed++;
    if (status === "complete") this.#doneMs += lengthMs;
  }

  /** All tasks together, the most important part first. */
  get summary(): string[] {
    const { tasks, simulatedMs } = this.#size;
    const doneMs = this.#simulatedMs;
    const wallMs = this.#now() - this.#startedAt;
    const leftMs = doneMs > 0 ? (wallMs / doneMs) * (simulatedMs - doneMs) : Number.NaN;
    return [
      `${percentText(doneMs, simulatedMs)}  ${countText(this.#complete)} of ${countText(tasks)} done`,
      ...(this.#failed > 0 ? [`${countText(this.#failed)} failed`] : []),
      `${clockText(leftMs)} left`,
      `${clockText(wallMs)} so far`,
    ];
  }

  /** The tasks at work, a line of parts each. */
  get details(): string[][] {
    return [...this.#active.values()].map(({ label, report }) => {
      if (!report) return [`  –    ${label}`];
      const { simulatedMs, durationMs, speed, rateEHz, rateIHz } = report;
      return [
        `${percentText(simulatedMs, durationMs)}  ${label}`,
        `${shortNumber(speed)} × real time`,
        `E ${shortNumber(rateEHz)} Hz  I ${shortNumber(rateIHz)} Hz`,
      ];
    });
  }

  get #simulatedMs(): number {
    let activeMs = 0;
    for (const { startMs, report } of this.#active.values()) {
      if (report) activeMs += report.simulatedMs - startMs;
    }
    return this.#doneMs + activeMs;
  }
}
