import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { unzipSync } from "fflate";
import { Dataset, File, ready } from "h5wasm/node";

await ready;

/** Digests of values by file and, within archives and HDF5 files, by array. */
export type OutputDigests = Record<string, string>;

/** Arrays of HDF5 files that hold what was recorded, to the bit. */
const recordedDatasets = [
  "spikes/column/timestamps",
  "spikes/column/node_ids",
  "nodes/column/0/x",
  "edges/column_to_column/source_node_id",
  "edges/column_to_column/target_node_id",
  "edges/column_to_column/0/delay",
  "edges/column_to_column/0/syn_weight",
  "edges/column_to_column/0/plastic_gain",
  "report/column/data",
  "report/column/mapping/time",
  "units/spike_times",
  "units/spike_times_index",
  "processing/cells/sensed_rate/data",
  "processing/cells/scale_factor/data",
  "processing/cells/alive/data",
  "processing/network/plastic_gain/data",
  "processing/network/synapses/delay",
];

/** Digests of all data in a folder of exports and of figures' numbers, pictures aside. */
export function outputDigests(folder: string): OutputDigests {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const digests = paths
    .filter((path) => statSync(join(folder, path)).isFile())
    .flatMap((path) => fileDigests(join(folder, path)).map(([of, value]) => [path + of, value]));
  return Object.fromEntries(digests);
}

function fileDigests(path: string): [string, string][] {
  if (/\.(csv|spks)$|\/(spks|aux)$/.test(path)) return [["", digest(readFileSync(path))]];
  if (/\.npz$/.test(path)) {
    const arrays = Object.entries(unzipSync(readFileSync(path)));
    // The manifest is text, with a few words more in later versions.
    const data = arrays.filter(([name]) => name !== "manifest.npy");
    return data.map(([name, bytes]) => [`/${name}`, digest(bytes)]);
  }
  if (/\.(h5|nwb)$/.test(path)) return hdf5Digests(path);
  if (basename(path) === "vars") {
    const lines = readFileSync(path, "utf8").split("\n");
    return [["", digest(Buffer.from(lines.filter((line) => !line.startsWith("#")).join("\n")))]];
  }
  return [];
}

function hdf5Digests(path: string): [string, string][] {
  const file = new File(path, "r");
  const digests = recordedDatasets.flatMap((name): [string, string][] => {
    const dataset = file.get(name);
    if (!(dataset instanceof Dataset)) return [];
    const { buffer, byteOffset, byteLength } = dataset.value as Float64Array<ArrayBuffer>;
    return [[`/${name}`, digest(new Uint8Array(buffer, byteOffset, byteLength))]];
  });
  file.close();
  return digests;
}

const digest = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex").slice(0, 16);
