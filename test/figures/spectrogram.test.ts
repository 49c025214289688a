import { expect, test } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { spectrogramFigure } from "../../src/figures/spectrogram.ts";
import { document, periods } from "./small-column.ts";

const frequenciesHz = Float64Array.from({ length: 20 }, (_, k) => 2.5 + 5 * k);

/** Power with a peak that rises by 10 Hz a segment. */
const power = (height: number) => ({
  edgesMs: Float64Array.of(0, 500, 1000, 1500, 2000),
  frequenciesHz,
  bandHz: 5,
  density: [0, 1, 2, 3].map((segment) =>
    frequenciesHz.map((f) => height / (1 + ((f - 10 * segment - 10) / 6) ** 2)),
  ),
});

const data = { excitatory: power(1), inhibitory: power(20), periods, branchMs: 500 };

test("a spectrogram of a branch, its past in grey", async () => {
  const figure = spectrogramFigure(data, { document, title: "Spectrogram" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/spectrogram.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Multitaper spectra of the spike counts of all excitatory and all inhibitory cells in segments of 500 ms, mean removed; power in decibels of 1 count²/Hz, colours from the lowest 1 % of the values to the highest 0.2 %. Grey: the past, before it branched off at 0.5 s. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s."`,
  );
  expect(figure.svg.match(/<image /g)).toHaveLength(6);
});

test("the numbers fill a grid of segments by frequencies", () => {
  const [table] = spectrogramFigure(data, { document }).tables;
  expect(table!.shape).toEqual([4, 20]);
  const [starts, , frequencies, density] = table!.columns.map(({ values }) => values);
  expect(density!.length).toBe(80);
  expect([starts![20], frequencies![21]]).toEqual([500, 7.5]);
  expect(density![47]).toBe(data.excitatory.density[2]![7]);
});

test("silence is left blank, and no time is refused", () => {
  const silent = { ...power(0), density: [0, 1, 2, 3].map(() => new Float64Array(20)) };
  const figure = spectrogramFigure({ excitatory: silent, inhibitory: power(1) }, { document });
  expect(figure.svg).not.toMatch(/NaN|Infinity/);
  const none = { ...power(1), edgesMs: new Float64Array(0), density: [] };
  expect(() => spectrogramFigure({ excitatory: none, inhibitory: none }, { document })).toThrow(
    FigureDataError,
  );
});
