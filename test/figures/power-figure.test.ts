import { expect, it } from "vitest";
import { FigureDataError } from "../../src/figures/figure.ts";
import { powerFigure } from "../../src/figures/power-figure.ts";
import { lightTheme } from "../../src/figures/theme.ts";
import { figureDocument } from "../../src/node/picture.ts";

const frequenciesHz = Float64Array.from({ length: 100 }, (_, k) => k + 0.5);
const peakAt = (peakHz: number) =>
  frequenciesHz.map((f) => 0.005 + 0.05 / (1 + ((f - peakHz) / 4) ** 2));
const segment = (startMs: number, peakHz: number) => ({
  startMs,
  endMs: startMs + 800_000,
  excitatory: peakAt(peakHz),
  inhibitory: peakAt(peakHz + 20),
});

it("draws a line for every group and segment", () => {
  const segments = [segment(0, 10), segment(800_000, 30)];
  const figure = powerFigure(
    { frequenciesHz, segments },
    { document: figureDocument(), title: "T" },
  );
  expect(figure.svg.match(/stroke-opacity="0\.5"/g)).toHaveLength(2);
  expect(figure.svg.match(new RegExp(`stroke="${lightTheme.excitatory}"`, "g"))).toHaveLength(2);
  expect(figure.svg.match(new RegExp(`stroke="${lightTheme.inhibitory}"`, "g"))).toHaveLength(2);
  expect(figure.caption).toContain("One line per 800 s, from pale (the first)");
  expect(figure.tables[0]!.columns.map(({ name }) => name)).toEqual([
    "frequency_hz",
    "excitatory_from_0_ms_per_hz",
    "inhibitory_from_0_ms_per_hz",
    "excitatory_from_800000_ms_per_hz",
    "inhibitory_from_800000_ms_per_hz",
  ]);
});

it("keeps the usual axis for a drift below 1 Hz, and makes room for a real peak", () => {
  const draw = (changed: number) => {
    const one = segment(0, 10);
    one.excitatory[changed] = 0.5;
    return powerFigure({ frequenciesHz, segments: [one] }, { document: figureDocument() }).svg;
  };
  expect(draw(0)).toContain(">0.08<");
  expect(draw(40)).toContain(">0.5<");
});

it("refuses to draw nothing", () => {
  const draw = () => powerFigure({ frequenciesHz, segments: [] }, { document: figureDocument() });
  expect(draw).toThrow(FigureDataError);
});
