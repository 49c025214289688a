import { statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { cellCountOf } from "../model/column-grid.ts";
import { expectedSynapses } from "../model/expected-synapses.ts";
import { numberText } from "../model/number-text.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { engineBytes, runMemoryBytes } from "./memory.ts";
import { type RecordExtent, runBytes } from "./size.ts";

/** Resources of a run, estimated before anything is built. */
export interface RunNeeds {
  readonly cells: number;
  readonly synapses: number;
  /** Of a process that records it. */
  readonly memoryBytes: number;
  /** Of that, in one piece: what the simulation works on. */
  readonly engineBytes: number;
  /** Of its record, as long as the column is at rest. */
  readonly diskBytes: number;
}

/** Memory and room: what there is of them, or what something takes. */
export interface Machine {
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/**
 * A run, study or export that exceeds the memory or disk of this machine; nothing was written.
 *
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { RunSizeError, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/large", overwrite: true, preset: null, label: "large", parameters };
 * try {
 *   await recordRun({ ...run, parameters: resolveParameters({ sizeFactor: 1000, connectionFactor: 1 }) }, observer);
 * } catch (error) {
 *   if (!(error instanceof RunSizeError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class RunSizeError extends Error {
  override readonly name = "RunSizeError";
}

/** Memory of WebAssembly, whose addresses have 32 bits. */
const MOST_ENGINE_BYTES = 2 ** 32;

/** Of all cells together, roughly, at rest. */
const RESTING_RATE_HZ = 1;

/** Extent of a run's record, and recordings other than spikes and samples. */
interface NeedsOptions extends Partial<Pick<RecordExtent, "startMs" | "endMs" | "potentials">> {
  /** Times at which plastic gains are recorded, as far as that is said. */
  readonly gains?: number | undefined;
  readonly isBranch?: boolean;
}

export function runNeeds(
  parameters: Parameters,
  {
    startMs = 0,
    endMs = durationMs(parameters),
    isBranch = false,
    gains = 3,
    potentials,
  }: NeedsOptions = {},
): RunNeeds {
  const cells = cellCountOf(parameters);
  const spikes = (RESTING_RATE_HZ * cells * Math.max(0, endMs - startMs)) / 1000;
  return {
    cells,
    synapses: expectedSynapses(parameters),
    memoryBytes: runMemoryBytes(parameters, { isBranch }),
    engineBytes: engineBytes(parameters),
    diskBytes: runBytes(parameters, { startMs, endMs, spikes, gains, potentials }),
  };
}

/** The memory that this process may take at most, and the room where a directory is or will be. */
export function machineFor(directory: string): Machine {
  // Limits of a container, where there are any; without, it may be 0 or absurdly much.
  const limitBytes = process.constrainedMemory?.() || Infinity;
  return { memoryBytes: Math.min(totalmem(), limitBytes), diskBytes: freeBytes(directory) };
}

/** Infinity where the system does not tell; /proc and its like have no blocks at all. */
function freeBytes(directory: string): number {
  for (let path = resolve(directory); ; path = dirname(path)) {
    try {
      const { bavail, blocks, bsize } = statfsSync(path);
      return blocks > 0 ? bavail * bsize : Infinity;
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (!isMissing || path === dirname(path)) return Infinity;
    }
  }
}

/**
 * Checks that a column can be simulated at all and, where a machine is given, there.
 *
 * @throws {RunSizeError} with what it takes and what there is
 */
export function checkNeeds(needs: RunNeeds, machine: Partial<Machine> = {}): void {
  const { cells, synapses } = needs;
  const column = `A column of about ${numberText(cells)} cells and ${numberText(Number(synapses.toPrecision(3)))} synapses`;
  const smaller = "Choose a smaller sizeFactor or connectionFactor.";
  if (needs.engineBytes > MOST_ENGINE_BYTES) {
    throw new RunSizeError(
      `${column} takes ${gigabytes(needs.engineBytes)} of contiguous memory: expected at most ` +
        `${gigabytes(MOST_ENGINE_BYTES)}. ${smaller}`,
    );
  }
  checkMemory(column, needs, machine, smaller);
  checkRoom("The record", needs, machine, recordLess);
}

/** Needs of one run, or of several alike. */
export interface CountedNeeds {
  readonly needs: RunNeeds;
  readonly count: number;
}

/**
 * Checks that each of several runs can be simulated on this computer, before any network is built.
 *
 * @throws {RunSizeError} with what it takes and what there is
 */
export function checkEach(all: readonly CountedNeeds[], directory: string): void {
  const { memoryBytes } = machineFor(directory);
  for (const { needs } of all) checkNeeds(needs, { memoryBytes });
}

/**
 * Checks that there is room for the records of several runs together, as long as they are at rest.
 *
 * @throws {RunSizeError} with what they take and what there is
 */
export function checkTogether(what: string, all: readonly CountedNeeds[], directory: string): void {
  const diskBytes = all.reduce((sum, { needs, count }) => sum + count * needs.diskBytes, 0);
  checkRoom(what, { diskBytes }, machineFor(directory), recordLess);
}

const recordLess = "record less: longer samplingIntervalMs, shorter phases";

/** @throws {RunSizeError} when something takes more memory than there is */
export function checkMemory(
  what: string,
  { memoryBytes }: Pick<Machine, "memoryBytes">,
  { memoryBytes: ownBytes = Infinity }: Partial<Machine>,
  advice: string,
): void {
  if (memoryBytes <= ownBytes) return;
  throw new RunSizeError(
    `${what} takes about ${gigabytes(memoryBytes)} of memory: expected at most ` +
      `${gigabytes(ownBytes)}, the memory of this machine. ${advice}`,
  );
}

/** @throws {RunSizeError} when something takes more room than there is */
export function checkRoom(
  what: string,
  { diskBytes }: Pick<Machine, "diskBytes">,
  { diskBytes: freeBytes = Infinity }: Partial<Machine>,
  lessen: string,
): void {
  if (diskBytes <= freeBytes) return;
  throw new RunSizeError(
    `${what} takes about ${gigabytes(diskBytes)}: expected at most ${gigabytes(freeBytes)}, ` +
      `the free space there. Free some space, name another place, or ${lessen}.`,
  );
}

const gigabytes = (bytes: number): string =>
  bytes < 1e9
    ? `${Number((bytes / 1e6).toPrecision(3))} MB`
    : `${numberText(Number((bytes / 1e9).toPrecision(3)))} GB`;
