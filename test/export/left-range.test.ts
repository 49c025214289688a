import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { h5wasm } from "h5wasm/node";
import { beforeAll, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { type ExportFormat, exportRun } from "../../src/runs/export.ts";
import { description, progressAt, sampleOf, smallNetwork } from "../recording/small-run.ts";
import { exportFolder } from "./recorded-excerpt.ts";

const folder = exportFolder();
const store = new MemoryStore();

/** Cell 0 leaves the range at 10 s and the finite numbers at 20 s. */
function excerpt(endMs = Number.POSITIVE_INFINITY): RunExcerpt {
  return new RunExcerpt(new RunReader(store), { endMs });
}

beforeAll(async () => {
  const writer = RunWriter.create(store, description, smallNetwork);
  const alive = new Uint8Array(6).fill(1);
  for (const [timeMs, factor] of [
    [5000, 1],
    [10_000, 1e37],
    [20_000, Infinity],
  ] as const) {
    const scaleFactor = new Float64Array(6).fill(1).fill(factor, 0, 1);
    writer.appendSample(timeMs, { ...sampleOf(6, 1), alive, scaleFactor });
  }
  writer.appendGains(20_000, new Float64Array(4).fill(1));
  writer.finish("complete", progressAt(20_000));
  await h5wasm.ready;
});

const never = [Infinity, Infinity, Infinity, Infinity, Infinity];

async function written(format: ExportFormat, name: string): Promise<string> {
  const path = join(folder, name);
  await exportRun(excerpt(), { format, path });
  return path;
}

/** The numbers of a dataset. */
function numbers(path: string, name: string): number[] {
  const file = new h5wasm.File(path, "r");
  const { value } = file.get(name) as unknown as { value: Float64Array };
  file.close();
  return [...value];
}

it("is when each cell left its range, as far as that is exported", () => {
  expect([...excerpt().firstTimesMs("outsideRange")]).toEqual([10_000, ...never]);
  expect([...excerpt(15_000).firstTimesMs("notFinite")]).toEqual([Infinity, ...never]);
});

it("is in archives of NumPy, SONATA's cells and NWB's units", async () => {
  const arrays = unzipSync(readFileSync(await written("npz", "run.npz")));
  const array = (name: string) => {
    const bytes = arrays[`${name}.npy`]!.slice(-48);
    return [...new Float64Array(bytes.buffer)];
  };
  expect(array("outside_range_ms")).toEqual([10_000, ...never]);
  expect(array("not_finite_ms")).toEqual([20_000, ...never]);

  const nodes = join(await written("sonata", "sonata"), "nodes.h5");
  expect(numbers(nodes, "nodes/column/0/outside_range_ms")).toEqual([10_000, ...never]);
  expect(numbers(nodes, "nodes/column/0/not_finite_ms")).toEqual([20_000, ...never]);

  const units = await written("nwb", "run.nwb");
  const times = numbers(units, "units/not_finite_time");
  expect([times[0], Number.isNaN(times[1]!)]).toEqual([20, true]);
  expect(numbers(units, "units/outside_range_time")[0]).toBe(10);
});

it("is a comment in the original's variables, and infinities are as C prints them", async () => {
  const path = await written("neuron", "neuron");
  const variables = readFileSync(join(path, "vars"), "utf8");
  expect(variables).toContain(
    "# Scale factors outside 0.01 to 100 from 10 s on: 1 of 6 cells (0).\n" +
      "# Scale factors or rates not finite from 20 s on: 1 of 6 cells (0).\n" +
      "# Cell ID,",
  );
  const samples = readFileSync(join(path, "aux"), "utf8");
  expect(samples).toMatch(/^0,8,.*,inf,0$/m);
  expect(samples).toMatch(/^0,8,.*,9999999999999999538762658202121142272\.000000,0$/m);
});
