import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOf, isExcitatory } from "../../src/analysis/firing/cell-groups.ts";
import { sampledVariable } from "../../src/analysis/state/sampled-variable.ts";
import { scaleAtDeletion } from "../../src/analysis/state/scale-at-deletion.ts";
import { medianBand } from "../../src/analysis/statistics/median.ts";
import type { Figure } from "../../src/drawing/figure.ts";
import { csvChunks } from "../../src/drawing/table.ts";
import { curveGridFigure } from "../../src/ensembles/curve-grid.ts";
import { measureFigure } from "../../src/ensembles/measure.ts";
import { parameterMapFigure } from "../../src/ensembles/parameter-map.ts";
import { deletionScaleFigure } from "../../src/figures/deletion-scale.ts";
import { informationFigure } from "../../src/figures/information.ts";
import { powerFigure } from "../../src/figures/power.ts";
import { activityFigure, scaleFigure } from "../../src/figures/sample.ts";
import { spectrogramFigure } from "../../src/figures/spectrogram.ts";
import { weightsFigure } from "../../src/figures/weights.ts";
import type { WeightsRun } from "../../src/figures/weights-run.ts";
import { gainDistributions, widenedBins } from "../../src/synapses/plastic-gains.ts";
import { weightMatrices } from "../../src/synapses/weight-matrices.ts";
import { cellCount, document, smallColumn } from "./small-column.ts";

const { NaN: none } = Number;

/** Numbers of every kind that a run may leave behind. */
const any = fc.oneof(
  fc.double({ min: 0, max: 100 }),
  fc.double({ min: -1e300, max: 1e300 }),
  fc.constantFrom(none, Infinity, -Infinity, 0, 1, 1e-322, 1e37, 1.7e308, -5),
);
const excitatory = cellsOf(smallColumn, isExcitatory);

/** The words of a picture, its notes among them. */
const wordsOf = ({ svg }: Figure) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join(" ");

function expectDrawable(figure: Figure): void {
  const attributes = figure.svg.replaceAll(/>[^<]*</g, "><").replace(/aria-label="[^"]*"/, "");
  expect(attributes).not.toMatch(/NaN|Infinity|undefined/);
}

/** Samples of the small column at successive times, the same value in every cell but the first. */
function samples(first: readonly number[], others = 1) {
  const timesMs = Float64Array.from(first, (_, k) => 100 * (k + 1));
  const rows = first.map((value) => new Float64Array(cellCount).fill(others).fill(value, 0, 1));
  return {
    timesMs,
    sensedRateKhz: rows,
    scaleFactor: rows,
    alive: first.map(() => new Uint8Array(cellCount).fill(1)),
  };
}

const scale = (first: readonly number[], cells: "excitatory" | readonly number[], others = 1) =>
  scaleFigure(
    {
      ...sampledVariable(samples(first, others), "scaleFactor", smallColumn, cells),
      populations: smallColumn,
    },
    { document },
  );

test("means of scale factors are of the finite ones, and say since when how many others there are", () => {
  const figure = scale([1, none, Infinity], "excitatory", 2);
  expectDrawable(figure);
  const note = "Excitatory cells: values of up to 1 cell infinite or NaN from 0.2 s on, excluded.";
  expect(wordsOf(figure)).toContain(note);
  expect(figure.caption).toContain(note);
  const csv = [...csvChunks(figure.tables[0]!)].join("");
  expect(csv.split("\n")[0]).toContain("excitatory_not_finite_cells");
  expect(csv.split("\n")[2]).toMatch(/^200,2,0,\d+,1$/);
});

test("a cell that is not finite is told from one that is dead", () => {
  const figure = scale([1, none, 1], [0]);
  expect([...csvChunks(figure.tables[0]!)].join("")).toBe(
    "time_ms,cell_0,cell_0_not_finite\n100,1,0\n200,,1\n300,1,0\n",
  );
});

test("values that a logarithmic axis cannot show are counted, and the axis reaches below 0 elsewhere", () => {
  expect(wordsOf(scale([1, 1e6, 0, -3], [0]))).toContain(
    "2 values at or below 0 not on the logarithmic axis",
  );
  const linear = scale([1, 2, -3], [0]);
  expect(wordsOf(linear)).toMatch(/−?-?3/);
  expect(wordsOf(linear)).not.toContain("not on the");
});

test("a single sample is a dot", () => {
  expect(scale([2], [0]).svg.match(/<circle/g)).toHaveLength(1);
  expect(scale([2, 2, 2], [0]).svg).not.toContain("<circle");
});

test("axes have ticks when doubles hardly resolve the difference of their ends", () => {
  for (const [first, others] of [
    [[-5e-324, 5e-324], none],
    [[1, 1 + 2e-16], 1],
    [[1e300, 1.0000000000000002e300], 1e300],
  ] as const) {
    expectDrawable(scale([...first], "excitatory", others));
    expectDrawable(scale([...first], [0, 1], others));
  }
});

