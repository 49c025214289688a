import type { RunExcerpt } from "./excerpt.ts";
import { describe, type Hdf5Group, type Hdf5Values, writeValues } from "./hdf5.ts";

/** The population of all cells, and that of all synapses, as SONATA means it. */
export const columnName = "column";
export const synapsesName = "column_to_column";

/** What kinds of synapses there are, by the class of the presynaptic cell. */
const synapseKinds = [
  { cellClass: "E", receptors: "AMPA,NMDA", site: "distal" },
  { cellClass: "LTS", receptors: "GABA_A", site: "distal" },
  { cellClass: "FS", receptors: "GABA_A", site: "proximal" },
] as const;

/** Writes the cells with their positions, µm; their types are the model's populations. */
export function* writeNodes(file: Hdf5Group, run: RunExcerpt): Generator<void> {
  const { cellCount } = run.manifest.network;
  const group = file.create_group("nodes").create_group(columnName);
  writeIds(group, "node", Uint32Array.from(run.populations()));
  writeValues(
    group,
    "node_id",
    BigUint64Array.from({ length: cellCount }, (_, k) => BigInt(k)),
  );
  const { xUm, yUm, zUm } = run.positions();
  const columns = group.create_group("0");
  writeValues(columns, "x", xUm);
  writeValues(columns, "y", yUm);
  writeValues(columns, "z", zUm);
  yield;
}

/** Writes the synapses: delay, ms, and weights, mV, and the plastic gain as last recorded. */
export function* writeEdges(file: Hdf5Group, run: RunExcerpt): Generator<void> {
  const { presynaptic, postsynaptic, delayMs, fastWeightMv, slowWeightMv } = run.synapses();
  const kinds = synapseKindOfCells(run);
  const group = file.create_group("edges").create_group(synapsesName);
  writeIds(
    group,
    "edge",
    presynaptic.map((cell) => kinds[cell]!),
  );
  for (const [name, cells] of Object.entries({ source: presynaptic, target: postsynaptic })) {
    const ids = writeValues(group, `${name}_node_id`, BigUint64Array.from(cells, BigInt));
    describe(ids, { node_population: columnName });
  }
  const columns = group.create_group("0");
  writeValues(columns, "delay", delayMs);
  writeValues(columns, "syn_weight", fastWeightMv);
  writeValues(columns, "nmda_weight", slowWeightMv);
  const records = run.gainTimesMs.length;
  if (records > 0) writeValues(columns, "plastic_gain", run.gains(records - 1));
  yield;
}

/** Types, and where the attributes of each are: in the one group "0", in the same order. */
function writeIds(group: Hdf5Group, kind: "node" | "edge", types: Uint32Array): void {
  const order = Uint32Array.from(types.keys());
  const datasets: Record<string, Hdf5Values> = {
    type_id: types,
    group_id: new Uint32Array(types.length),
    group_index: order,
  };
  for (const [name, values] of Object.entries(datasets)) {
    writeValues(group, `${kind}_${name}`, values);
  }
}

/** The kind of the synapses that each cell sends. */
function synapseKindOfCells({ manifest }: RunExcerpt): Uint8Array {
  const kinds = new Uint8Array(manifest.network.cellCount);
  for (const { cellClass, firstCell, cellCount } of manifest.populations) {
    const kind = synapseKinds.findIndex((one) => one.cellClass === cellClass);
    kinds.fill(kind, firstCell, firstCell + cellCount);
  }
  return kinds;
}

/** The table of node types: the model's populations. Columns are separated by spaces. */
export function nodeTypes({ manifest }: RunExcerpt): string {
  const rows = manifest.populations.map(({ name, cellClass, layer, originalType }, id) =>
    [id, columnName, "point_neuron", "NULL", name, cellClass, layer, originalType].join(" "),
  );
  const header =
    "node_type_id population model_type model_template pop_name cell_class layer original_type";
  return `${[header, ...rows].join("\n")}\n`;
}

/** The table of edge types. */
export function edgeTypes(): string {
  const rows = synapseKinds.map(({ cellClass, receptors, site }, id) =>
    [id, synapsesName, "NULL", cellClass, receptors, site].join(" "),
  );
  const header = "edge_type_id population model_template source_class receptors site";
  return `${[header, ...rows].join("\n")}\n`;
}
