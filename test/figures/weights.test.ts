import { expect, test } from "vitest";
import { cellsOf, isExcitatory } from "../../src/analysis/firing/cell-groups.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { weightsFigure } from "../../src/figures/weights.ts";
import type { WeightsRun } from "../../src/figures/weights-run.ts";
import { gainDistributions, synapsesBetween } from "../../src/synapses/plastic-gains.ts";
import { weightMatrices } from "../../src/synapses/weight-matrices.ts";
import { cellCount, document, periods, smallColumn } from "./small-column.ts";

/** Every third pair of cells is connected. */
const pairs = Array.from({ length: cellCount * cellCount }, (_, k) => k).filter(
  (k) => k % 3 === 1 && Math.floor(k / cellCount) !== k % cellCount,
);
const synapses = {
  presynaptic: Uint32Array.from(pairs, (k) => Math.floor(k / cellCount)),
  postsynaptic: Uint32Array.from(pairs, (k) => k % cellCount),
  fastWeightMv: Float64Array.from(pairs, () => 1),
};
const excitatory = cellsOf(smallColumn, isExcitatory);
const isE = new Set(excitatory);

/** Gains that grow with time and with the number of the sender. */
const gainsAt = (timeMs: number, growth: number) =>
  Float64Array.from(pairs, (k) => {
    const [from, onto] = [Math.floor(k / cellCount), k % cellCount];
    return isE.has(from) && isE.has(onto) ? 1 + (growth * timeMs * from * (1 + (k % 5))) / 2e5 : 1;
  });

function weights(growth: number): WeightsRun {
  const snapshots = [500, 1000, 1500].map((timeMs) => ({ timeMs, gains: gainsAt(timeMs, growth) }));
  const between = synapsesBetween(synapses, excitatory, excitatory);
  return {
    gains: gainDistributions(snapshots, { synapses: between }),
    matrices: weightMatrices(synapses, smallColumn, snapshots),
  };
}

const context = { populations: smallColumn, periods };
const options = { document, interval: { startMs: 0, endMs: 2000 } };

test("plastic gains over time, their distribution and means by population", async () => {
  const data = { ...weights(1), ...context, branchMs: 700 };
  const figure = weightsFigure(data, { ...options, title: "Weights" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/weights.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Plastic gains of the synapses between excitatory cells: medians at the times at which they were recorded; their distribution at up to six of these times, from pale (the first) to full colour (the last); means by pair of populations. Grey: the past, before it branched off at 0.7 s. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s. Bands: 5 to 95 % quantile of synapses, about their median."`,
  );
  expect(figure.tables.map(({ name }) => name)).toEqual(["gains", "distribution", "matrices"]);
  const [gains, distribution, matrices] = figure.tables;
  expect([...gains!.columns[1]!.values]).toEqual([1, 0, 0]);
  expect(distribution!.columns.map(({ name }) => name).slice(2)).toEqual([
    "synapses_at_500_ms",
    "synapses_at_1000_ms",
    "synapses_at_1500_ms",
  ]);
  expect(matrices!.columns[0]!.values.length).toBe(3 * 13 * 13);
});

test("the matrix shows the populations whose gains changed", () => {
  const { svg } = weightsFigure({ ...weights(1), ...context }, options);
  const names = [...svg.matchAll(/>([EI]\d\w?)</g)].map(([, name]) => name);
  expect(names.filter((name) => name === "E2")).toHaveLength(2);
  expect(names.some((name) => name!.startsWith("I"))).toBe(false);
});

test("compared runs share panels, and have a matrix each with the same colours", () => {
  const data = { ...weights(1), label: "one", ...context };
  const others = [{ ...weights(2), label: "the other" }];
  const figure = weightsFigure({ ...data, others }, options);
  expect(figure.svg.match(/Mean gain by population at 1.5 s, /g)).toHaveLength(2);
  const ends = [...figure.svg.matchAll(/font-size="8" text-anchor="start"[^>]*>([\d.]+)</g)];
  expect(ends.map(([, end]) => end).slice(0, 2)).toEqual(ends.map(([, end]) => end).slice(2));
  expect(figure.tables.map(({ name }) => name)).toEqual(
    ["one", "the-other"].flatMap((run) =>
      ["gains", "distribution", "matrices"].map((name) => `${name}-${run}`),
    ),
  );
});

test("a run without gains is refused", () => {
  const none = { ...context, gains: gainDistributions([]), matrices: [] };
  expect(() => weightsFigure(none, options)).toThrow(FigureDataError);
});
