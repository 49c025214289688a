import { expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { balanceFigure } from "../../src/figures/balance.ts";
import { coherenceFigure } from "../../src/figures/coherence.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";

const options = { document: figureDocument() };
const run = {
  label: "a",
  timesMs: Float64Array.of(0, 1000, 2000),
  excitatoryMv: Float64Array.of(40, 50, 60),
  inhibitoryMv: Float64Array.of(80, 25, 20),
  recurrentGain: Float64Array.of(1, 2, 3),
};

it("draws the balance of runs, with its numbers in tables", () => {
  const { svg, tables } = balanceFigure({ runs: [run, { ...run, label: "b" }] }, options);
  for (const title of ["Excitation of E cells", "Recurrent gain between E cells"]) {
    expect(svg).toContain(title);
  }
  expect(tables.map(({ columns }) => columns.find(({ name }) => name === "ratio")!.values)).toEqual(
    [Float64Array.of(0.5, 2, 3), Float64Array.of(0.5, 2, 3)],
  );
  const unknown = { ...run, timesMs: new Float64Array() };
  expect(() => balanceFigure({ runs: [unknown] }, options)).toThrow(FigureDataError);
});

it("draws coherence with its level, and refuses too short a time", () => {
  const stretch = {
    label: "baseline",
    frequenciesHz: Float64Array.of(0, 50, 100),
    coherence: Float64Array.of(Number.NaN, 0.5, 0.25),
    phaseRad: Float64Array.of(0, 1, -1),
    confidenceLevel: 0.3,
    segmentCount: 2,
    segmentS: 5.12,
  };
  const { caption, tables } = coherenceFigure({ stretches: [stretch] }, options);
  expect(caption).toContain("2 segments of 5.12 s");
  expect(tables[0]!.columns.map(({ name }) => name)).toContain("confidence_level");
  const silent = { ...stretch, coherence: stretch.coherence.map(() => Number.NaN) };
  const both = [stretch, { ...silent, label: "recall" }];
  expect(coherenceFigure({ stretches: both }, options).notes).toEqual([
    "recall: no coherence, as the spike counts of the excitatory or of the inhibitory cells are constant.",
  ]);
  const short = { ...stretch, segmentCount: 0 };
  expect(() => coherenceFigure({ stretches: [short] }, options)).toThrow("0.16 s");
});
