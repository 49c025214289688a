import { basename, resolve } from "node:path";
import { RunLocationError } from "../../recording/errors.ts";
import { openStudy, type Study } from "../../study/folder.ts";
import type { PlanTask } from "../../study/planning/plan.ts";
import { type PendingTasks, pendingTasks } from "../../study/work.ts";
import { callScheduler, queuedJobs } from "./calls.ts";
import { studyProgress } from "./progress.ts";
import {
  fruitlessRounds,
  isHopeless,
  isSubmitted,
  jobIds,
  type RoundRecord,
} from "./round-record.ts";
import { latestRound, nextRound, readRounds, roundFolder, withRounds } from "./rounds.ts";
import { attendRound, beginRound, type ClusterObserver, schedulers } from "./submission.ts";

/** State of a study on a cluster, and the next action. */
export type Continuation =
  /** Nothing is missing. */
  | { readonly kind: "complete"; readonly study: Study }
  /** Jobs are under way, the last of which will see to it. */
  | { readonly kind: "at work"; readonly round: RoundRecord }
  /** Missing runs have been submitted again. */
  | { readonly kind: "submitted"; readonly round: RoundRecord }
  /** Several rounds brought nothing, so that no other is begun. */
  | {
      readonly kind: "given up";
      readonly study: Study;
      readonly missing: readonly PlanTask[];
    };

/**
 * Continuation of a study on a cluster: what is missing after a round is submitted again,
 * until all is complete or nothing changes any more. Trusts the runs' own records alone, never what
 * a scheduler says of its jobs. Can be called any number of times, also at once.
 *
 * @param ended the round whose jobs have ended; by default the newest
 * @throws {RunLocationError} when the study was not submitted
 * @throws {SchedulerError} when the scheduler's programs are missing or refuse
 */
export async function continueStudy(
  directory: string,
  ended: number | undefined,
  observer: ClusterObserver,
): Promise<Continuation> {
  checkSubmitted(directory);
  return withRounds(directory, async () => {
    const latest = latestRound(directory, observer);
    if (!latest) throw new RunLocationError(lostRounds(directory));
    const study = openStudy(directory, latest.planNumber);
    const pending = pendingTasks(study);
    if (pending.runs.length === 0) return { kind: "complete", study };
    const hasSuccessor = ended !== undefined && latest.round > ended && isSubmitted(latest);
    if (hasSuccessor) return { kind: "at work", round: latest };
    const waiting = await attendRound(directory, latest, observer);
    if (waiting) return { kind: "at work", round: waiting };
    return nextAttempt(study, pending, latest, observer);
  });
}

/**
 * Ends all of a study's jobs, those first that would submit others. What they have done is kept.
 *
 * @returns the jobs that were ended
 * @throws {RunLocationError} when the study was not submitted
 */
export async function cancelStudy(
  directory: string,
  { onNote }: ClusterObserver,
): Promise<string[]> {
  checkSubmitted(directory);
  const ended = new Set<string>();
  // A job that was just about to submit others may have done so meanwhile.
  for (let before = -1; ended.size > before; ) {
    before = ended.size;
    for (const round of [...readRounds(directory).records].reverse()) {
      const scheduler = schedulers[round.scheduler];
      const context = { folder: directory, onNote };
      const queued = await queuedJobs(scheduler, jobIds(round).reverse(), context);
      for (const id of queued.filter((one) => !ended.has(one))) {
        await callScheduler(scheduler, scheduler.cancellation([id]), context);
        ended.add(id);
      }
    }
  }
  const { damage } = readRounds(directory);
  if (damage.length > 0) {
    throw new Error(
      `${damage.join("\n")}\nIts jobs are not known and may go on: end them by the scheduler's own command. ` +
        `Ended were ${ended.size === 0 ? "none" : [...ended].join(", ")}.`,
    );
  }
  return [...ended];
}

const lostRounds = (directory: string) =>
  `No record of the jobs of ${directory} is as it was written. Repeat the isocortex sweep command that submitted it.`;

function checkSubmitted(directory: string): void {
  const { records, damage } = readRounds(directory);
  if (records.length + damage.length > 0) return;
  throw new RunLocationError(
    `${directory} has not been submitted to a scheduler. Submit it by isocortex sweep FILE ` +
      "--executor slurm (or gridengine).",
  );
}

/** Submits what is missing, unless that has been in vain for too often. */
async function nextAttempt(
  study: Study,
  { baselines, runs }: PendingTasks,
  latest: RoundRecord,
  observer: ClusterObserver,
): Promise<Continuation> {
  const { directory, planNumber } = study;
  const fruitless = fruitlessRounds(latest, studyProgress(study));
  if (isHopeless(fruitless)) return { kind: "given up", study, missing: runs };
  const number = nextRound(directory);
  const indices = (tasks: readonly PlanTask[]) => tasks.map(({ index }) => index);
  const { program, options } = latest;
  const next = {
    name: basename(resolve(directory)),
    number,
    study: resolve(directory),
    planNumber,
    folder: resolve(roundFolder(directory, number)),
    rowGroups: [indices(baselines), indices(runs)],
    program,
    options,
  };
  const scheduler = schedulers[latest.scheduler];
  return { kind: "submitted", round: await beginRound(next, scheduler, fruitless, observer) };
}
