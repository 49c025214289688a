import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sonataFiles } from "../../src/export/sonata.ts";
import { exportRun } from "../../src/runs/export.ts";
import { sampleOf, smallNetwork, smallSpikes } from "../recording/small-run.ts";
import { type Hdf5Object, hdf5TextTypes, hdf5Tree } from "./hdf5-tree.ts";
import { pythonWith } from "./python.ts";
import { exportFolder, smallExcerpt, smallRun } from "./recorded-excerpt.ts";

const folder = exportFolder();
const python = pythonWith("h5py");
let trees: Record<string, Record<string, Hdf5Object>>;

/** Files of a run of the 2013 model. */
const written = sonataFiles.filter((name) => !/activity/.test(name));

beforeAll(async () => {
  const files = await exportRun(smallExcerpt(), { format: "sonata", path: folder });
  expect(files).toEqual(written.map((name) => join(folder, name)));
  if (!python) return;
  const hdf5 = written.filter((name) => name.endsWith(".h5"));
  trees = Object.fromEntries(hdf5.map((name) => [name, hdf5Tree(python, join(folder, name))]));
});

const text = (name: string) => readFileSync(join(folder, name), "utf8");

/** Rows of one of SONATA's tables: separated by spaces, with a header. */
const rowsOf = (name: string) => {
  const [header, ...rows] = text(name)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
  return rows.map((row) => Object.fromEntries(row.map((value, k) => [header![k]!, value])));
};

const value = (type: string, values: readonly (number | string)[], shape = [values.length]) => ({
  type,
  shape,
  values: [...values],
});

