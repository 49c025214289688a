import { join } from "node:path";
import { expect, it } from "vitest";
import { csvText } from "../../src/export/csv.ts";
import { potentialFields, potentialNames } from "../../src/recording/potentials.ts";
import { type ExportFormat, exportRun } from "../../src/runs/export.ts";
import { potentialsOf, smallReadings } from "../recording/small-run.ts";
import { hdf5Tree } from "./hdf5-tree.ts";
import { nwbErrors } from "./nwb-requirements.ts";
import { pythonWith, runPython } from "./python.ts";
import { exportFolder, smallExcerpt } from "./recorded-excerpt.ts";

/* Potentials of cells 1 and 4 of the small run: every 8 ms from 500 ms on. */

const folder = exportFolder();
const python = pythonWith("h5py");
const numpy = pythonWith("numpy");

/** Readings 10 to 19. */
const range = { startMs: 580, endMs: 660 };
const readings = Array.from({ length: 10 }, (_, k) => potentialsOf(10 + k));
const expected = (name: (typeof potentialNames)[number]) =>
  readings.flatMap((reading) => [...reading[name]]);

async function exported(format: ExportFormat, name: string): Promise<string> {
  const path = join(folder, name);
  await exportRun(smallExcerpt(range), { format, path });
  return path;
}

it("potentials as CSV read back to the same bits", () => {
  const [header, ...lines] = [...csvText(smallExcerpt(range), "potentials")].join("").split("\n");
  expect(header).toBe(
    "time_ms,cell,potential_mv,synaptic_drive_mv,ampa_mv,nmda_mv,gaba_proximal_mv,gaba_distal_mv",
  );
  const rows = lines.slice(0, -1).map((line) => line.split(",").map(Number));
  expect(rows.map(([timeMs]) => timeMs)).toEqual(
    readings.flatMap((_, k) => Array(2).fill(580 + 8 * k)),
  );
  expect(rows.map(([, cell]) => cell)).toEqual(Array(10).fill([1, 4]).flat());
  for (const [k, name] of potentialNames.entries()) {
    expect(rows.map((row) => row[2 + k])).toEqual(expected(name));
  }
  const all = [...csvText(smallExcerpt(), "potentials")].join("").split("\n");
  expect(all).toHaveLength(1 + 2 * smallReadings + 1);
});

it.skipIf(!numpy)("potentials in an archive of NumPy arrays are the same bits", async () => {
  const path = await exported("npz", "run.npz");
  const code =
    "import sys, json, numpy\n" +
    "with numpy.load(sys.argv[1]) as a:\n" +
    "  print(json.dumps({k: [a[k].shape, a[k].ravel().tolist()] for k in a.files if k != 'manifest' and k != 'population_names' and not numpy.isnan(a[k]).any() and not numpy.isinf(a[k]).any()}))";
  const arrays = JSON.parse(runPython(numpy!, code, path));
  expect(arrays.potential_cells).toEqual([[2], [1, 4]]);
  expect(arrays.potential_times_ms[1]).toEqual(readings.map((_, k) => 580 + 8 * k));
  for (const name of potentialNames) {
    expect(arrays[`${potentialFields[name].name}_mv`]).toEqual([[10, 2], expected(name)]);
  }
});

it.skipIf(!python)("potentials in NWB are series with a starting time and a rate", async () => {
  const tree = hdf5Tree(python!, await exported("nwb", "run.nwb"));
  expect(nwbErrors(tree)).toEqual([]);
  const of = (name: string) => tree[`/processing/potentials/${name}`]!;
  expect(of("recorded_cells/cell").data!.values).toEqual([1, 4]);
  for (const name of potentialNames) {
    const series = potentialFields[name].name;
    const { data, attributes } = of(`${series}/data`);
    expect(data).toEqual({ type: "float64", shape: [10, 2], values: expected(name) });
    expect(attributes["unit"]!.values).toEqual(["volts"]);
    expect(attributes["conversion"]!.values[0]).toBeCloseTo(1e-3, 9);
    const start = of(`${series}/starting_time`);
    expect(start.data!.values).toEqual([0.58]);
    expect(start.attributes["rate"]!.values).toEqual([125]);
  }
});

it.skipIf(!python)("potentials in SONATA are reports of the cells that were read", async () => {
  const path = await exported("sonata", "sonata");
  for (const name of potentialNames) {
    const tree = hdf5Tree(python!, join(path, `${potentialFields[name].name}.h5`));
    const report = (part: string) => tree[`/report/column/${part}`]!;
    const values = [...Float32Array.from(expected(name))];
    expect(report("data").data).toEqual({ type: "float32", shape: [10, 2], values });
    expect(report("data").attributes["units"]!.values).toEqual(["mV"]);
    expect(report("mapping/node_ids").data!.values).toEqual([1, 4]);
    expect(report("mapping/time").data!.values).toEqual([580, 660, 8]);
  }
});
