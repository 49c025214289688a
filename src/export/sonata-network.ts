import type { Dataset } from "h5wasm";
import type { SynapseTable } from "../recording/network-record.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { describe, type Hdf5Group, type Hdf5Values, writeValues } from "./hdf5.ts";
import { writeEdgeIndices } from "./sonata-edge-indices.ts";
import type { ExportTarget } from "./target.ts";

/** The population of all cells, and that of all synapses, as SONATA means it. */
export const columnName = "column";
export const synapsesName = "column_to_column";

/** Kinds of synapses, by the class of the presynaptic cell. */
const synapseKinds = [
  { cellClass: "E", receptors: "AMPA,NMDA", site: "distal" },
  { cellClass: "LTS", receptors: "GABA_A", site: "distal" },
  { cellClass: "FS", receptors: "GABA_A", site: "proximal" },
] as const;

/** Model type that libsonata, which does not read the tables of types, requires for each cell. */
const modelType = "point_neuron";

/** Writes the cells with their positions, µm, and properties; their types are the populations. */
export function* writeNodes(
  file: Hdf5Group,
  run: RunExcerpt,
  target: ExportTarget,
): Generator<void> {
  const { network, populations } = run.manifest;
  const group = file.get(`nodes/${columnName}`) as Hdf5Group;
  const types = Uint32Array.from(run.populations());
  writeIds(group, "node", types);
  writeValues(
    group,
    "node_id",
    BigUint64Array.from({ length: network.cellCount }, (_, k) => BigInt(k)),
  );
  const columns = group.get("0") as Hdf5Group;
  const { xUm, yUm, zUm } = run.positions();
  writeValues(columns, "x", xUm);
  writeValues(columns, "y", yUm);
  writeValues(columns, "z", zUm);
  const of = Array.from(types, (type) => populations[type]!);
  const texts = {
    model_type: of.map(() => modelType),
    pop_name: of.map(({ name }) => name),
    cell_class: of.map(({ cellClass }) => cellClass),
  };
  for (const [name, values] of Object.entries(texts)) {
    target.fillTexts(columns.get(name) as Dataset, values);
  }
  writeValues(columns, "outside_range_ms", run.firstTimesMs("outsideRange"));
  writeValues(columns, "not_finite_ms", run.firstTimesMs("notFinite"));
  writeValues(
    columns,
    "layer",
    Int32Array.from(of, ({ layer }) => layer),
  );
  const ofColumns = run.columns();
  if (ofColumns) writeValues(columns, "column", Int32Array.from(ofColumns));
  yield;
}

/**
 * Writes the synapses, those between columns behind the others: delay, ms, and weights, mV, and the
 * plastic gain as last recorded.
 */
export function* writeEdges(file: Hdf5Group, run: RunExcerpt): Generator<void> {
  const { presynaptic, postsynaptic, delayMs, distal, ...weights } = allSynapses(run);
  const kinds = synapseKindOfCells(run);
  const group = file.create_group("edges").create_group(synapsesName);
  writeIds(
    group,
    "edge",
    presynaptic.map((cell) => kinds[cell]!),
  );
  const ends = { source: presynaptic, target: postsynaptic };
  for (const [name, cells] of Object.entries(ends)) {
    const ids = writeValues(group, `${name}_node_id`, BigUint64Array.from(cells, BigInt));
    describe(ids, { node_population: columnName });
  }
  writeEdgeIndices(group, run.manifest.network.cellCount, ends);
  const columns = group.create_group("0");
  writeValues(columns, "delay", delayMs);
  writeValues(columns, "distal", Int8Array.from(distal));
  writeValues(columns, "syn_weight", weights.fastWeightMv);
  writeValues(columns, "nmda_weight", weights.slowWeightMv);
  const records = run.gainTimesMs.length;
  if (records > 0) {
    const gains = new Float64Array(presynaptic.length).fill(1);
    gains.set(run.gains(records - 1));
    writeValues(columns, "plastic_gain", gains);
  }
  yield;
}

function allSynapses(run: RunExcerpt): SynapseTable {
  const within = run.synapses();
  const between = run.interColumnSynapses();
  if (!between) return within;
  const names = Object.keys(within) as (keyof SynapseTable)[];
  const columns = names.map((name) => {
    const [first, second] = [within[name], between[name]];
    const Values = first.constructor as Float64ArrayConstructor;
    const all = new Values(first.length + second.length);
    all.set(first);
    all.set(second, first.length);
    return [name, all];
  });
  return Object.fromEntries(columns) as SynapseTable;
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
    [id, columnName, modelType, "NULL", name, cellClass, layer, originalType].join(" "),
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