describe.skipIf(!python)("the HDF5 files of SONATA", () => {
  it("say what they are", () => {
    for (const tree of Object.values(trees)) {
      expect(tree["/"]!.attributes).toMatchObject({
        magic: value("uint32", [0x0a7a], []),
        version: value("uint32", [0, 1]),
      });
    }
  });

  it("hold texts as C strings: attributes in ASCII, columns of cells in UTF-8", () => {
    for (const name of Object.keys(trees)) {
      for (const { of, ...type } of hdf5TextTypes(python!, join(folder, name))) {
        const characters = of.includes("@") ? "ASCII" : "UTF8";
        expect([of, type]).toEqual([of, { isVariable: true, padding: "NULLTERM", characters }]);
      }
    }
    const found = hdf5TextTypes(python!, join(folder, "nodes.h5")).map(({ of }) => of);
    expect(found).toEqual(
      ["cell_class", "model_type", "pop_name"].map((name) => `/nodes/column/0/${name}`),
    );
    const attributes = hdf5TextTypes(python!, join(folder, "edges.h5")).map(({ of }) => of);
    expect(attributes).toEqual(
      ["source", "target"].map((end) => `/edges/column_to_column/${end}_node_id@node_population`),
    );
  });

  it("hold all spikes in order of time, as the specification lays them out", () => {
    const tree = trees["spikes.h5"]!;
    expect(Object.keys(tree)).toEqual([
      "/",
      "/spikes",
      "/spikes/column",
      "/spikes/column/node_ids",
      "/spikes/column/timestamps",
    ]);
    expect(tree["/spikes/column"]!.attributes).toEqual({ sorting: value("enum", ["by_time"], []) });
    const timestamps = tree["/spikes/column/timestamps"]!;
    expect(timestamps.attributes).toEqual({ units: value("text", ["ms"], []) });
    expect(timestamps.data).toEqual(value("float64", [...smallSpikes.timesMs]));
    expect(tree["/spikes/column/node_ids"]!.data).toEqual(value("uint64", [...smallSpikes.cells]));
  });

  it("hold the cells, their types and places", () => {
    const tree = trees["nodes.h5"]!;
    const column = (name: string) => tree[`/nodes/column/${name}`]!.data;
    expect(column("node_id")).toEqual(value("uint64", [0, 1, 2, 3, 4, 5]));
    expect(column("node_type_id")).toEqual(value("uint32", [0, 0, 0, 1, 1, 2]));
    expect(column("node_group_id")).toEqual(value("uint32", [0, 0, 0, 0, 0, 0]));
    expect(column("node_group_index")).toEqual(value("uint32", [0, 1, 2, 3, 4, 5]));
    expect(column("0/x")).toEqual(value("float64", [...smallNetwork.xUm]));
    expect(column("0/z")).toEqual(value("float64", [...smallNetwork.zUm]));
    expect(column("0/pop_name")).toEqual(value("text", ["E6", "E6", "E6", "I6", "I6", "I6L"]));
    expect(column("0/cell_class")).toEqual(value("text", ["E", "E", "E", "FS", "FS", "LTS"]));
    expect(column("0/model_type")).toEqual(value("text", Array(6).fill("point_neuron")));
    expect(column("0/layer")).toEqual(value("int32", Array(6).fill(6)));
    expect(rowsOf("node_types.csv")[2]).toEqual({
      node_type_id: "2",
      population: "column",
      model_type: "point_neuron",
      model_template: "NULL",
      pop_name: "I6L",
      cell_class: "LTS",
      layer: "6",
      original_type: "11",
    });
  });

  it("hold the synapses with the gains as last recorded", () => {
    const tree = trees["edges.h5"]!;
    const edges = (name: string) => tree[`/edges/column_to_column/${name}`]!;
    for (const [name, cells] of [
      ["source_node_id", [0, 0, 2, 4]],
      ["target_node_id", [1, 5, 3, 0]],
    ] as const) {
      expect(edges(name).data).toEqual(value("uint64", cells));
      expect(edges(name).attributes).toEqual({ node_population: value("text", ["column"], []) });
    }
    const kinds = rowsOf("edge_types.csv").map((row) => `${row["receptors"]} ${row["site"]}`);
    const types = edges("edge_type_id").data!.values as number[];
    expect(types.map((type) => kinds[type])).toEqual([
      ...Array(3).fill("AMPA,NMDA distal"),
      "GABA_A proximal",
    ]);
    expect(edges("edge_group_index").data).toEqual(value("uint32", [0, 1, 2, 3]));
    expect(edges("0/delay").data).toEqual(value("float64", [...smallNetwork.delayMs]));
    expect(edges("0/syn_weight").data).toEqual(value("float64", [...smallNetwork.fastWeightMv]));
    expect(edges("0/nmda_weight").data).toEqual(value("float64", [...smallNetwork.slowWeightMv]));
    expect(edges("0/distal").data).toEqual(value("int8", [...smallNetwork.distal]));
    expect(edges("0/plastic_gain").data).toEqual(value("float64", [...smallRun.gains(1)]));
  });

  it("index the synapses by the cells that send and receive them", () => {
    const tree = trees["edges.h5"]!;
    const index = (name: string) => tree[`/edges/column_to_column/indices/${name}`]!.data;
    const ranges = (values: number[]) => value("uint64", values, [values.length / 2, 2]);
    // From cells 0, 0, 2, 4 to cells 1, 5, 3, 0.
    const sent = ranges([0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]);
    const received = ranges([0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4]);
    for (const name of ["node_id_to_ranges", "node_id_to_range"]) {
      expect(index(`source_to_target/${name}`)).toEqual(sent);
      expect(index(`target_to_source/${name}`)).toEqual(received);
    }
    expect(index("source_to_target/range_to_edge_id")).toEqual(ranges([0, 2, 2, 3, 3, 4]));
    expect(index("target_to_source/range_to_edge_id")).toEqual(ranges([3, 4, 0, 1, 2, 3, 1, 2]));
  });

  it("hold samples as reports", () => {
    const tree = trees["scale_factor.h5"]!;
    const report = (name: string) => tree[`/report/column/${name}`]!;
    const expected = [1, 2].flatMap((k) => [...Float32Array.from(sampleOf(6, k).scaleFactor)]);
    expect(report("data").data).toEqual(value("float32", expected, [2, 6]));
    expect(report("data").attributes).toEqual({ units: value("text", ["1"], []) });
    expect(report("mapping/node_ids").data).toEqual(value("uint64", [0, 1, 2, 3, 4, 5]));
    expect(report("mapping/node_ids").attributes).toEqual({ sorted: value("int8", [1], []) });
    expect(report("mapping/index_pointers").data!.values).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(report("mapping/element_ids").data).toEqual(value("uint32", Array(6).fill(1)));
    expect(report("mapping/time").data).toEqual(value("float64", [5000, 15_000, 5000]));
    expect(report("mapping/time").attributes).toEqual({ units: value("text", ["ms"], []) });
    // Scaling has set no target.
    expect(trees["target_rate.h5"]!["/report/column/data"]!.data!.values).toEqual(
      Array(12).fill("nan"),
    );
    expect(trees["sensed_rate.h5"]!["/report/column/data"]!.attributes).toEqual({
      units: value("text", ["kHz"], []),
    });
  });
});

