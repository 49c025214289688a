import * as z from "zod";

const count = z.int().nonnegative();

const optionsSchema = z.object({
  queue: z.string().optional(),
  account: z.string().optional(),
  timeMs: z.number().positive().optional(),
  memoryBytes: z.number().positive().optional(),
  warningMs: z.number().nonnegative(),
  tasksAtOnce: z.int().positive().optional(),
  runsPerTask: z.int().positive(),
  checkpointIntervalMs: z.number().positive().optional(),
  lines: z.array(z.string()),
  prelude: z.array(z.string()),
  command: z.string().optional(),
});

const jobSchema = z.object({
  /** Its file in the round's folder. */
  script: z.string(),
  /** Scripts whose jobs must have ended before. */
  after: z.array(z.string()),
  /** Id from the scheduler; null until it is submitted. */
  id: z.string().nullable(),
});

/** Progress of a study. */
const progressSchema = z.object({
  complete: count,
  /** Of all that is not complete. */
  simulatedMs: z.number().nonnegative(),
});

const recordSchema = z.object({
  format: z.literal("isocortex jobs"),
  formatVersion: z.literal(1),
  scheduler: z.enum(["slurm", "gridengine"]),
  round: z.int().positive(),
  planNumber: z.int().positive(),
  createdAt: z.iso.datetime(),
  /** Number of rows of the plan to run. */
  rows: count,
  /** Command that calls isocortex on a node. */
  program: z.array(z.string()),
  options: optionsSchema,
  /** Time at which the round began, and in how many rounds before it that had not changed. */
  before: progressSchema,
  fruitlessRounds: count,
  jobs: z.array(jobSchema),
});

export type StudyProgress = z.infer<typeof progressSchema>;

/** One attempt to finish a study on a cluster: what was asked for, and the jobs that it became. */
export type RoundRecord = z.infer<typeof recordSchema>;

/** A round's record is not what was written. */
export class RoundRecordError extends Error {
  override readonly name = "RoundRecordError";
}

/** @throws {RoundRecordError} when the text is no record of a round */
export function readRoundRecord(text: string, file: string): RoundRecord {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new RoundRecordError(
      `${file} is not a record of jobs that this program can read:\n${reason}`,
    );
  }
}

/** True if all jobs of a round were submitted. */
export const isSubmitted = ({ jobs }: RoundRecord): boolean => jobs.every(({ id }) => id !== null);

/** The ids of the jobs that were submitted. */
export const jobIds = ({ jobs }: RoundRecord): string[] =>
  jobs.flatMap(({ id }) => (id === null ? [] : [id]));

/** Rounds in a row that brought nothing, after which a study is given up. */
const MOST_FRUITLESS_ROUNDS = 3;

/** Number of consecutive rounds without progress, including the last one. */
export function fruitlessRounds(
  { before, fruitlessRounds: earlier }: RoundRecord,
  now: StudyProgress,
) {
  const hasAdvanced = now.complete > before.complete || now.simulatedMs > before.simulatedMs;
  return hasAdvanced ? 0 : earlier + 1;
}

/** True if so many rounds without progress are enough. */
export const isHopeless = (fruitless: number): boolean => fruitless >= MOST_FRUITLESS_ROUNDS;
