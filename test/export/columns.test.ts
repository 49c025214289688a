import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { buildNetwork, type Network } from "../../src/network/construction.ts";
import { recordedParameters } from "../../src/recording/recorded-parameters.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { exportRun } from "../../src/runs/export.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";
import { weightMatrices } from "../../src/synapses/weight-matrices.ts";
import { type Hdf5Object, hdf5Tree } from "./hdf5-tree.ts";
import { nwbErrors } from "./nwb-requirements.ts";
import { pythonWith } from "./python.ts";
import { exportFolder } from "./recorded-excerpt.ts";

const folder = exportFolder();
const python = pythonWith("h5py");
let run: RunReader;
let network: Network;

beforeAll(async () => {
  const text = "duration: 60 ms\nparameters: { sizeFactor: 0.3, columnsX: 2, columnsY: 2 }";
  run = await runExperiment(readExperiment(text));
  network = buildNetwork(recordedParameters(run.manifest));
  for (const format of ["npz", "nwb"] as const) {
    await exportRun(new RunExcerpt(run), { format, path: join(folder, `run.${format}`) });
  }
  await exportRun(new RunExcerpt(run), { format: "sonata", path: join(folder, "sonata") });
  const csv = { format: "csv", table: "synapses", path: join(folder, "synapses.csv") } as const;
  await exportRun(new RunExcerpt(run), csv);
});

const columnOf = (cell: number) => Math.floor((4 * cell) / network.cellCount);
const columns = () => Array.from({ length: network.cellCount }, (_, cell) => columnOf(cell));

it("a record holds the synapses between columns", () => {
  const { interColumn } = network;
  const { presynaptic, postsynaptic, delayMs, distal, ...weights } = run.interColumnSynapses()!;
  expect(presynaptic.length).toBeGreaterThan(100);
  expect(postsynaptic).toEqual(interColumn!.postsynaptic);
  expect(delayMs).toEqual(interColumn!.delayMs);
  expect(weights).toEqual({
    fastWeightMv: interColumn!.fastWeightMv,
    slowWeightMv: interColumn!.slowWeightMv,
  });
  expect(new Set(distal)).toEqual(new Set([1]));
  presynaptic.forEach((cell, k) => {
    expect(k).toBeGreaterThanOrEqual(interColumn!.firstSynapse[cell]!);
    expect(k).toBeLessThan(interColumn!.firstSynapse[cell + 1]!);
  });
});

it("matrices of weights hold them, without gain and scaling", () => {
  const { populations } = run.manifest;
  const between = run.interColumnSynapses()!;
  const state = {
    timeMs: 1,
    gains: new Float64Array(network.synapseCount).fill(2),
    scaleFactor: new Float64Array(network.cellCount).fill(3),
  };
  const [matrices] = weightMatrices(run.synapses(), populations, [state], between);
  const [from, onto] = [
    ["E5R", 1],
    ["E5B", 3],
  ].map(([name, column]) =>
    populations.findIndex((one) => one.name === name && one.column === column),
  ) as [number, number];
  const at = from * populations.length + onto;
  const { fastWeightMv } = between;
  expect(matrices!.synapseCount[at]).toBeGreaterThan(0);
  expect(matrices!.meanGain[at]).toBe(1);
  expect(matrices!.meanWeightMv[at]).toBeCloseTo(Math.min(...fastWeightMv), 12);
  expect(matrices!.synapseCount.reduce((sum, count) => sum + count, 0)).toBe(
    network.synapseCount + fastWeightMv.length,
  );
});

it("a table of synapses lists those within columns, then those between", () => {
  const [header, ...rows] = readFileSync(join(folder, "synapses.csv"), "utf8")
    .trimEnd()
    .split("\n");
  expect(header).toBe("presynaptic,postsynaptic,delay_ms,distal,fast_weight_mv,slow_weight_mv");
  const synapses = rows.map((row) => row.split(",").map(Number));
  const isBetween = synapses.map(([one, other]) => columnOf(one!) !== columnOf(other!));
  expect(isBetween.indexOf(true)).toBe(network.synapseCount);
  expect(isBetween.lastIndexOf(false)).toBe(network.synapseCount - 1);
  expect(synapses.map(([, , delayMs]) => delayMs)).toEqual([
    ...network.delayMs,
    ...network.interColumn!.delayMs,
  ]);
});

it("an archive of arrays holds both, and the column of each cell", () => {
  const arrays = unzipSync(readFileSync(join(folder, "run.npz")));
  const { fastWeightMv } = network.interColumn!;
  const bytes = arrays["inter_column_fast_weight_mv.npy"]!.slice(-fastWeightMv.byteLength);
  expect(new Float64Array(bytes.buffer)).toEqual(fastWeightMv);
  const ofCells = arrays["column.npy"]!.slice(-2 * network.cellCount);
  expect([...new Uint16Array(ofCells.buffer)]).toEqual(columns());
});

describe.skipIf(!python)("HDF5 files of several columns", () => {
  const values = (tree: Record<string, Hdf5Object>, path: string) => tree[path]!.data!.values;

  it("NWB: units name their column, and the synapses between have a table", () => {
    const tree = hdf5Tree(python!, join(folder, "run.nwb"));
    expect(nwbErrors(tree)).toEqual([]);
    expect(values(tree, "/units/column")).toEqual(columns());
    const table = "/processing/network/inter_column_synapses";
    expect(values(tree, `${table}/delay_ms`)).toEqual([...network.interColumn!.delayMs]);
    expect(values(tree, `${table}/postsynaptic`)).toEqual([...network.interColumn!.postsynaptic]);
    expect(values(tree, "/processing/network/synapses/delay_ms")).toHaveLength(
      network.synapseCount,
    );
  });

  it("SONATA: nodes name their column, and edges cross between columns", () => {
    const nodes = hdf5Tree(python!, join(folder, "sonata", "nodes.h5"));
    expect(values(nodes, "/nodes/column/0/column")).toEqual(columns());
    const edges = hdf5Tree(python!, join(folder, "sonata", "edges.h5"));
    const [sources, targets, delays, weights, gains] = [
      "source_node_id",
      "target_node_id",
      "0/delay",
      "0/syn_weight",
      "0/plastic_gain",
    ].map((name) => values(edges, `/edges/column_to_column/${name}`));
    const isBetween = sources!.map((one, k) => columnOf(+one) !== columnOf(+targets![k]!));
    expect(isBetween.filter(Boolean)).toHaveLength(network.interColumn!.delayMs.length);
    const between = (all: readonly (number | string)[]) => all.filter((_, k) => isBetween[k]);
    expect(between(delays!)).toEqual([...network.interColumn!.delayMs]);
    expect(between(weights!)).toEqual([...network.interColumn!.fastWeightMv]);
    expect(new Set(between(gains!))).toEqual(new Set([1]));
  });
});
