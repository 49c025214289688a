import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { TableDataError } from "../../src/export/table-data.ts";
import { layerLfps } from "../../src/measures/layer-lfp.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { type ExportFormat, exportRun } from "../../src/runs/export.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";
import { hdf5Tree } from "./hdf5-tree.ts";
import { nwbErrors } from "./nwb-requirements.ts";
import { pythonWith, runPython } from "./python.ts";
import { exportFolder, smallExcerpt, smallRun } from "./recorded-excerpt.ts";

/* LFP proxies in exports are those of `layerLfps`, the measure, to the bit. */

const folder = exportFolder();
const [h5py, numpy, hdmf] = ["h5py", "numpy", "hdmf"].map(pythonWith);
const names = ["proxyMv", "excitatoryMv", "inhibitoryMv"] as const;
const fields = ["lfp_proxy", "lfp_excitatory", "lfp_inhibitory"];

/** Two columns; of one, all cells of a layer are deleted after 40 ms. */
let columns: RunReader;
const range = { startMs: 20, endMs: 50 };

const recorded = (cells: string) =>
  runExperiment(
    readExperiment(`
      duration: 60 ms
      parameters: { sizeFactor: 0.3, columnsX: 2, externalGain: 3 }
      record: { potentials: { cells: "${cells}", every: 0.5 ms } }
      timeline: [{ at: 40 ms, delete: { cells: { of: E4, column: 1 }, fraction: 1 } }]`),
  );

beforeAll(async () => {
  columns = await recorded("all");
});

/** The measure's values in the order of a table: all layers at the first time, then at the next. */
const measured = (name: (typeof names)[number], run: RunReader, part = {}) => {
  const layers = layerLfps(run, part);
  return [...layers[0]!.timesMs.keys()].flatMap((k) => layers.map((layer) => layer[name][k]!));
};

async function exported(format: ExportFormat, run: RunReader, part = {}): Promise<string> {
  const path = join(folder, `${run === columns ? "columns" : "small"}.${format}`);
  await exportRun(new RunExcerpt(run, part), { format, table: "lfp", path, replaceable: "any" });
  return path;
}

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

describe("the table of LFP proxies", () => {
  it("has the measure's values, over several blocks of readings", () => {
    const blocks = [...smallExcerpt().potentialBlocks()];
    expect(blocks.length).toBeGreaterThan(1);
    const text = [...csvText(smallExcerpt(), "lfp")].join("");
    expect(text.slice(0, text.indexOf("\n"))).toBe(
      "time_ms,layer,lfp_proxy_mv,lfp_excitatory_mv,lfp_inhibitory_mv",
    );
    const rows = rowsOf(text);
    // Cell 1 is the only recorded E cell, of layer 6.
    expect(rows.map(([timeMs]) => timeMs)).toEqual([...layerLfps(smallRun)[0]!.timesMs]);
    expect(new Set(rows.map(([, layer]) => layer))).toEqual(new Set([6]));
    names.forEach((name, k) => {
      expect(rows.map((row) => row[2 + k])).toEqual(measured(name, smallRun));
    });
  });

  it("has the column of each layer, a time range, and NaN while no cell lives", async () => {
    const text = readFileSync(await exported("csv", columns, range), "utf8");
    expect(text.slice(0, text.indexOf("\n"))).toBe(
      "time_ms,layer,column,lfp_proxy_mv,lfp_excitatory_mv,lfp_inhibitory_mv",
    );
    const rows = rowsOf(text);
    const places = [2, 4, 5, 6].map((layer) => [layer, 0]);
    expect(rows.slice(0, 8).map(([, ...place]) => place.slice(0, 2))).toEqual([
      ...places,
      ...places.map(([layer]) => [layer, 1]),
    ]);
    names.forEach((name, k) => {
      expect(rows.map((row) => row[3 + k])).toEqual(measured(name, columns, range));
    });
    const dead = rows.filter((row) => Number.isNaN(row[3]));
    expect(dead.length).toBeGreaterThan(10);
    expect(dead.filter(([timeMs]) => timeMs! < 40)).toEqual([]);
    expect(new Set(dead.map(([, ...place]) => place.slice(0, 2).join()))).toEqual(new Set(["4,1"]));
    expect(rows.filter((row) => row[3]! > 0).length).toBeGreaterThan(100);
  });

  it("is refused without recorded potentials of E cells, as is that of potentials", async () => {
    const none = new RunExcerpt(await runExperiment(readExperiment("duration: 10 ms")));
    for (const table of ["lfp", "potentials"] as const) {
      expect(() => csvText(none, table)).toThrow(TableDataError);
      expect(() => csvText(none, table)).toThrow(
        /no recorded potentials\. Record them with isocortex run … --record-potentials; isocortex branch/,
      );
    }
    const inhibitory = new RunExcerpt(await recorded("I"));
    expect(() => csvText(inhibitory, "lfp")).toThrow(/of I cells only; an LFP is that of E cells/);
    expect([...csvText(inhibitory, "potentials")].join("")).toMatch(/^time_ms,cell,column,/);
    const path = join(folder, "refused", "lfp.csv");
    const refused = exportRun(none, { format: "csv", table: "lfp", path });
    await expect(refused).rejects.toThrow(TableDataError);
  });
});

