import { readFileSync } from "node:fs";
import { basename, extname, isAbsolute, join } from "node:path";
import {
  type SpikeTrains,
  setTrainReader,
  sortedTrains,
  TrainFileError,
} from "../../timeline/spike-trains.ts";
import type { TrainColumns } from "./columns.ts";
import { csvColumns } from "./csv.ts";
import { type Hdf5Reader, hdf5Columns } from "./hdf5.ts";
import { npzColumns } from "./npz.ts";

const hdf5Pattern = /\.(?:h5|hdf5|nwb)\b/i;

let hdf5: Hdf5Reader | undefined;

/** Prepares to read HDF5 files, where a text names one: that library takes a moment to load. */
export async function prepareTrainFiles(...texts: readonly string[]): Promise<void> {
  if (texts.some((text) => hdf5Pattern.test(text))) await prepareHdf5Files();
}

/** Prepares to read HDF5 files. */
export async function prepareHdf5Files(): Promise<void> {
  if (hdf5) return;
  const { h5wasm } = await import("h5wasm/node");
  await h5wasm.ready;
  hdf5 = h5wasm;
}

/**
 * Spike trains of a file: CSV, NPZ, SONATA or NWB.
 *
 * @throws {TrainFileError} when there is none, or it does not hold what such a file should
 */
export function readTrainFile(path: string): SpikeTrains {
  const { timesMs, cells, placeOf } = columnsOf(path);
  const { length } = timesMs;
  if (length !== cells.length) {
    throw new TrainFileError(`${path} has ${length} times, but ${cells.length} cells`);
  }
  if (length === 0) throw new TrainFileError(`${path} contains no spikes`);
  for (let k = 0; k < length; k++) {
    if (!(timesMs[k]! >= 0 && timesMs[k]! < Infinity)) {
      throw new TrainFileError(
        `${placeOf(k)}: ${timesMs[k]} ms is not a valid time: expected 0 or more`,
      );
    }
    if (!(Number.isInteger(cells[k]) && cells[k]! >= 0 && cells[k]! <= 0xffffffff)) {
      throw new TrainFileError(`${placeOf(k)}: ${cells[k]} is not the index of a cell`);
    }
  }
  // Adding 0 makes 0 of −0.
  return sortedTrains(
    Array.from(timesMs, (timeMs) => timeMs + 0),
    Array.from(cells),
  );
}

function columnsOf(path: string): TrainColumns {
  const name = basename(path);
  switch (extname(path).toLowerCase()) {
    case ".csv":
      return csvColumns(name, contentsOf(path).toString("utf8"));
    case ".npz":
      return npzColumns(name, contentsOf(path));
    case ".h5":
    case ".hdf5":
    case ".nwb":
      if (!isHdf5(contentsOf(path))) throw new TrainFileError(`${path} is not an intact HDF5 file`);
      if (!hdf5) throw new Error("HDF5 files are read only after prepareTrainFiles.");
      return hdf5Columns(name, path, hdf5);
  }
  throw new TrainFileError(`${path}: expected a .csv, .npz, .h5 (SONATA) or .nwb file`);
}

/** The signature stands at the beginning, or behind a block of the user's own. */
const isHdf5 = (contents: Buffer): boolean =>
  [0, 512, 1024, 2048].some(
    (at) => contents.toString("latin1", at, at + 8) === "\x89HDF\r\n\x1a\n",
  );

function contentsOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new TrainFileError(`there is no file ${path}`);
    throw new TrainFileError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** The folder that paths are relative to now. */
let folder = ".";

/** Reads something in which paths are relative to a folder of its own. */
export function withPathsFrom<T>(own: string, read: () => T): T {
  const before = folder;
  folder = own;
  try {
    return read();
  } finally {
    folder = before;
  }
}

setTrainReader((file) => readTrainFile(isAbsolute(file) ? file : join(folder, file)));
