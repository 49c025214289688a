import * as z from "zod";
import type { BlockHeader } from "../encoding/block.ts";
import { packColumns, unpackColumns } from "../encoding/columns.ts";
import type { PotentialName, Potentials } from "../engine/potentials.ts";

const time = z.number().nonnegative();

/** Schedule of recorded potentials: from `fromMs` every `everyMs`, to `untilMs` at most. */
export const potentialScheduleSchema = z
  .object({
    /** Ascending. */
    cells: z.array(z.int().nonnegative()).min(1),
    everyMs: z.number().positive(),
    fromMs: time,
    untilMs: time,
  })
  .refine(({ everyMs, untilMs }) => everyMs >= leastIntervalMs(untilMs), {
    error: "its readings are closer to each other than times can be told apart",
  });

/** The shortest interval that can be told from none by times up to one, ms. */
export const leastIntervalMs = (untilMs: number): number => untilMs * Number.EPSILON;

export type PotentialSchedule = z.infer<typeof potentialScheduleSchema>;

/** On disk, of one reading of one cell, about; measured on the published column. */
const BYTES_PER_READING = 46;

/** Name of a recorded potential. */
export type RecordedPotentialName = PotentialName;

/** Recorded quantities of each cell, in the order of the file. */
export const potentialNames = [
  "potentialMv",
  "driveMv",
  "ampaMv",
  "nmdaMv",
  "gabaProximalMv",
  "gabaDistalMv",
] as const satisfies readonly PotentialName[];

/** Instructions to record potentials, for messages about runs without them. */
export const potentialsRemedy =
  "Record them with isocortex run … --record-potentials; " +
  'isocortex branch DIR@S --record-potentials "cells: E, every: 1 ms" repeats a run from S s on, spike for spike, and records them.';

/** Name of each quantity in files for other programs. */
export const potentialFields = {
  potentialMv: { name: "potential", description: "Membrane potential, absolute mV." },
  driveMv: { name: "synaptic_drive", description: "Sum of the deviations of all receptors, mV." },
  ampaMv: { name: "ampa", description: "Deviation of AMPA receptors, mV." },
  nmdaMv: { name: "nmda", description: "Deviation of NMDA receptors, mV." },
  gabaProximalMv: {
    name: "gaba_proximal",
    description: "Deviation of proximal GABA-A receptors, mV.",
  },
  gabaDistalMv: { name: "gaba_distal", description: "Deviation of distal GABA-A receptors, mV." },
} as const satisfies Record<PotentialName, { name: string; description: string }>;

/** Readings in order of time; each array has the values of all cells at the first time, then at the next. */
export interface PotentialReadings extends Potentials {
  readonly timesMs: Float64Array;
}

/** Of an interval, by which the last reading may lie beyond the end: times are rounded. */
const TOLERANCE = 1e-6;

/**
 * The number of readings of a schedule before a time, or all.
 *
 * @param beforeMs of the readings at this time itself none is counted
 */
export function readingCount(schedule: PotentialSchedule, beforeMs = Infinity): number {
  const { everyMs, fromMs, untilMs } = schedule;
  const all = Math.max(0, Math.floor((untilMs - fromMs) / everyMs + TOLERANCE) + 1);
  let count = Math.min(all, Math.max(0, Math.floor((beforeMs - fromMs) / everyMs)));
  while (count < all && readingTimeMs(schedule, count) < beforeMs) count++;
  return count;
}

/** Reason why blocks cannot contain the readings of a schedule from the reading `first` on. */
export function misplacedReadings<B extends BlockHeader>(
  schedule: PotentialSchedule,
  first: number,
  blocks: readonly B[],
): { readonly block: B; readonly reason: string } | undefined {
  let next = first;
  for (const block of blocks) {
    const readings = block.count / schedule.cells.length;
    const startMs = readingTimeMs(schedule, next);
    next += readings;
    const endMs = readingTimeMs(schedule, next - 1);
    if (Number.isInteger(readings) && block.firstMs === startMs && block.lastMs === endMs) continue;
    const found = `${block.count} readings of ${block.firstMs} to ${block.lastMs} ms`;
    const reason = `block ${block.number} contains ${found}, which are not those of the manifest's schedule`;
    return { block, reason };
  }
  return undefined;
}

/** An estimate of the size on disk of a schedule's readings with startMs ≤ t < endMs, bytes. */
export const potentialBytes = (
  schedule: PotentialSchedule,
  startMs = 0,
  endMs = Infinity,
): number =>
  BYTES_PER_READING *
  schedule.cells.length *
  (readingCount(schedule, endMs) - readingCount(schedule, startMs));

/** The time of a schedule's reading `index`, ms; one product each, so that they stay regular. */
export const readingTimeMs = (
  { everyMs, fromMs, untilMs }: PotentialSchedule,
  index: number,
): number => Math.min(fromMs + index * everyMs, untilMs);

/** The times of so many of a schedule's readings, from the reading `first` on, ms. */
export const readingTimesMs = (
  schedule: PotentialSchedule,
  first: number,
  count: number,
): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => readingTimeMs(schedule, first + k));

/** Values of one quantity in a block: some hundred kilobytes of all. */
const BLOCK_VALUES = 2048;

/** Readings of so many cells in each block but the last. */
export const blockReadings = (cells: number): number =>
  Math.max(1, Math.floor(BLOCK_VALUES / cells));

/** Result of `make` for each quantity. */
export const eachPotential = <T>(make: (name: PotentialName) => T) =>
  Object.fromEntries(potentialNames.map((name) => [name, make(name)])) as Record<PotentialName, T>;

export const encodePotentials = (potentials: Potentials): Uint8Array =>
  packColumns(potentialNames.map((name) => potentials[name]));

/** Potentials of so many readings of so many cells. */
export function decodePotentials(payload: Uint8Array, values: number): Potentials {
  const columns = unpackColumns(
    payload,
    values,
    potentialNames.map(() => "d" as const),
  );
  return eachPotential((name) => columns[potentialNames.indexOf(name)]!);
}

/** Readings of so many cells without any. */
export const noReadings = (): PotentialReadings => ({
  timesMs: new Float64Array(0),
  ...eachPotential(() => new Float64Array(0)),
});