test("samples of any numbers give a picture without any of them in a coordinate", () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), any, (first, others) => {
      expectDrawable(scale(first, "excitatory", others));
      expectDrawable(scale(first, [0, 1], others));
      const variable = sampledVariable(samples(first, others), "sensedRateKhz", smallColumn);
      expectDrawable(activityFigure({ ...variable, populations: smallColumn }, { document }));
    }),
    { numRuns: 40 },
  );
});

/** Synapses from the first E cell onto all others. */
const synapses = {
  presynaptic: Uint32Array.from(excitatory.subarray(1), () => excitatory[0]!),
  postsynaptic: excitatory.slice(1),
  fastWeightMv: new Float64Array(excitatory.length - 1).fill(1),
};

function weights(rows: readonly (readonly number[])[]): WeightsRun {
  const snapshots = rows.map((row, k) => ({
    timeMs: 1000 * k,
    gains: Float64Array.from(synapses.presynaptic, (_, synapse) => row[synapse % row.length]!),
  }));
  return {
    gains: gainDistributions(snapshots),
    matrices: weightMatrices(synapses, smallColumn, snapshots),
  };
}

const weightsOf = (rows: readonly (readonly number[])[]) =>
  weightsFigure({ ...weights(rows), populations: smallColumn }, { document });

test("the distribution of gains holds those far above the published largest", () => {
  const figure = weightsOf([[1], [1, 150, 7e6]]);
  expectDrawable(figure);
  const distribution = figure.tables.find(({ name }) => name === "distribution")!;
  const last = distribution.columns.at(-1)!.values;
  expect((last as Float64Array).reduce((sum, count) => sum + count, 0)).toBe(
    synapses.presynaptic.length,
  );
  expect(distribution.columns[1]!.values.at(-1)).toBeGreaterThan(7e6);
  expect(wordsOf(figure)).not.toContain("outside");
});

test("gains that are not finite are counted in every panel", () => {
  const figure = weightsOf([[1], [none, 2, Infinity]]);
  expectDrawable(figure);
  const total = synapses.presynaptic.length;
  const left = Array.from({ length: total }, (_, k) => k % 3).filter((k) => k !== 1).length;
  const words = wordsOf(figure);
  expect(words).toContain(
    `${left} of ${total} gains at 1 s outside the distribution, ${left} of them infinite`,
  );
  expect(words).toContain(`values of up to ${left} synapses infinite or NaN from 1 s on`);
  expect(words).toContain(`the gains of ${left} synapses are infinite or NaN`);
  expect(figure.tables[0]!.columns.at(-1)).toMatchObject({ name: "not_finite_synapses" });
});

test("distributions that are compared can be brought to the same bins", () => {
  const [small, large] = [weights([[1]]).gains, weights([[70]]).gains];
  const widened = widenedBins(small, large.edges.at(-1)!);
  expect(widened.edges).toEqual(large.edges);
  expect(widened.counts[0]!.reduce((sum, count) => sum + count, 0)).toBe(
    synapses.presynaptic.length,
  );
});

test("gains of any numbers give a picture", () => {
  const row = fc.array(any, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
      expectDrawable(weightsOf(rows));
    }),
    { numRuns: 40 },
  );
});

function deletion(scaleFactors: readonly number[]): Figure {
  const cells = [...excitatory.subarray(0, scaleFactors.length)];
  const bins = { startMs: 0, endMs: 100, binMs: 50 };
  const isE = new Uint8Array(cellCount);
  for (const cell of excitatory) isE[cell] = 1;
  const found = scaleAtDeletion([{ timeMs: 20, cells, scaleFactors }], smallColumn, bins);
  return deletionScaleFigure({ ...found, isExcitatory: isE }, { document });
}

test("scale factors at deletion that have no place on the axis are counted", () => {
  const words = wordsOf(deletion([1, 50, 0, -2, Infinity, none]));
  expect(words).toContain("Excitatory cells: 2 of 6 factors infinite or NaN, excluded.");
  expect(words).toContain(
    "Excitatory cells: 2 of 6 factors at or below 0 not on the logarithmic axis.",
  );
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), (factors) => {
      expectDrawable(deletion(factors));
    }),
    { numRuns: 40 },
  );
});

const frequenciesHz = Float64Array.of(0.5, 2.5, 10, 40);
const spectra = (power: readonly number[]) => {
  const excitatory = Float64Array.from(power);
  const limits = { lower: excitatory.map((p) => p / 2), upper: excitatory.map((p) => 2 * p) };
  const usual = Float64Array.of(0.02, 0.02, 0.02, 0.02);
  const usualLimits = { lower: usual, upper: usual };
  return {
    startMs: 0,
    endMs: 800_000,
    excitatory,
    inhibitory: usual,
    excitatoryLimits: limits,
    inhibitoryLimits: usualLimits,
  };
};

test("power above the axis, silence and time in no segment are told of", () => {
  const segments = [spectra([0.5, 0.3, 0.01, 0.01]), spectra([0, 0, 0, 0])];
  const words = wordsOf(
    powerFigure({ frequenciesHz, segments, leftOverMs: 160_000 }, { document }),
  );
  expect(words).toContain(
    "Excitatory cells: power of up to 0.50 1/Hz at 0.5 to 2.5 Hz above the axis.",
  );
  expect(words).toContain("Excitatory cells: no power in 1 of 2 segments");
  expect(words).toContain("160 s at the end, shorter than a segment, are excluded.");
  expect(words).not.toContain("Inhibitory cells:");
});

