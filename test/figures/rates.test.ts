import { expect, test } from "vitest";
import { cellsOf, isExcitatory, isInhibitory } from "../../src/analysis/firing/cell-groups.ts";
import { populationRates } from "../../src/analysis/firing/population-rates.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { darkTheme } from "../../src/drawing/theme.ts";
import { type RatesRun, ratesFigure } from "../../src/figures/rates.ts";
import { document, periods, regularSpikes, smallColumn } from "./small-column.ts";

function rates(binMs: number, durationMs = 2000): RatesRun {
  const ofClass = (wanted: string) => cellsOf(smallColumn, ({ cellClass }) => cellClass === wanted);
  const groups = [
    cellsOf(smallColumn, isExcitatory),
    cellsOf(smallColumn, isInhibitory),
    ofClass("FS"),
    ofClass("LTS"),
    ...smallColumn.map((population) => cellsOf([population])),
  ];
  const interval = { startMs: 0, endMs: durationMs };
  const { edgesMs, ratesHz } = populationRates(regularSpikes(durationMs), groups, {
    ...interval,
    binMs,
  });
  return {
    edgesMs,
    excitatoryHz: ratesHz[0]!,
    inhibitoryHz: ratesHz[1]!,
    fastSpikingHz: ratesHz[2]!,
    lowThresholdSpikingHz: ratesHz[3]!,
    populationsHz: ratesHz.slice(4),
  };
}

const options = { document };
const context = { populations: smallColumn, periods };

test("rates of a branch by population, with its past in grey", async () => {
  const figure = ratesFigure(
    { ...rates(100), ...context, branchMs: 500 },
    { ...options, title: "Rates" },
  );
  await expect(figure.svg).toMatchFileSnapshot("snapshots/rates.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Firing rates of the excitatory and of the inhibitory cells, per living cell, in bins of 100 ms: all (thick) and by population or class. Grey: the past, before it branched off at 0.5 s. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s."`,
  );
  const [table] = figure.tables;
  expect(table!.columns.map(({ name }) => name).slice(0, 7)).toEqual([
    "start_ms",
    "end_ms",
    "is_past",
    "excitatory_hz",
    "inhibitory_hz",
    "fast_spiking_hz",
    "low_threshold_spiking_hz",
  ]);
  expect(table!.columns.slice(7).map(({ name }) => name)).toEqual(
    smallColumn.map(({ name }) => `${name}_hz`),
  );
});

test("compared runs have a colour and a dash each, and a legend", async () => {
  const data = { ...rates(100), label: "one", ...context };
  const others = [{ ...rates(200), label: "the other", branchMs: 500 }];
  const figure = ratesFigure({ ...data, others }, { ...options, theme: darkTheme });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/rates-compared-dark.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Firing rates of the excitatory and of the inhibitory cells, per living cell, in bins of 100 ms. Compared: one, the other. Grey: the past of the other, before it branched off at 0.5 s. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s."`,
  );
  expect(figure.tables.map(({ name }) => name)).toEqual(["one", "the-other"]);
});

test("no bins are refused", () => {
  const none = { ...rates(100), edgesMs: new Float64Array(0), ...context };
  expect(() => ratesFigure(none, options)).toThrow(FigureDataError);
});
