import { timestamp } from "../../host/system-clock.ts";
import { openStudy, tasksChecksum } from "../../study/folder.ts";
import { callScheduler, queuedJobs, siteLimits } from "./calls.ts";
import { gridengine } from "./gridengine.ts";
import { type Round, studyScripts } from "./jobs.ts";
import { studyProgress } from "./progress.ts";
import { isSubmitted, jobIds, type RoundRecord } from "./round-record.ts";
import { roundFolder, writeRound, writeScripts } from "./rounds.ts";
import type { Scheduler } from "./scheduler.ts";
import { slurm } from "./slurm.ts";

/** All schedulers by their names. */
export const schedulers = { slurm, gridengine } as const;

/** Observer of a submission. */
export interface ClusterObserver {
  readonly onNote: (text: string) => void;
  /** Listener to rounds that have been submitted, or are still at work. */
  readonly onRound?: (
    directory: string,
    round: RoundRecord,
    state: "submitted" | "at work",
  ) => void;
}

/**
 * Writes a round's scripts, submits them, and keeps which jobs they became.
 *
 * @param fruitlessRounds how many rounds just before brought nothing
 */
export async function beginRound(
  round: Round,
  scheduler: Scheduler,
  fruitlessRounds: number,
  { onNote, onRound }: ClusterObserver,
): Promise<RoundRecord> {
  const { folder, study, number, planNumber, program, options, rowGroups } = round;
  const limits = await siteLimits(scheduler, { folder: study, onNote });
  const scripts = studyScripts(round, scheduler, limits);
  writeScripts(folder, scripts);
  let record: RoundRecord = {
    format: "isocortex jobs",
    formatVersion: 1,
    scheduler: scheduler.name,
    round: number,
    planNumber,
    tasksCrc32: tasksChecksum(study, planNumber),
    createdAt: timestamp(),
    rows: rowGroups.flat().length,
    program: [...program],
    options: { ...options, lines: [...options.lines], prelude: [...options.prelude] },
    before: studyProgress(openStudy(study, planNumber)),
    fruitlessRounds,
    jobs: scripts.map(({ file, after }) => ({ script: file, after: [...after], id: null })),
  };
  writeRound(folder, record);
  for (const { script, after } of record.jobs) {
    const ids = record.jobs.flatMap((job) => (after.includes(job.script) ? [job.id!] : []));
    record = await submitJob(folder, record, script, ids, { scheduler, onNote });
  }
  onRound?.(study, record, "submitted");
  return record;
}

/** Submits one script of a round, to begin after other jobs; the record with its job. */
async function submitJob(
  folder: string,
  record: RoundRecord,
  script: string,
  after: readonly string[],
  {
    scheduler,
    onNote,
  }: { readonly scheduler: Scheduler; readonly onNote: ClusterObserver["onNote"] },
): Promise<RoundRecord> {
  const command = scheduler.submission(script, after);
  const id = scheduler.submittedId(await callScheduler(scheduler, command, { folder, onNote }));
  const jobs = record.jobs.map((job) => (job.script === script ? { ...job, id } : job));
  const submitted = { ...record, jobs };
  writeRound(folder, submitted);
  return submitted;
}

/**
 * Ensures that what is under way of a round is followed by the job that is to follow.
 *
 * A controller that was restarted may have lost some of the jobs, or begin the one that follows too
 * early. Jobs whose submission was cut off are ended.
 *
 * @returns the round with the jobs that are under way; undefined when there are none
 */
export async function attendRound(
  directory: string,
  round: RoundRecord,
  { onNote }: ClusterObserver,
): Promise<RoundRecord | undefined> {
  const scheduler = schedulers[round.scheduler];
  const context = { folder: directory, onNote };
  const queued = await queuedJobs(scheduler, jobIds(round), context);
  if (!isSubmitted(round)) {
    if (queued.length > 0) {
      onNote(`The submission of round ${round.round} was interrupted; its jobs are cancelled.`);
      await callScheduler(scheduler, scheduler.cancellation(queued), context);
    }
    return undefined;
  }
  const following = round.jobs.at(-1)!;
  const self = process.env[scheduler.ownJobVariable];
  if (queued.includes(following.id!) && following.id !== self) return round;
  const arrays = queued.filter((id) => id !== following.id);
  if (arrays.length === 0) return undefined;
  onNote(
    `Jobs of round ${round.round} are in the queue without a final job, which is submitted again.`,
  );
  const folder = roundFolder(directory, round.round);
  return submitJob(folder, round, following.script, arrays, { scheduler, onNote });
}
