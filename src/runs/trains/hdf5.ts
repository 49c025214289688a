import type { Dataset, File, Group } from "h5wasm";
import { TrainFileError } from "../../timeline/spike-trains.ts";
import type { TrainColumns } from "./columns.ts";

/** Part of the HDF5 library that is used. */
export interface Hdf5Reader {
  readonly File: typeof File;
}

/** Spikes of an HDF5 file: SONATA's spike file, or units of an NWB file. */
export function hdf5Columns(name: string, path: string, library: Hdf5Reader): TrainColumns {
  const file = opened(path, library);
  if (!file) throw new TrainFileError(`${name} is not an intact HDF5 file`);
  try {
    if (file.get("units/spike_times")) return unitsOf(name, file);
    if (file.get("spikes")) return sonataOf(name, file);
  } finally {
    file.close();
  }
  throw new TrainFileError(
    `${name}: expected SONATA's spikes/POPULATION/timestamps and node_ids, or NWB's units/spike_times`,
  );
}

/** An HDF5 file, if it is one: the library throws only once an export has told it to. */
function opened(path: string, { File: Hdf5File }: Hdf5Reader): File | undefined {
  try {
    const file = new Hdf5File(path, "r");
    return file.file_id < 0n ? undefined : file;
  } catch {
    return undefined;
  }
}

function sonataOf(name: string, file: File): TrainColumns {
  const populations = (file.get("spikes") as Group).keys();
  if (populations.length !== 1) {
    throw new TrainFileError(
      `${name} has ${populations.length} populations (${populations.join(", ")}): expected one`,
    );
  }
  const at = `spikes/${populations[0]}`;
  const timestamps = datasetOf(name, file, `${at}/timestamps`);
  const unit = String(timestamps.attrs["units"]?.value ?? "ms");
  const factor = { ms: 1, milliseconds: 1, s: 1000, seconds: 1000 }[unit];
  if (factor === undefined) {
    throw new TrainFileError(`${name}, ${at}/timestamps: times in ${unit}: expected ms or s`);
  }
  return {
    timesMs: numbersOf(timestamps).map((time) => time * factor),
    cells: numbersOf(datasetOf(name, file, `${at}/node_ids`)),
    placeOf: (k) => `${name}, ${at}/timestamps[${k}]`,
  };
}

/** Each unit's spikes end where its index says; a unit's cell is its id. */
function unitsOf(name: string, file: File): TrainColumns {
  const seconds = numbersOf(datasetOf(name, file, "units/spike_times"));
  const ends = numbersOf(datasetOf(name, file, "units/spike_times_index"));
  const ids = numbersOf(datasetOf(name, file, "units/id"));
  const cells = seconds.slice();
  let first = 0;
  ends.forEach((end, unit) => {
    cells.fill(ids[unit] ?? Number.NaN, first, end);
    first = end;
  });
  return {
    timesMs: seconds.map((time) => time * 1000),
    cells,
    placeOf: (k) => `${name}, units/spike_times[${k}]`,
  };
}

function datasetOf(name: string, file: File, path: string): Dataset {
  const found = file.get(path);
  if (found && "value" in found) return found as Dataset;
  throw new TrainFileError(`${name}: dataset ${path} is missing`);
}

/** 64-bit integers come as BigInts. */
const numbersOf = (dataset: Dataset): Float64Array =>
  Float64Array.from(dataset.value as ArrayLike<number | bigint>, Number);
