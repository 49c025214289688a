import * as z from "zod";
import { RecoveryError } from "./errors.ts";
import { excursionsSchema, noExcursions } from "./excursions.ts";
import { pastSchema } from "./past.ts";
import { potentialScheduleSchema } from "./potentials.ts";

const count = z.int().nonnegative();
const nonnegative = z.number().nonnegative();

/** A name that is printed, without what would steer a terminal. */
const name = z.string().transform((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd"));

export const identitySchema = z.string().regex(/^[0-9a-f]{16}$/);

const populationSchema = z.object({
  name: z.string(),
  cellClass: z.enum(["E", "LTS", "FS"]),
  layer: count,
  originalType: count,
  firstCell: count,
  cellCount: count,
  column: count.optional(),
});

const valueSchema = z.union([z.number(), z.boolean(), z.string()]);

const parameterSchema = z.object({
  value: valueSchema,
  /** "1" for plain numbers, empty for switches and choices. */
  unit: z.string(),
  /** The original's names. */
  original: z.array(z.string()),
});

/** Origin of a branch, and its changes. */
const ancestrySchema = z.object({
  /** The parent's directory, from the branch's own. */
  directory: z.string(),
  label: name,
  /** Time at which the parent's run was begun. */
  createdAt: z.iso.datetime(),
  /** The parent's, as far as it has one. */
  identity: identitySchema.optional(),
  networkHash: z.string(),
  /** Simulated time of the branch: its record begins here, ms. */
  timeMs: nonnegative,
  /** Parameters that differ from the parent's. */
  changes: z.record(z.string(), z.object({ from: valueSchema, to: valueSchema })),
  /** True if scaling is on where the record begins, and which cells are dead. */
  scalingOn: z.boolean(),
  deletedCells: z.array(count),
});

export type Ancestry = z.infer<typeof ancestrySchema>;

const plainSchema = z.record(z.string(), z.json());

/** An entry of the timeline, as it was carried out. */
const timelineEntrySchema = z.object({
  id: z.string(),
  /** True if the parameters alone ask for it, or an entry of the experiment's own. */
  origin: z.enum(["parameters", "experiment"]),
  /** Its kind of intervention, and how figures call it. */
  what: z.string(),
  label: z.string(),
  /** As a file would have it. */
  entry: plainSchema,
  /** Its times in ms, and what is done with which values; null for an endless time. */
  when: plainSchema,
  action: z.json(),
  /** The cells of each selection, by the key that names them, as "0-9, 40". */
  cells: z.record(z.string(), z.string()),
});

/** The contents of manifest.json: everything about a run that is not in its binary files. */
export const manifestSchema = z.object({
  format: z.literal("isocortex run"),
  formatVersion: z.int().positive(),
  /** See `runIdentity`; runs of format version 1 have none. */
  identity: identitySchema.optional(),
  program: z.object({ name: z.string(), version: z.string() }),
  preset: name.nullable(),
  label: name,
  /** A run at work or cut off, stopped on request, finished, or ended by an error. */
  status: z.enum(["running", "interrupted", "complete", "failed"]),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  durationMs: nonnegative,
  simulatedMs: nonnegative,
  /** Version 0.2.0 recorded a negative time where the clock was set back during the run. */
  wallSeconds: z.number().transform((seconds) => Math.max(0, seconds)),
  /** Counts in the files: exact if the run is complete or interrupted, else lower limits. */
  counts: z.object({
    spikes: count,
    samples: count,
    gains: count,
    events: count,
    /** Readings of single cells, where potentials are recorded. */
    potentials: count.optional(),
    cellEvents: count,
    depolarizationBlocks: count,
  }),
  /** Values outside their range, as far as recorded; absent from 0.2.0. */
  excursions: excursionsSchema.optional(),
  /** Time at which plastic gains are recorded and checkpoints kept, as asked for, ms. */
  gainTimesMs: z.array(nonnegative).optional(),
  checkpointTimesMs: z.array(nonnegative).optional(),
  /** Schedule of recorded potentials, if any. */
  potentials: potentialScheduleSchema.optional(),
  /** Interventions with their times; absent from 0.2.0, whose parameters say all of it. */
  timeline: z.array(timelineEntrySchema).optional(),
  /** Entries that the experiment has of its own, as files have them, removals included. */
  entries: z.array(plainSchema).optional(),
  /** Only in runs of the reference engine. */
  engine: z.literal("reference").optional(),
  /** Only in branches. */
  ancestry: ancestrySchema.optional(),
  past: pastSchema.optional(),
  phases: z.array(z.object({ name: z.string(), startMs: nonnegative, endMs: nonnegative })),
  network: z.object({
    hash: z.string(),
    cellCount: count,
    synapseCount: count,
    /** Only of several columns. */
    interColumnSynapses: count.optional(),
  }),
  populations: z.array(populationSchema),
  seeds: z.record(z.string(), count),
  parameters: z.record(z.string(), parameterSchema),
});

/** Manifest of a run: its definition and how far it is recorded; docs/run-format.md describes each field. */
export interface Manifest extends z.infer<typeof manifestSchema> {}

/** The entries of a run that is about to begin. */
export const nothingDone = {
  status: "running",
  simulatedMs: 0,
  wallSeconds: 0,
  counts: { spikes: 0, samples: 0, gains: 0, events: 0, cellEvents: 0, depolarizationBlocks: 0 },
  excursions: noExcursions,
} as const satisfies Partial<Manifest>;

/**
 * The identity of a run that is being recorded.
 *
 * @throws {RecoveryError} when it was begun in format version 1
 */
export function identityOf({ identity, formatVersion }: Manifest): string {
  if (identity !== undefined) return identity;
  throw new RecoveryError(
    `This run is in format version ${formatVersion}, which this program reads but does not write. ` +
      "Record it again, or use the version of the program that manifest.json names.",
  );
}

/** Start of a run's record, ms: 0, or the start of the branch. */
export const recordStartMs = ({ ancestry }: Manifest): number => ancestry?.timeMs ?? 0;

/** End of a run, ms: where an intervention has ended it, or as planned. */
export const runEndMs = ({ status, simulatedMs, durationMs }: Manifest): number =>
  status === "complete" ? simulatedMs : durationMs;

/** True if an intervention has ended a run before its planned end. */
export const isEndedEarly = (manifest: Manifest): boolean =>
  runEndMs(manifest) < manifest.durationMs;

/**
 * True if a run is recorded to its end, or as far as `untilMs`, and was put down in order there.
 */
export const isRecordedTo = ({ status, simulatedMs }: Manifest, untilMs: number): boolean =>
  status === "complete" || (status === "interrupted" && simulatedMs >= untilMs);

/**
 * True if nothing is to be added to a record for now, so that its files hold just what is counted.
 */
export const isSettled = ({ status }: Pick<Manifest, "status">): boolean =>
  status === "complete" || status === "interrupted";
