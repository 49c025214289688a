import * as z from "zod";
import { sealedJson, unsealedOrOlder } from "../../encoding/sealed-json.ts";

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
  /** CRC-32 of the plan's tasks, by which the study is known; absent from version 0.2.0. */
  tasksCrc32: z.string().optional(),
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

/** A record as a round's folder keeps it. */
export const roundText = (record: RoundRecord): string => sealedJson(record);

/** Round that a text describes, or what is wrong with it; version 0.2.0 did not seal it. */
export function readRoundRecord(text: string): RoundRecord | string {
  const entries = unsealedOrOlder(text, olderEntries);
  if (!entries) return "its contents do not match their checksum";
  const { data, error } = recordSchema.safeParse(entries);
  return data ?? z.prettifyError(error!);
}

const olderEntries = Object.keys(recordSchema.omit({ tasksCrc32: true }).shape);

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
