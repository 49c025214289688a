import { expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { lightTheme } from "../../src/drawing/theme.ts";
import { powerFigure } from "../../src/figures/power.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";

const frequenciesHz = Float64Array.from({ length: 100 }, (_, k) => k + 0.5);
const peakAt = (peakHz: number) =>
  frequenciesHz.map((f) => 0.005 + 0.05 / (1 + ((f - peakHz) / 4) ** 2));
const limitsOf = (power: Float64Array) => ({
  lower: power.map((value) => value / 1.5),
  upper: power.map((value) => value * 1.5),
});
const segment = (startMs: number, peakHz: number) => ({
  startMs,
  endMs: startMs + 800_000,
  excitatory: peakAt(peakHz),
  inhibitory: peakAt(peakHz + 20),
  excitatoryLimits: limitsOf(peakAt(peakHz)),
  inhibitoryLimits: limitsOf(peakAt(peakHz + 20)),
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
    ...[0, 800_000].flatMap((startMs) =>
      ["excitatory", "inhibitory"].flatMap((kind) =>
        ["", "_lower", "_upper"].map((limit) => `${kind}_from_${startMs}_ms${limit}_per_hz`),
      ),
    ),
  ]);
});

it("draws compared runs with a legend, the past in grey, always to the same text", async () => {
  const run = { frequenciesHz, segments: [segment(0, 10)], label: "one" };
  const other = {
    frequenciesHz,
    segments: [segment(0, 20), segment(800_000, 30)],
    label: "the other",
    branchMs: 800_000,
  };
  const draw = () => powerFigure({ ...run, others: [other] }, { document: figureDocument() });
  await expect(draw().svg).toMatchFileSnapshot("snapshots/power-compared.svg");
  expect(draw().svg).toBe(draw().svg);
  expect(draw().svg.match(/stroke="#6b6b6b" stroke-dasharray/g)).toHaveLength(2);
  expect(draw().tables.map(({ name }) => name)).toEqual(["one", "the-other"]);
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

it("draws spectra in dB over the level of Poisson spikes", () => {
  const one = { ...segment(0, 10), excitatoryPoisson: 0.01, inhibitoryPoisson: 0.02 };
  one.inhibitory[3] = 0;
  const options = { document: figureDocument(), decibels: true };
  const { caption, svg, tables } = powerFigure({ frequenciesHz, segments: [one] }, options);
  expect(caption).toContain("in dB over the level of Poisson spikes of the same rate.");
  expect(svg).toContain("Power over Poisson (dB)");
  const [, excitatory, , , inhibitory] = tables[0]!.columns;
  expect(excitatory!.name).toBe("excitatory_from_0_ms_db");
  expect(excitatory!.values[10]).toBeCloseTo(10 * Math.log10(one.excitatory[10]! / 0.01), 12);
  expect(inhibitory!.values[20]).toBeCloseTo(10 * Math.log10(one.inhibitory[20]! / 0.02), 12);
  expect(inhibitory!.values[3]).toBeNaN();
});

it("lets a drift of the rate leave the axis of decibels, and says so", () => {
  const level = (decibels: number) => 0.01 * 10 ** (decibels / 10);
  const excitatory = Float64Array.from(frequenciesHz, (frequencyHz) =>
    level(frequencyHz < 2 ? 30 : 3),
  );
  const one = { ...segment(0, 10), excitatory, excitatoryPoisson: 0.01, inhibitoryPoisson: 0.02 };
  const options = { document: figureDocument(), decibels: true, kinds: ["excitatory"] } as const;
  const { notes } = powerFigure({ frequenciesHz, segments: [one] }, options);
  expect(notes.join(" ")).toMatch(
    /Excitatory cells: power of up to 30 dB at \S+ to \S+ Hz above the axis/,
  );
});
