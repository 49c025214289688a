import { unzipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { runArchive } from "../../src/export/run-archive.ts";
import { compareRuns } from "../../src/measures/comparison.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { runFigure } from "../../src/pictures/run-figures.ts";
import { recordedParameters } from "../../src/recording/recorded-parameters.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";

const experimentText = (parameters: string) => `
preset: baseline
duration: 300 ms
parameters: { samplingStartMs: 100, samplingIntervalMs: 100${parameters} }
timeline:
  - at: 100 ms
    delete: { cells: { of: E2, column: 1 }, count: 3 }
record:
  potentials: { cells: E4, every: 100 ms }
`;

let run: RunReader;

beforeAll(async () => {
  run = await runExperiment(readExperiment(experimentText(", columnsX: 2")));
});

it("a record of two columns knows the column of each population, and its parameters", () => {
  const { populations, network, parameters } = run.manifest;
  expect(populations).toHaveLength(26);
  expect(populations.map(({ column }) => column)).toEqual([
    ...new Array(13).fill(0),
    ...new Array(13).fill(1),
  ]);
  expect(network.cellCount).toBe(940);
  expect(parameters["columnsX"]?.value).toBe(2);
  expect(recordedParameters(run.manifest).columnsX).toBe(2);
  expect(run.verify()).toEqual([]);
});

it("cells that an entry selects by column die there", () => {
  const [deletion] = run.events().filter((event) => event.kind === "deletion");
  expect(deletion?.cells).toHaveLength(3);
  for (const cell of deletion!.cells) expect(cell).toBeGreaterThanOrEqual(470 + 282);
});

it("a record of one column has neither", async () => {
  const { manifest } = await runExperiment(readExperiment("preset: baseline\nduration: 5 ms"));
  expect(manifest.populations.some((population) => "column" in population)).toBe(false);
  expect(Object.keys(manifest.parameters)).not.toContain("columnsX");
});

it("tables and arrays of two columns name the column of every cell", async () => {
  const excerpt = new RunExcerpt(run);
  const [header, ...rows] = [...csvText(excerpt, "spikes")].join("").trimEnd().split("\n");
  expect(header).toBe("time_ms,cell,column");
  expect(rows.length).toBeGreaterThan(100);
  for (const table of ["spikes", "cells", "potentials"] as const) {
    const [names, ...lines] = [...csvText(excerpt, table)].join("").trimEnd().split("\n");
    expect(names).toMatch(/^time_ms,cell,column/);
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      const [, cell, column] = line.split(",").map(Number);
      expect(column).toBe(cell! < 470 ? 0 : 1);
    }
  }
  const archive = await new Response(runArchive(excerpt)).bytes();
  const { "column.npy": columns } = unzipSync(archive);
  expect(columns!.length).toBe(128 + 2 * 940);
});

it("statistics and figures tell columns apart", () => {
  const drawn = { label: run.manifest.label, history: new RunHistory(run) };
  const { rates } = runStatistics(drawn.history);
  expect(rates.filter(({ column }) => column === 1)).toHaveLength(13);
  const figure = runFigure([drawn], { kind: "rates" });
  const names = figure.tables[0]!.columns.map(({ name }) => name);
  expect(names).toContain("column_1_excitatory_hz");
  expect(names).toContain("column_0_E4_hz");
  expect(figure.caption).toContain("by column");
  expect(runFigure([drawn], { kind: "raster" }).svg).toContain("col 1");
  const { svg, tables } = runFigure([drawn], { kind: "weights" });
  for (const column of [0, 1]) expect(svg).toContain(`, column ${column}`);
  const synapses = tables
    .find(({ name }) => name === "matrices")!
    .columns.find(({ name }) => name === "synapses")!;
  const { synapseCount, interColumnSynapses } = run.manifest.network;
  const dead = [...run.samples().alive.at(-1)!].filter((alive) => !alive).length;
  expect(dead).toBe(3);
  const counted = [...synapses.values].reduce((sum, count) => Number(sum) + Number(count), 0);
  expect(counted).toBeLessThan(synapseCount + interColumnSynapses!);
  expect(counted).toBeGreaterThan(synapseCount);
  expect(() => runFigure([drawn], { kind: "volleys" })).toThrow("several columns");
});

it("a comparison tells columns apart, and takes a single column for the first", async () => {
  const history = new RunHistory(run);
  const { rates } = runStatistics(history);
  const same = compareRuns(history, history).rates;
  expect(same.map(({ population, column, rateBHz }) => [population, column, rateBHz])).toEqual(
    rates.map(({ population, column, rateHz }) => [population, column, rateHz]),
  );
  const text = "preset: baseline\nduration: 300 ms";
  const single = new RunHistory(await runExperiment(readExperiment(text)));
  for (const [a, b] of [
    [history, single],
    [single, history],
  ] as const) {
    const compared = compareRuns(a, b).rates;
    expect(compared.map(({ column }) => column)).toEqual(new Array(13).fill(0));
  }
});
