import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ThreadUse } from "../engine/contract.ts";
import type { Excursions } from "../recording/excursions.ts";
import { livedTimesMs } from "../recording/lifetimes.ts";
import { type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import { excitatoryMask } from "../recording/network-record.ts";
import type { RunReader } from "../recording/run-reader.ts";

/** Summary of a recorded run. */
export interface RunSummary {
  readonly directory: string;
  readonly preset: string | null;
  readonly status: Manifest["status"];
  /** Start of the record: 0, or the start of the branch. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly simulatedMs: number;
  readonly wallSeconds: number;
  /** Simulated time per wall time. */
  readonly speed: number;
  readonly spikes: number;
  /** Mean rates per living cell over the whole record, Hz. */
  readonly rateEHz: number;
  readonly rateIHz: number;
  readonly cellEvents: number;
  readonly cells: number;
  readonly livingCells: number;
  /** Values outside their range. */
  readonly excursions: Excursions;
  /** Size of the run's directory, bytes. */
  readonly bytes: number;
  /** Simulated time by number of threads, as far as this process simulated it with several. */
  readonly threads?: readonly ThreadUse[];
}

/** Sums up the run recorded in a directory. */
export function summarize(directory: string, record: RunReader): RunSummary {
  const { manifest } = record;
  const { preset, status, simulatedMs, wallSeconds, counts } = manifest;
  const startMs = recordStartMs(manifest);
  const livedMs = livedTimesMs(record);
  const cells = manifest.network.cellCount;
  const deleted = record
    .events()
    .flatMap((event) => (event.kind === "deletion" ? event.cells : []));
  return {
    directory,
    preset,
    status,
    startMs,
    durationMs: runEndMs(manifest),
    simulatedMs,
    wallSeconds,
    speed: wallSeconds > 0 ? (simulatedMs - startMs) / 1000 / wallSeconds : 0,
    spikes: counts.spikes,
    ...meanRatesHz(record, livedMs),
    cellEvents: counts.cellEvents,
    cells,
    livingCells: cells - deleted.length - (manifest.ancestry?.deletedCells.length ?? 0),
    excursions: record.excursions(),
    bytes: directoryBytes(directory),
  };
}

function meanRatesHz(record: RunReader, livedMs: Float64Array) {
  const excitatory = excitatoryMask(record.manifest.populations);
  const spikes = [0, 0];
  const lived = [0, 0];
  for (const { cells } of record.spikeBlocks()) {
    for (const cell of cells) spikes[excitatory[cell]!]!++;
  }
  livedMs.forEach((timeMs, cell) => {
    lived[excitatory[cell]!]! += timeMs;
  });
  const rateHz = (kind: 0 | 1) => (lived[kind]! > 0 ? (1000 * spikes[kind]!) / lived[kind]! : 0);
  return { rateEHz: rateHz(1), rateIHz: rateHz(0) };
}

function directoryBytes(directory: string): number {
  return readdirSync(directory, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sum + directoryBytes(path);
    // A temporary file may be gone by now.
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
