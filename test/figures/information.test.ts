import { expect, test } from "vitest";
import { cellsOf } from "../../src/analysis/firing/cell-groups.ts";
import { FourierInformation } from "../../src/analysis/transmission/fourier-information.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type InformationFigureData, informationFigure } from "../../src/figures/information.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { cellCount, document, smallColumn } from "./small-column.ts";

const trialMs = 1000;
const trials = Array.from({ length: 12 }, (_, k) => ({
  startMs: k * trialMs,
  endMs: (k + 1) * trialMs,
  input: k % 2 === 0 ? ("unique" as const) : ("repeat" as const),
}));

/** Spikes about 20 Hz that are the same in all repeat trials but for a jitter of 3 ms. */
function spikes() {
  const fresh = randomNumbers(7);
  const found: { timeMs: number; cell: number }[] = [];
  for (const { startMs, input } of trials) {
    const random = input === "repeat" ? randomNumbers(99) : fresh;
    for (let cell = 0; cell < cellCount; cell++) {
      for (let k = 0; k < 20; k++) {
        const timeMs = startMs + 4 + 990 * random() + 3 * fresh();
        found.push({ timeMs, cell });
      }
    }
  }
  found.sort((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: Float64Array.from(found, ({ timeMs }) => timeMs),
    cells: Uint32Array.from(found, ({ cell }) => cell),
  };
}

function data(): InformationFigureData {
  const cells = cellsOf(smallColumn);
  const trains = [
    ...[...cells].map((cell) => Uint32Array.of(cell)),
    ...smallColumn.map((population) => cellsOf([population])),
  ];
  const information = new FourierInformation(trains, trials, { bandHz: 10 });
  information.add(spikes());
  const context = { cells, populations: smallColumn, startMs: 0, endMs: 12_000, trialMs };
  return { ...context, result: information.result(), deletedCount: 0 };
}

const made = data();

test("information of single cells, of populations, and by frequency", async () => {
  const figure = informationFigure(made, { document, title: "Information" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/information.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Information in spikes about the external input (Crumiller et al. 2011), from 6 trials with unique and 6 with repeated input of 1 s each, from 0 to 12 s. For the 48 cells that survive them: single cells (dots; bar: mean of the population), and the summed spikes of each population, each up to half its rate; below, the latter by frequency. Bars: estimate of a population ± standard error."`,
  );
  expect(figure.tables.map(({ name }) => name)).toEqual(["cells", "populations", "spectra"]);
  const [cells, populations, spectra] = figure.tables;
  expect(cells!.columns[0]!.values).toEqual(made.cells);
  expect(populations!.columns[1]!.values.length).toBe(13);
  expect(spectra!.columns).toHaveLength(14);
  expect([...cells!.columns[1]!.values].every((bits) => bits > 1)).toBe(true);
});

test("cells that were deleted meanwhile are told of", () => {
  const { caption } = informationFigure({ ...made, deletedCount: 7 }, { document });
  expect(caption).toMatch(/7 other cells were deleted during this time\./);
});

test("no cells are refused", () => {
  const none = { ...made, cells: new Uint32Array(0), populations: [] };
  expect(() => informationFigure(none, { document })).toThrow(FigureDataError);
});
