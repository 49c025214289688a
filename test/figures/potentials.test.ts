import { expect, test } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { darkTheme } from "../../src/drawing/theme.ts";
import { type PotentialTrace, potentialsFigure } from "../../src/figures/potentials.ts";
import { document, periods, smallColumn } from "./small-column.ts";

const interval = { startMs: 400, endMs: 700 };

/** A cell that is driven up and down, with a period of its own, and spikes at its peaks. */
function trace(cell: number, timesMs: Float64Array): PotentialTrace {
  const phase = (timeMs: number) => ((timeMs / (50 + 10 * cell)) % 1) - 0.5;
  const drive = timesMs.map((timeMs) => 40 * Math.abs(phase(timeMs)));
  return {
    cell,
    potentialMv: drive.map((mv) => mv - 65),
    driveMv: drive,
    ampaMv: drive.map((mv) => mv + 10),
    nmdaMv: drive.map(() => 1),
    gabaProximalMv: drive.map(() => -4),
    gabaDistalMv: drive.map(() => -7),
    spikeTimesMs: Float64Array.of(450 + cell, 500 + cell),
  };
}

const times = (everyMs: number) =>
  Float64Array.from({ length: 300 / everyMs + 1 }, (_, k) => 400 + k * everyMs);

const figureOf = (cells: readonly number[], everyMs = 1, options = {}) => {
  const timesMs = times(everyMs);
  const traces = cells.map((cell) => trace(cell, timesMs));
  const data = { timesMs, traces, populations: smallColumn, periods };
  return potentialsFigure(data, { document, interval, ...options });
};

test("potentials of several cells, a panel each, with their spikes", async () => {
  const figure = figureOf([0, 3, 8], 1, { title: "Potentials" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/potentials.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Membrane potential of cells 0 (E6), 3 (E6), 8 (I6); ticks: spikes. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, scaling on 0.5 to 2 s."`,
  );
  expect(figure.tables.map(({ name }) => name)).toEqual(["potentials", "spikes"]);
  const [potentials, spikes] = figure.tables;
  expect(potentials!.columns.map(({ name }) => name).slice(0, 3)).toEqual([
    "time_ms",
    "cell_0_potential_mv",
    "cell_0_drive_mv",
  ]);
  expect(potentials!.columns).toHaveLength(1 + 3 * 6);
  expect([...spikes!.columns[0]!.values]).toEqual([450, 453, 458, 500, 503, 508]);
  expect([...spikes!.columns[1]!.values]).toEqual([0, 3, 8, 0, 3, 8]);
});

test("a single cell's receptors and synaptic drive", async () => {
  const figure = figureOf([7], 1, { theme: darkTheme });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/potentials-cell-dark.svg");
  expect(figure.caption).toContain("Below: contributions of AMPA, NMDA and GABA-A receptors");
});

test("lines of very many readings are drawn at the extremes of each stretch", () => {
  const dense = figureOf([0], 0.01);
  expect(dense.svg.length).toBeLessThan(2 * figureOf([0], 0.1).svg.length + 100_000);
  expect(dense.tables[0]!.columns[0]!.values).toHaveLength(30_001);
});

test("a cell's only reading is a dot, and one without any is named", () => {
  const timesMs = times(1);
  const traces = [0, 3].map((cell) => {
    const { potentialMv, ...others } = trace(cell, timesMs);
    return { ...others, potentialMv: potentialMv.fill(Number.NaN, cell === 0 ? 1 : 0) };
  });
  const data = { timesMs, traces, populations: smallColumn };
  const figure = potentialsFigure(data, { document, interval });
  expect(figure.svg.match(/<circle/g)).toHaveLength(1);
  expect(figure.notes).toEqual(["Cell 3: dead throughout this time range."]);
});

test("there is no figure without readings", () => {
  const empty = { timesMs: new Float64Array(0), traces: [], populations: smallColumn };
  expect(() => potentialsFigure(empty, { document, interval })).toThrow(FigureDataError);
});