describe("the configurations of SONATA", () => {
  it("name files that are there", () => {
    const circuit = JSON.parse(text("circuit_config.json"));
    const { nodes, edges } = circuit.networks;
    const simulation = JSON.parse(text("simulation_config.json"));
    const named = [
      ...[...nodes, ...edges].flatMap(({ populations, ...files }) => Object.values(files)),
      circuit.node_sets_file,
      simulation.network,
      simulation.node_sets_file,
      simulation.output.spikes_file,
      ...Object.values(simulation.reports).map((one) => (one as { file_name: string }).file_name),
    ].map((path) => String(path).replace("$BASE_DIR/", ""));
    expect(named).toHaveLength(4 + 4 + 4 + 6);
    for (const name of named) expect(sonataFiles).toContain(name);
  });

  it("say of which kind each population is, as libsonata asks", () => {
    const { nodes, edges } = JSON.parse(text("circuit_config.json")).networks;
    expect(nodes[0].populations).toEqual({ column: { type: "point_neuron" } });
    expect(edges[0].populations).toEqual({ column_to_column: { type: "chemical" } });
  });

  it("describe reports that end with the run", () => {
    const { run, reports } = JSON.parse(text("simulation_config.json"));
    const sampled = ["sensed_rate", "target_rate", "scale_factor", "alive"];
    expect(Object.keys(reports).slice(0, 4)).toEqual(sampled);
    for (const [name, report] of Object.entries(reports)) {
      const dt = sampled.includes(name) ? 5000 : 8;
      expect(report).toMatchObject({ type: "compartment", module: "membrane_report", dt });
    }
    expect(reports.potential).toMatchObject({ cells: "recorded_potentials", start_time: 500 });
    // Two samples at intervals of 5 s: a third would be at 15 s, within the run of 20 s.
    expect([reports.alive.end_time, run.tstop]).toEqual([15_000, 20_000]);
  });

  it("tell what was simulated", () => {
    const { run, isocortex, reports } = JSON.parse(text("simulation_config.json"));
    expect(run).toMatchObject({ tstart: 0, tstop: 20_000, random_seed: 1234 });
    expect(isocortex.parameters).toEqual(smallRun.manifest.parameters);
    expect(reports.scale_factor.cells).toBe("column");
    const sets = JSON.parse(text("node_sets.json"));
    expect(sets.recorded_potentials).toEqual({ population: "column", node_id: [1, 4] });
    expect(sets).toMatchObject({ I6L: { pop_name: "I6L" }, LTS: { cell_class: "LTS" } });
  });
});

it.skipIf(!python)(
  "an excerpt without spikes and samples has empty files and no reports",
  async () => {
    const path = join(folder, "empty");
    const run = smallExcerpt({ startMs: 3, endMs: 3.01 });
    expect(run.spikeCount).toBe(0);
    const files = await exportRun(run, { format: "sonata", path });
    expect(files).toHaveLength(written.length - 4 - 6);
    const tree = hdf5Tree(python!, join(path, "spikes.h5"));
    expect(tree["/spikes/column/timestamps"]!.data).toEqual(value("float64", []));
  },
);

it("a report whose last sample is the end of the run is not said to go beyond it", async () => {
  const path = join(folder, "whole");
  await exportRun(smallExcerpt({ endMs: 10_001 }), { format: "sonata", path });
  const { run, reports } = JSON.parse(readFileSync(join(path, "simulation_config.json"), "utf8"));
  expect([run.tstop, reports.alive.end_time]).toEqual([10_001, 10_001]);
  // In the file itself the end is open: a sample there would not be among the data.
  if (!python) return;
  const tree = hdf5Tree(python, join(path, "alive.h5"));
  expect(tree["/report/column/mapping/time"]!.data!.values).toEqual([5000, 15_000, 5000]);
});