/** Values of arrays as JSON, NaN as text. */
const orNaN = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? "nan" : value));

it.skipIf(!numpy)("LFP proxies in an archive of NumPy arrays are the same bits", async () => {
  const code = `
import sys, json, numpy
with numpy.load(sys.argv[1]) as a:
    print(json.dumps({k: [a[k].shape, [v if v == v else "nan" for v in a[k].ravel().tolist()]]
                      for k in a.files if k.startswith("lfp_")}))`;
  const arrays = JSON.parse(runPython(numpy!, code, await exported("npz", columns, range)));
  const layers = layerLfps(columns, range);
  expect(arrays["lfp_layers"]).toEqual([[8], layers.map(({ layer }) => layer)]);
  expect(arrays["lfp_columns"]).toEqual([[8], [0, 0, 0, 0, 1, 1, 1, 1]]);
  expect(arrays["lfp_cell_counts"]).toEqual([[8], layers.map(({ cellCount }) => cellCount)]);
  names.forEach((name, k) => {
    const values = orNaN(measured(name, columns, range));
    expect(arrays[`${fields[k]}_mv`]).toEqual([[60, 8], values]);
  });
  const small = JSON.parse(runPython(numpy!, code, await exported("npz", smallRun)));
  expect(Object.keys(small)).not.toContain("lfp_columns");
  expect(small["lfp_proxy_mv"][1]).toEqual(measured("proxyMv", smallRun));
});

it.skipIf(!h5py)("LFP proxies in NWB are series with unit, rate and description", async () => {
  const tree = hdf5Tree(h5py!, await exported("nwb", columns, range));
  expect(nwbErrors(tree)).toEqual([]);
  const of = (name: string) => tree[`/processing/lfp/${name}`]!;
  expect(of("layers/layer").data!.values).toEqual([2, 4, 5, 6, 2, 4, 5, 6]);
  expect(of("layers/column").data!.values).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  const counts = layerLfps(columns).map(({ cellCount }) => cellCount);
  expect(of("layers/cell_count").data!.values).toEqual(counts);
  names.forEach((name, k) => {
    const { data, attributes } = of(`${fields[k]}/data`);
    const values = orNaN(measured(name, columns, range));
    expect(data).toEqual({ type: "float64", shape: [60, 8], values });
    expect(attributes["unit"]!.values).toEqual(["volts"]);
    expect(attributes["conversion"]!.values[0]).toBeCloseTo(1e-3, 9);
    const start = of(`${fields[k]}/starting_time`);
    expect(start.data!.values).toEqual([0.02]);
    expect(start.attributes["rate"]!.values).toEqual([2000]);
  });
  const [description] = of("lfp_proxy").attributes["description"]!.values;
  expect(description).toMatch(
    /^Proxy .*without electrode.* AMPA \+ NMDA \+ \|.*Mazzoni et al\. 2008/,
  );
});

it.skipIf(!hdmf)("HDMF reads the LFP proxies of NWB to the last bit", async () => {
  const code = `
import json, sys
from hdmf.backends.hdf5 import HDF5IO
from hdmf.common import get_manager
with HDF5IO(sys.argv[1], mode="r", manager=get_manager()) as io:
    lfp = io.read_builder()["processing/lfp"]
    print(json.dumps([lfp[name + "/data"].data[:].ravel().tolist() for name in sys.argv[2:]]))`;
  const path = await exported("nwb", smallRun);
  const values = JSON.parse(runPython(hdmf!, code, path, ...fields));
  expect(values).toEqual(names.map((name) => measured(name, smallRun)));
});

it.skipIf(!h5py)("exports without potentials of E cells have no LFP proxies", async () => {
  const run = await recorded("I");
  const path = join(folder, "inhibitory.nwb");
  await exportRun(new RunExcerpt(run), { format: "nwb", path });
  const tree = hdf5Tree(h5py!, path);
  expect(nwbErrors(tree)).toEqual([]);
  expect(tree["/processing/potentials/ampa"]).toBeDefined();
  expect(tree["/processing/lfp"]).toBeUndefined();
});
