import { type Zippable, zipSync } from "fflate";
import { type NpyValues, npyFile } from "./npy.ts";

/** An array of an archive: its values, and its axes unless it has but one. */
export interface NpzArray {
  readonly values: NpyValues;
  readonly shape?: readonly number[];
}

/** The same in every archive, so that the same arrays give the same bytes. */
const modified = new Date(1980, 0, 1);

/** Arrays by name as a NumPy `.npz` archive, compressed: `numpy.load(file)["name"]`. */
export function npzFile(arrays: Readonly<Record<string, NpzArray>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, { values, shape }] of Object.entries(arrays)) {
    entries[`${name}.npy`] = npyFile(values, shape);
  }
  return zipSync(entries, { mtime: modified });
}
