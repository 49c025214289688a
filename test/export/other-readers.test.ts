import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import * as jsfive from "jsfive";
import { beforeAll, describe, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { exportRun } from "../../src/runs/export.ts";
import { openRun } from "../../src/runs/opening.ts";
import { pythonWith, runPython } from "./python.ts";
import { exportFolder } from "./recorded-excerpt.ts";

function recorded(name: string): RunReader {
  return openRun(fileURLToPath(new URL(`../records-0.2.0/records/${name}`, import.meta.url)));
}

/** A run with trials, deletions, scaling and targets that are not set at first. */
const run = recorded("deletion");
const excerpt = () => new RunExcerpt(run);
const { cellCount } = run.manifest.network;

const folder = exportFolder();
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  const learning = new RunExcerpt(recorded("training"));
  for (const [table, of] of [
    ["spikes", excerpt()],
    ["cells", excerpt()],
    ["weights", learning],
  ] as const) {
    await exportRun(of, { format: "csv", table, path: file(`${table}.csv`) });
  }
  await exportRun(excerpt(), { format: "nwb", path: file("run.nwb") });
  await exportRun(excerpt(), { format: "sonata", path: file("sonata") });
  await exportRun(excerpt(), { format: "neuron", path: file("neuron") });
});

const spikes = { timesMs: [] as number[], cells: [] as number[] };
for (const { timesMs, cells } of excerpt().spikeBlocks()) {
  spikes.timesMs.push(...timesMs);
  spikes.cells.push(...cells);
}

const samplesOf = (name: "sensedRateKhz" | "targetRateKhz" | "scaleFactor") =>
  Array.from(run.sampleTimesMs, (_, sample) => [...excerpt().sample(sample)[name]]).flat();

/** Gains of all records of the run that learned, of synapses from E cells as the table has them. */
function recordedGains(): number[] {
  const learned = recorded("training");
  const { presynaptic } = learned.synapses();
  const excitatory = learned.manifest.populations.flatMap(({ cellClass, cellCount: count }) =>
    Array<boolean>(count).fill(cellClass === "E"),
  );
  const records = Array.from(learned.gainTimesMs, (_, record) => [...learned.gains(record)]);
  return records.flatMap((gains) =>
    gains.filter((_, synapse) => excitatory[presynaptic[synapse]!]),
  );
}

const spikesInS = (cell: number) =>
  spikes.timesMs.filter((_, spike) => spikes.cells[spike] === cell).map((timeMs) => timeMs / 1000);

/** What a program in Python prints as JSON; numbers that JSON has not are null. */
function printed(python: string, code: string): Record<string, unknown[]> {
  return JSON.parse(runPython(python, code, folder).replaceAll("NaN", "null"));
}

const orNull = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? null : value));

describe.skipIf(!pythonWith("pandas"))("pandas", () => {
  it("reads every table to the last bit", () => {
    const tables = printed(
      pythonWith("pandas")!,
      `
import json, pandas, sys
tables = {}
for name in ("spikes", "cells", "weights"):
    table = pandas.read_csv(f"{sys.argv[1]}/{name}.csv", float_precision="round_trip")
    tables.update({f"{name}.{column}": table[column].tolist() for column in table})
print(json.dumps(tables))`,
    );
    expect(tables["spikes.time_ms"]).toEqual(spikes.timesMs);
    expect(tables["spikes.cell"]).toEqual(spikes.cells);
    expect(tables["cells.sensed_rate_khz"]).toEqual(samplesOf("sensedRateKhz"));
    expect(tables["cells.scale_factor"]).toEqual(samplesOf("scaleFactor"));
    expect(tables["weights.gain"]).toEqual(recordedGains());
  });
});

describe("DuckDB", () => {
  it("reads every table to the last bit", async () => {
    const duckdb = await (await DuckDBInstance.create(":memory:")).connect();
    const columnsOf = async (table: string) =>
      (await duckdb.runAndReadAll(`from '${file(`${table}.csv`)}'`)).getColumnsObject();
    const read = await columnsOf("spikes");
    expect(read["time_ms"]).toEqual(spikes.timesMs);
    expect(read["cell"]!.map(Number)).toEqual(spikes.cells);
    const cells = await columnsOf("cells");
    expect(cells["target_rate_khz"]).toEqual(samplesOf("targetRateKhz"));
    expect(cells["scale_factor"]).toEqual(samplesOf("scaleFactor"));
  });
});

