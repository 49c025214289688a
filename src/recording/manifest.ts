import * as z from "zod";
import { populations as columnPopulations } from "../model/populations.ts";
import { DamagedFileError, FormatVersionError, RecoveryError, RunLocationError } from "./errors.ts";
import { excursionsSchema, noExcursions } from "./excursions.ts";
import { FORMAT_VERSION } from "./format-version.ts";
import { pastSchema } from "./past.ts";
import { potentialScheduleSchema } from "./potentials.ts";
import { runFiles } from "./run-files.ts";
import { runIdentity } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";
import { sealedJson, textChecksum } from "./sealed-json.ts";

const count = z.int().nonnegative();
const nonnegative = z.number().nonnegative();

export const identitySchema = z.string().regex(/^[0-9a-f]{16}$/);

const populationSchema = z.object({
  name: z.string(),
  cellClass: z.enum(["E", "LTS", "FS"]),
  layer: count,
  originalType: count,
  firstCell: count,
  cellCount: count,
});

const valueSchema = z.union([z.number(), z.boolean(), z.string()]);

const parameterSchema = z.object({
  value: valueSchema,
  /** "1" for plain numbers, empty for switches and choices. */
  unit: z.string(),
  /** The original's names. */
  original: z.array(z.string()),
});

/** Where a branch comes from, and in what it differs. */
const ancestrySchema = z.object({
  /** The parent's directory, from the branch's own. */
  directory: z.string(),
  label: z.string(),
  /** When the parent's run was begun. */
  createdAt: z.iso.datetime(),
  /** The parent's, as far as it has one. */
  identity: identitySchema.optional(),
  networkHash: z.string(),
  /** Simulated time of the branch: its record begins here, ms. */
  timeMs: nonnegative,
  /** Parameters that differ from the parent's. */
  changes: z.record(z.string(), z.object({ from: valueSchema, to: valueSchema })),
  /** Whether scaling is on where the record begins, and which cells are dead. */
  scalingOn: z.boolean(),
  deletedCells: z.array(count),
});

export type Ancestry = z.infer<typeof ancestrySchema>;

const plainSchema = z.record(z.string(), z.json());