test("a silent spectrogram has no colours and says why; colours that end before the data do so, too", () => {
  const power = (values: readonly number[]) => ({
    edgesMs: Float64Array.from({ length: 1001 }, (_, k) => 100 * k),
    frequenciesHz: Float64Array.of(5),
    bandHz: 10,
    density: Array.from({ length: 1000 }, (_, k) => Float64Array.of(values[k % values.length]!)),
  });
  const silent = power([0]);
  const interval = { startMs: 0, endMs: 100_050 };
  const none = spectrogramFigure(
    { excitatory: silent, inhibitory: silent },
    { document, interval },
  );
  expect(none.svg.match(/<image/g)).toHaveLength(2);
  expect(wordsOf(none)).not.toContain("Power (dB)");
  expect(wordsOf(none)).toContain("Excitatory cells: spike counts are constant in every segment");
  expect(wordsOf(none)).toContain("The last 50 ms, shorter than a segment, are excluded.");
  const ramp = power(Array.from({ length: 1000 }, (_, k) => (k === 7 ? 0 : k + 1)));
  const shown = spectrogramFigure({ excitatory: ramp, inhibitory: power([1]) }, { document });
  expect(wordsOf(shown)).toContain(
    "spike counts are constant in 1 of 1000 segments, which are blank",
  );
  expect(wordsOf(shown)).toMatch(/&lt;|≤ [\d.]+/);
  expect(wordsOf(shown)).toContain("≥ 30");
});

test("trains without an estimate of information are counted", () => {
  const train = (bitsPerS: number) => ({
    density: Float64Array.of(bitsPerS),
    cumulative: Float64Array.of(bitsPerS),
    standardError: Float64Array.of(0.1),
    limitHz: 1,
    bitsPerS,
    bitsPerSError: 0.1,
    uniqueSpikes: 3,
    repeatSpikes: 0,
  });
  const result = {
    frequenciesHz: Float64Array.of(0.5),
    bandHz: 1,
    trains: [train(2), train(none), train(1)],
    groups: [],
    trialCounts: { unique: 2, repeat: 2 },
    segmentS: 10,
  };
  const figure = informationFigure(
    {
      result,
      cells: Uint32Array.of(0, 1),
      populations: smallColumn.slice(0, 1),
      startMs: 0,
      endMs: 40_000,
      trialMs: 10_000,
      deletedCount: 0,
    },
    { document },
  );
  expect(wordsOf(figure)).toContain("Single cells: no estimate of 1 train,");
});

const band = (values: readonly number[], spread: number) => ({
  statistic: "mean",
  middle: Float64Array.from(values),
  lower: Float64Array.from(values, (value) => value - spread),
  upper: Float64Array.from(values, (value) => value + spread),
  count: new Uint32Array(values.length).fill(3),
  shows: "mean ± SD over 3 seeds",
});

test("figures of studies say where bands are cut off and pass on what is left out", () => {
  const parameter = { name: "scalingGamma", unit: "1/event", values: [1, 2, 3] };
  const notes = ["One run is infinite."];
  const panel = { name: "a", title: "Rate", unit: "Hz", lines: [band([1, 2, 3], 1000)], notes };
  const measures = measureFigure({ parameter, groups: [""], panels: [panel] }, { document });
  expect(wordsOf(measures)).toContain("Rate: limits are clipped at the ends of the axis.");
  expect(wordsOf(measures)).toContain(notes[0]);
  expect(wordsOf(measures)).toContain("Bars: mean ± SD over 3 seeds.");
  const curve = { ...band([1, 2, 3], 1000), timesMs: Float64Array.of(1, 2, 3) };
  const curves = curveGridFigure(
    {
      subject: "Curves",
      groups: [""],
      panels: [{ name: "a", title: "γ 1\nβ 2", axisLabel: "Rate", lines: [curve], notes }],
      columns: 1,
      isShared: false,
    },
    { document },
  );
  expect(wordsOf(curves)).toContain("γ 1, β 2: limits are clipped");
  expect(wordsOf(curves)).toContain(notes[0]);
  expect(wordsOf(curves)).toContain("Bands: mean ± SD over 3 seeds.");
  const map = { name: "a", title: "Rate", unit: "1", measure: "a", notes };
  const medians = (values: number[]) =>
    medianBand(values.map((median) => ({ median, lower: none, upper: none, count: 1 })));
  const values = [1, Infinity, 3, none, 5, 6, 7, 8, 9];
  const figure = parameterMapFigure(
    { x: parameter, y: parameter, panels: [{ ...map, medians: medians(values) }] },
    { document },
  );
  expect(wordsOf(figure)).toContain(notes[0]);
  const blank = values.map((value) => (value === Infinity ? none : value));
  const { svg } = parameterMapFigure(
    { x: parameter, y: parameter, panels: [{ ...map, medians: medians(blank) }] },
    { document },
  );
  expect(figure.svg).toBe(svg);
});
