import { unzipSync } from "fflate";
import { TrainFileError } from "../../timeline/spike-trains.ts";
import type { TrainColumns } from "./columns.ts";

/** Names of arrays of times and the ms of their units, and of cells; the first are our own. */
const timeArrays: Readonly<Record<string, number>> = {
  ...{ spike_times_ms: 1, times_ms: 1, time_ms: 1 },
  ...{ spike_times_s: 1000, times_s: 1000, time_s: 1000 },
};
const cellArrays = ["spike_cells", "cells", "cell"];

type Reader = (view: DataView, at: number) => number;

/** Values of arrays, by NumPy's names of their types. */
const readers: Readonly<Record<string, readonly [bytes: number, read: Reader]>> = {
  "<f8": [8, (view, at) => view.getFloat64(at, true)],
  "<f4": [4, (view, at) => view.getFloat32(at, true)],
  "<i8": [8, (view, at) => Number(view.getBigInt64(at, true))],
  "<u8": [8, (view, at) => Number(view.getBigUint64(at, true))],
  "<i4": [4, (view, at) => view.getInt32(at, true)],
  "<u4": [4, (view, at) => view.getUint32(at, true)],
  "<i2": [2, (view, at) => view.getInt16(at, true)],
  "<u2": [2, (view, at) => view.getUint16(at, true)],
  "|u1": [1, (view, at) => view.getUint8(at)],
};

/** Spikes of a NumPy archive: an array of times, whose name says their unit, and one of cells. */
export function npzColumns(name: string, bytes: Uint8Array): TrainColumns {
  const wanted = [...Object.keys(timeArrays), ...cellArrays];
  const arrays = archiveOf(name, bytes, wanted);
  const times = Object.keys(timeArrays).find((one) => arrays[`${one}.npy`]);
  const cells = cellArrays.find((one) => arrays[`${one}.npy`]);
  if (!times || !cells) {
    throw new TrainFileError(
      `${name}: expected arrays of times and cells: ${Object.keys(timeArrays).join(", ")}, and ${cellArrays.join(", ")}`,
    );
  }
  const valuesOf = (array: string) => npyValues(`${name}, ${array}`, arrays[`${array}.npy`]!);
  return {
    timesMs: valuesOf(times).map((time) => time * timeArrays[times]!),
    cells: valuesOf(cells),
    placeOf: (k) => `${name}, ${times}[${k}]`,
  };
}

function archiveOf(name: string, bytes: Uint8Array, wanted: readonly string[]) {
  try {
    return unzipSync(bytes, { filter: ({ name: entry }) => wanted.includes(entry.slice(0, -4)) });
  } catch (error) {
    throw new TrainFileError(`${name} is not an intact NumPy archive: ${(error as Error).message}`);
  }
}

function npyValues(what: string, bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isNpy = bytes.length > 12 && bytes[0] === 0x93 && bytes[6]! <= 3;
  const wide = isNpy && bytes[6]! > 1;
  const start = isNpy ? (wide ? 12 + view.getUint32(8, true) : 10 + view.getUint16(8, true)) : 0;
  const header = new TextDecoder("latin1").decode(bytes.subarray(0, start));
  const [, type = ""] = /'descr': '([^']+)'/.exec(header) ?? [];
  const [, shape] = /'shape': \((\d+),\)/.exec(header) ?? [];
  const [size, read] = readers[type] ?? [];
  if (!read || shape === undefined || start + Number(shape) * size! > bytes.length) {
    throw new TrainFileError(`${what}: expected a one-dimensional array of little-endian numbers`);
  }
  return Float64Array.from({ length: Number(shape) }, (_, k) => read(view, start + k * size!));
}
