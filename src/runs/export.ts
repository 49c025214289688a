import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { csvText } from "../export/csv.ts";
import type { CsvTable } from "../export/csv-tables.ts";
import type { RunExcerpt } from "../export/excerpt.ts";
import type { Hdf5Library } from "../export/hdf5.ts";
import { lfpLayersOf } from "../export/lfp-series.ts";
import { writeNwb } from "../export/nwb.ts";
import type { NwbMetadata } from "../export/nwb-metadata.ts";
import { originalFiles, writeOriginal } from "../export/original-files.ts";
import { runArchive } from "../export/run-archive.ts";
import { sonataFiles, writeSonata } from "../export/sonata.ts";
import { program } from "../host/package.ts";
import { timestamp } from "../host/system-clock.ts";
import { yieldTurn } from "../host/turns.ts";
import { StorageError } from "../store/errors.ts";
import { checkReplaceable, type Replaceable } from "../store/output-files.ts";
import { ExportFiles } from "./export-files.ts";
import { exportNeeds } from "./export-size.ts";
import { checkMemory, checkRoom, type Machine, machineFor } from "./needs.ts";

/** Formats of exports. */
export const exportFormats = ["csv", "npz", "sonata", "nwb", "neuron"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Format, path and options of an export. */
export interface ExportRequest {
  readonly format: ExportFormat;
  /** Table to export; required for CSV. */
  readonly table?: CsvTable;
  /** Additional metadata of an NWB file. */
  readonly metadata?: NwbMetadata;
  /** Path of the file, or of the folder for formats with several files. */
  readonly path: string;
  readonly replaceable?: Replaceable | undefined;
}

/** Observer of an export, which can stop it. */
export interface ExportObserver {
  /**
   * Told what it will take, before anything is made.
   *
   * @internal
   */
  readonly onNeeds?: (needs: Machine) => void;
  /** Receives the numbers of rows read and to be read, several times a second. */
  readonly onProgress?: (rows: number, allRows: number) => void;
  readonly signal?: AbortSignal;
}

/** Time between two turns of others, ms. */
const TURN_INTERVAL_MS = 50;

/** Formats that are several files in a folder, and those files. */
const folderFormats: Partial<Record<ExportFormat, readonly string[]>> = {
  sonata: sonataFiles,
  neuron: originalFiles,
};

type Readings = readonly [
  spikes: number,
  samples: number,
  gains: number,
  potentials: number,
  lfp: number,
];

/**
 * Number of passes over spikes, samples of cells, plastic gains and potentials for each format, and
 * over potentials for LFP proxies.
 */
const readings: Record<Exclude<ExportFormat, "csv">, Readings> = {
  npz: [2, 4, 1, 6, 3],
  sonata: [1, 4, 0, 6, 0],
  nwb: [2, 4, 1, 6, 3],
  neuron: [2, 1, 0, 0, 0],
};

const tableReadings: Record<CsvTable, Readings> = {
  spikes: [1, 0, 0, 0, 0],
  cells: [0, 1, 0, 0, 0],
  weights: [0, 0, 1, 0, 0],
  synapses: [0, 0, 0, 0, 0],
  potentials: [0, 0, 0, 1, 0],
  lfp: [0, 0, 0, 0, 1],
};

/** The files of an export. */
const filesOf = ({ format, path }: ExportRequest): string[] =>
  folderFormats[format]?.map((name) => join(path, name)) ?? [path];

/** Those files that an export would replace. */
export const replacedFiles = (request: ExportRequest): string[] =>
  filesOf(request).filter((path) => existsSync(path));

/**
 * Export of a recorded run to files, in constant memory.
 *
 * @returns paths of the files, which appear when all are complete, or not at all
 * @throws {DamagedFileError} at a damaged block
 * @throws {OccupiedPathError} if a file exists that may not be replaced
 * @throws {RunSizeError} if the export exceeds the memory or disk of this machine; nothing is written
 * @throws {StorageError} if a file cannot be written
 * @throws {TableDataError} if the run has not recorded what the table contains; nothing is written
 * @throws {DOMException} "AbortError", if the signal comes
 * @example
 * ```ts
 * import { formats, readExperiment, runExperiment } from "isocortex";
 * import { exportRun } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const request = { format: "npz", path: "run.npz" } as const;
 * console.log(await exportRun(new formats.RunExcerpt(run), request));
 * ```
 */
export async function exportRun(
  run: RunExcerpt,
  request: ExportRequest,
  observer: ExportObserver = {},
): Promise<string[]> {
  const { onNeeds, onProgress = () => {}, signal } = observer;
  const { format, path, replaceable = "own" } = request;
  await checkReplaceable(filesOf(request), replaceable);
  const needs = exportNeeds(run, request);
  checkExport(needs, path);
  onNeeds?.(needs);
  const hdf5 = format === "sonata" || format === "nwb" ? await loadHdf5() : undefined;
  const folder = format in folderFormats ? path : dirname(path);
  const files = new ExportFiles(folder, replaceable, hdf5);
  const allRows = rowsToRead(run, request);
  let turnAt = performance.now() + TURN_INTERVAL_MS;
  try {
    for await (const _ of steps(run, request, files)) {
      signal?.throwIfAborted();
      if (performance.now() < turnAt) continue;
      onProgress(run.rowsRead, allRows);
      await yieldTurn();
      turnAt = performance.now() + TURN_INTERVAL_MS;
    }
    return await files.publish();
  } catch (error) {
    files.discard();
    throw exportError(path, error);
  }
}

/** @throws {RunSizeError} with what an export takes and what there is */
function checkExport(needs: Machine, path: string): void {
  const machine = machineFor(path);
  checkMemory("The export", needs, machine, "CSV of spikes and the original's files are smallest.");
  checkRoom("The export", needs, machine, "export a shorter time range with --from and --to");
}

function steps(
  run: RunExcerpt,
  { format, table = "spikes", metadata, path }: ExportRequest,
  files: ExportFiles,
): Iterable<void> | AsyncIterable<void> {
  switch (format) {
    case "csv":
      return files.write(basename(path), csvText(run, table));
    case "npz":
      return files.writeStream(basename(path), runArchive(run));
    case "sonata":
      return writeSonata(run, files);
    case "nwb":
      return nwbSteps(run, basename(path), files, metadata);
    case "neuron":
      return writeOriginal(run, files);
  }
}

function* nwbSteps(
  run: RunExcerpt,
  name: string,
  files: ExportFiles,
  metadata?: NwbMetadata,
): Generator<void> {
  const file = files.createHdf5(name);
  yield* writeNwb(file, run, { createdAt: timestamp(), program, ...metadata });
  files.close(file);
}

/** HDF5, set to throw an error wherever it meets one. */
async function loadHdf5(): Promise<Hdf5Library> {
  const { h5wasm } = await import("h5wasm/node");
  const module = await h5wasm.ready;
  module.activate_throwing_error_handler();
  return { File: h5wasm.File, module };
}

function rowsToRead(run: RunExcerpt, { format, table = "spikes" }: ExportRequest): number {
  const { cellCount, synapseCount } = run.manifest.network;
  const [spikes, samples, gains, potentials, lfp] =
    format === "csv" ? tableReadings[table] : readings[format];
  const passes = potentials + (lfpLayersOf(run).length > 0 ? lfp : 0);
  return (
    spikes * run.spikeCount +
    samples * run.sampleTimesMs.length * cellCount +
    gains * run.gainTimesMs.length * synapseCount +
    passes * run.potentialTimesMs.length * run.potentialCells.length
  );
}

/** Error numbers in messages of HDF5, which is compiled to WebAssembly. */
const systemCodes: Readonly<Record<string, string>> = {
  2: "EACCES",
  19: "EDQUOT",
  22: "EFBIG",
  29: "EIO",
  33: "EMFILE",
  41: "ENFILE",
  44: "ENOENT",
  51: "ENOSPC",
  69: "EROFS",
  72: "ESTALE",
};

/** Says of errors of HDF5 what they mean for the export. */
function exportError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith("HDF5-DIAG")) return error;
  const [, errno = "", reason = "HDF5 refuses it"] =
    /errno = (\d+), error message = '([^']+)'/.exec(error.message) ?? [];
  const cause = new Error(reason, { cause: error });
  return new StorageError("write", path, Object.assign(cause, { code: systemCodes[errno] }));
}