/** An entry of the timeline, as it was carried out. */
const timelineEntrySchema = z.object({
  id: z.string(),
  /** Whether the parameters alone ask for it, or an entry of the experiment's own. */
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
  preset: z.string().nullable(),
  label: z.string(),
  /** A run at work or cut off, stopped on request, finished, or ended by an error. */
  status: z.enum(["running", "interrupted", "complete", "failed"]),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  durationMs: nonnegative,
  simulatedMs: nonnegative,
  /** Version 0.2.0 recorded a negative time where the clock was set back during the run. */
  wallSeconds: z.number().transform((seconds) => Math.max(0, seconds)),
  /** What the files hold: exactly when it is complete or interrupted, else at least. */
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
  /** What of the recorded state left its range, as far as it is recorded; absent from 0.2.0. */
  excursions: excursionsSchema.optional(),
  /** When plastic gains are recorded and checkpoints kept, as asked for, ms. */
  gainTimesMs: z.array(nonnegative).optional(),
  checkpointTimesMs: z.array(nonnegative).optional(),
  /** Whose potentials are recorded when, if any are. */
  potentials: potentialScheduleSchema.optional(),
  /** What was done to the network when; absent from 0.2.0, whose parameters say all of it. */
  timeline: z.array(timelineEntrySchema).optional(),
  /** Entries that the experiment has of its own, as files have them, removals included. */
  entries: z.array(plainSchema).optional(),
  /** Only in runs of the reference engine. */
  engine: z.literal("reference").optional(),
  /** Only in branches. */
  ancestry: ancestrySchema.optional(),
  past: pastSchema.optional(),
  phases: z.array(z.object({ name: z.string(), startMs: nonnegative, endMs: nonnegative })),
  network: z.object({ hash: z.string(), cellCount: count, synapseCount: count }),
  populations: z.array(populationSchema),
  seeds: z.record(z.string(), count),
  parameters: z.record(z.string(), parameterSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

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
    `This run was recorded in format version ${formatVersion}, in which nothing is recorded any more. ` +
      "Record it anew, or use the version of the program that manifest.json names.",
  );
}

/** Where a run's record begins, ms: at 0, or where it branched off another run. */
export const recordStartMs = ({ ancestry }: Manifest): number => ancestry?.timeMs ?? 0;

/** Whether a run is recorded to its end, or as far as `untilMs`, and was put down in order there. */
export const isRecordedTo = ({ status, simulatedMs }: Manifest, untilMs: number): boolean =>
  status === "complete" || (status === "interrupted" && simulatedMs >= untilMs);

/** Whether nothing is to be added to a record for now, so that its files hold just what is counted. */
export const isSettled = ({ status }: Manifest): boolean =>
  status === "complete" || status === "interrupted";

/** Replaces the run's manifest; its last entry is a checksum of the others. */
export function writeManifest(store: RunStore, manifest: Manifest): void {
  store.replace(runFiles.manifest, new TextEncoder().encode(sealedJson(manifest)));
}

/**
 * Reads the run's manifest.
 *
 * @throws {RunLocationError} when there is none
 * @throws {FormatVersionError} when it is of a newer format
 * @throws {DamagedFileError} when it is not what was written
 */
export function readManifest(store: RunStore): Manifest {
  const path = runFiles.manifest;
  if (store.size(path) === undefined) {
    throw new RunLocationError(`There is no run here: ${path} is missing. Name a run directory.`);
  }
  const { crc32: stated, ...content } = parseObject(new TextDecoder().decode(store.read(path)));
  const version = content["formatVersion"];
  if (typeof version === "number" && version > FORMAT_VERSION) {
    throw new FormatVersionError(path, version);
  }
  if (stated !== checksum(content)) {
    throw new DamagedFileError(path, 0, "its contents do not match their checksum");
  }
  const { data, error } = manifestSchema.safeParse(content);
  const flaw = error
    ? z.prettifyError(error)
    : (mistaken(content as Manifest) ?? contradiction(data));
  if (flaw !== undefined) throw new DamagedFileError(path, 0, flaw);
  return data!;
}

/** What is wrong with the identity of a manifest as it is in the file. */
function mistaken(manifest: Manifest): string | undefined {
  const { formatVersion, identity } = manifest;
  const own = formatVersion > 1 ? runIdentity(manifest) : undefined;
  if (identity === own) return undefined;
  // Whether entries of later versions count, those know.
  const isKnown = Object.keys(manifest).every((entry) =>
    Object.hasOwn(manifestSchema.shape, entry),
  );
  if (identity !== undefined && own !== undefined && !isKnown) return undefined;
  return `its identity is ${identity}, but what it says of the run is ${own}`;
}

const known: ReadonlySet<string> = new Set(columnPopulations.map(({ name }) => name));

/** What in a manifest cannot be true together. */
function contradiction(manifest: Manifest): string | undefined {
  const { network, populations, phases, durationMs, simulatedMs } = manifest;
  let cells = 0;
  for (const { name, firstCell, cellCount } of populations) {
    if (!known.has(name)) return `there is no population ${name}`;
    if (firstCell !== cells) return `${name} begins with cell ${firstCell}, expected ${cells}`;
    cells += cellCount;
  }
  if (cells !== network.cellCount) {
    return `its populations have ${cells} cells, its network ${network.cellCount}`;
  }
  const unknownCell = namedCells(manifest).find((cell) => cell >= cells);
  if (unknownCell !== undefined)
    return `it names cell ${unknownCell}, but there are ${cells} cells`;
  const startMs = recordStartMs(manifest);
  if (!(startMs <= simulatedMs && simulatedMs <= durationMs)) {
    return `it reaches ${simulatedMs} ms, expected a time from ${startMs} to ${durationMs} ms`;
  }
  const phase = phases.find(({ startMs: from, endMs: to }) => !(from <= to && to <= durationMs));
  return phase && `its phase ${phase.name} is no part of ${durationMs} ms`;
}

/** Cells that a manifest names by their numbers. */
const namedCells = ({ ancestry, past, excursions }: Manifest): number[] => [
  ...(ancestry?.deletedCells ?? []),
  ...[past?.deletions, excursions?.outsideRange, excursions?.notFinite].flatMap((lists) =>
    (lists ?? []).flatMap(({ cells }) => cells),
  ),
];

/** Whether bytes are a manifest as this program or another version of it wrote one. */
export function isManifest(bytes: Uint8Array): boolean {
  try {
    const { crc32: stated, ...content } = parseObject(new TextDecoder().decode(bytes));
    return content["format"] === manifestSchema.shape.format.value && stated === checksum(content);
  } catch {
    return false;
  }
}

const checksum = (content: object): string => textChecksum(JSON.stringify(content, null, 2));

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new DamagedFileError(runFiles.manifest, 0, "it is not a JSON object");
  }
}