describe.skipIf(!pythonWith("hdmf"))("HDMF", () => {
  it("reads NWB to the last bit, and texts as texts", () => {
    const values = printed(
      pythonWith("hdmf")!,
      `
import json, sys
from hdmf.backends.hdf5 import HDF5IO
from hdmf.common import get_manager
with HDF5IO(sys.argv[1] + "/run.nwb", mode="r", manager=get_manager()) as io:
    file = io.read_builder()
    units, cells = file["units"], file["processing/cells"]
    assert units["spike_times_index"].attributes["target"] is units["spike_times"]
    print(json.dumps({
        "spikes": units["spike_times"].data[:].tolist(),
        "ends": units["spike_times_index"].data[:].tolist(),
        "population": list(units["population"].data[:]),
        "targets": cells["target_rate/data"].data[:].ravel().tolist(),
        "factors": cells["scale_factor/data"].data[:].ravel().tolist(),
        "delays": file["processing/network/synapses/delay_ms"].data[:].tolist(),
        "inputs": list(file["intervals/trials/input"].data[:]),
    }))`,
    );
    const cells = Array.from({ length: cellCount }, (_, cell) => cell);
    expect(values["spikes"]).toEqual(cells.flatMap(spikesInS));
    const ends = values["ends"] as number[];
    expect(ends.map((end, cell) => end - (ends[cell - 1] ?? 0))).toEqual(
      cells.map((cell) => spikesInS(cell).length),
    );
    const names = run.manifest.populations.flatMap(({ name, cellCount: count }) =>
      Array<string>(count).fill(name),
    );
    expect(values["population"]).toEqual(names);
    const targets = samplesOf("targetRateKhz").map((rate) => (rate === -1 ? Number.NaN : rate));
    expect(targets.some(Number.isNaN)).toBe(true);
    expect(values["targets"]).toEqual(orNull(targets));
    expect(values["factors"]).toEqual(samplesOf("scaleFactor"));
    expect(values["delays"]).toEqual([...excerpt().synapses().delayMs]);
    expect(new Set(values["inputs"])).toEqual(new Set(["unique", "repeat"]));
  });
});

describe("jsfive, which shares no code with the HDF5 library,", () => {
  const open = (name: string) => {
    const { buffer, byteOffset, byteLength } = readFileSync(file(name));
    return new jsfive.File(buffer.slice(byteOffset, byteOffset + byteLength), name);
  };
  const valuesOf = (name: string, path: string) => [...open(name).get(path).value].map(Number);

  it("reads SONATA to the last bit", () => {
    expect(valuesOf("sonata/spikes.h5", "spikes/column/timestamps")).toEqual(spikes.timesMs);
    expect(valuesOf("sonata/spikes.h5", "spikes/column/node_ids")).toEqual(spikes.cells);
    const { presynaptic, delayMs } = excerpt().synapses();
    const edges = "edges/column_to_column";
    expect(valuesOf("sonata/edges.h5", `${edges}/source_node_id`)).toEqual([...presynaptic]);
    expect(valuesOf("sonata/edges.h5", `${edges}/0/delay`)).toEqual([...delayMs]);
    const factors = [...Float32Array.from(samplesOf("scaleFactor"))];
    expect(valuesOf("sonata/scale_factor.h5", "report/column/data")).toEqual(factors);
  });

  it("reads NWB's spikes to the last bit", () => {
    const cells = Array.from({ length: cellCount }, (_, cell) => cell);
    expect(valuesOf("run.nwb", "units/spike_times")).toEqual(cells.flatMap(spikesInS));
  });
});

describe.skipIf(!pythonWith("neuron"))("NEURON", () => {
  it("reads the original's files to the last bit", () => {
    const values = printed(
      pythonWith("neuron")!,
      `
import json, os, sys
os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h
folder, file, vector, times, cells = sys.argv[1] + "/neuron", h.File(), h.Vector(), [], []
file.ropen(folder + "/spks")
for line in open(folder + "/.spks"):
    count, offset = map(int, line.split()[-2:])
    file.seek(offset)
    vector.fread(file, count)
    times += list(vector)
    vector.fread(file, count)
    cells += list(vector)
print(json.dumps({"times": times, "cells": cells}))`,
    );
    expect(values["times"]).toEqual(spikes.timesMs);
    expect(values["cells"]).toEqual(spikes.cells);
  });
});
