import { basename, join, resolve } from "node:path";
import { packageRoot } from "../../host/package.ts";
import type { Executor, StudyWork, WorkOutcome } from "../../study/executor.ts";
import { SchedulerError, siteLimits } from "./calls.ts";
import { defaultJobOptions, type JobOptions } from "./job-options.ts";
import { type Round, type StudyScript, studyScripts } from "./jobs.ts";
import { jobIds, type RoundRecord } from "./round-record.ts";
import { latestRound, nextRound, roundFolder, withRounds } from "./rounds.ts";
import type { CommandLine, Scheduler } from "./scheduler.ts";
import { mergeOptions } from "./site-file.ts";
import { attendRound, beginRound, type ClusterObserver, schedulers } from "./submission.ts";

/** Jobs to be submitted: scripts, and the command lines that submit them. */
export interface SubmissionPreview {
  readonly folder: string;
  readonly scripts: readonly { readonly script: StudyScript; readonly command: CommandLine }[];
}

/**
 * Hands studies to a scheduler: arrays whose tasks carry out the runs, and a job that follows them
 * and sees to what is missing. Returns as soon as they are submitted.
 */
export class ClusterExecutor implements Executor {
  readonly name: Scheduler["name"];
  readonly #scheduler: Scheduler;
  readonly #options: readonly Partial<JobOptions>[];
  readonly #observer: ClusterObserver;

  /** @param options of the site and of this submission, the latter last */
  constructor(
    name: Scheduler["name"],
    options: readonly Partial<JobOptions>[],
    observer: ClusterObserver,
  ) {
    this.name = name;
    this.#scheduler = schedulers[name];
    this.#options = options;
    this.#observer = observer;
  }

  async execute(work: readonly StudyWork[]): Promise<WorkOutcome> {
    const jobs: string[] = [];
    for (const one of work) {
      if (one.baselines.length + one.runs.length === 0) continue;
      jobs.push(...jobIds(await this.#submit(one)));
    }
    return { kind: "submitted", jobs };
  }

  /**
   * Checks that all that `execute` needs is at hand, before anything is written.
   *
   * @throws {SchedulerError} when the scheduler's programs are missing or refuse
   * @throws {StudySizeError} when a study is too large for the site
   * @throws {JobOptionsError} when options do not go together
   */
  async check(work: readonly StudyWork[]): Promise<void> {
    const rounds = work.map((one) => this.#round(one, nextRound(one.directory)));
    const { onNote } = this.#observer;
    const limits = await siteLimits(this.#scheduler, { folder: ".", onNote });
    for (const round of rounds) studyScripts(round, this.#scheduler, limits);
  }

  /** Jobs that `execute` would submit. Without the scheduler at hand, as if it had no limits. */
  async preview(work: StudyWork): Promise<SubmissionPreview> {
    const round = this.#round(work, nextRound(work.directory));
    const context = { folder: ".", onNote: this.#observer.onNote, pausesMs: [] };
    const limits = await siteLimits(this.#scheduler, context).catch((error: unknown) => {
      if (!(error instanceof SchedulerError)) throw error;
      this.#observer.onNote(
        `The limits of ${this.#scheduler.title} cannot be queried here; these jobs assume none.`,
      );
      return { arrayTasks: Infinity, queuedTasks: Infinity };
    });
    const scripts = studyScripts(round, this.#scheduler, limits).map((script) => ({
      script,
      command: this.#scheduler.submission(script.file, script.after.map(placeholder)),
    }));
    return { folder: round.folder, scripts };
  }

  #submit(work: StudyWork): Promise<RoundRecord> {
    const { directory } = work;
    return withRounds(directory, async () => {
      const latest = latestRound(directory, this.#observer);
      const attended = latest && (await attendRound(directory, latest, this.#observer));
      if (attended) {
        this.#observer.onRound?.(directory, attended, "at work");
        return attended;
      }
      const round = this.#round(work, nextRound(directory));
      return beginRound(round, this.#scheduler, 0, this.#observer);
    });
  }

  #round(work: StudyWork, number: number): Round {
    const { directory, planNumber, baselines, runs, memoryBytes, timeMs } = work;
    const options = mergeOptions(defaultJobOptions, { memoryBytes }, ...this.#options);
    const taskTimeMs = options.timeMs ?? (timeMs && timeMs * options.runsPerTask);
    return {
      name: basename(resolve(directory)),
      number,
      study: resolve(directory),
      planNumber,
      folder: resolve(roundFolder(directory, number)),
      rowGroups: [baselines, runs],
      program: [process.execPath, join(packageRoot, "dist/cli/main.js")],
      options: mergeOptions({ ...options, timeMs: taskTimeMs }),
    };
  }
}

/** Stands for the number that a job will have. */
const placeholder = (script: string): string => `<${script}>`;
