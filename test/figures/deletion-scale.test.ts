import { expect, test } from "vitest";
import { scaleAtDeletion } from "../../src/analysis/state/scale-at-deletion.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { deletionScaleFigure } from "../../src/figures/deletion-scale.ts";
import { cellCount, document, periods, smallColumn } from "./small-column.ts";

const isExcitatory = new Uint8Array(cellCount);
for (const { cellClass, firstCell, cellCount: size } of smallColumn) {
  if (cellClass === "E") isExcitatory.fill(1, firstCell, firstCell + size);
}

/** Two cells die every 100 ms, with factors that spread from 1. */
const dataOf = (largest: number, inhibitory = 1) => {
  const rounds = Array.from({ length: 19 }, (_, k) => {
    const cells = [2 * k, 2 * k + 1];
    const scaleFactors = cells.map((cell) =>
      isExcitatory[cell] ? largest ** (Math.sin(k) * (k / 19)) : inhibitory,
    );
    return { timeMs: 100 * (k + 1), cells, scaleFactors };
  });
  const bins = { startMs: 0, endMs: 2000, binMs: 200 };
  return { ...scaleAtDeletion(rounds, smallColumn, bins), isExcitatory, periods };
};

test("scale factors at deletion in a branch", async () => {
  const data = { ...dataOf(4), branchMs: 500 };
  const figure = deletionScaleFigure(data, { document, title: "Deletion" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/deletion-scale.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Scale factor of each excitatory cell at its deletion (dots); mean of those deleted in bins of 200 ms (line). Grey: the past, before it branched off at 0.5 s. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s. Bands: mean ± SD over the cells deleted in a bin."`,
  );
  const [cells, means] = figure.tables;
  expect(cells!.columns.map(({ name }) => name)).toEqual([
    "time_ms",
    "is_past",
    "cell",
    "scale_factor",
  ]);
  expect(cells!.columns[0]!.values.length).toBe(38);
  expect(means!.columns[0]!.values.length).toBe(10);
});

test("inhibitory cells have a panel only if they are scaled, wide ranges a logarithmic axis", () => {
  const svgOf = (data: ReturnType<typeof dataOf>) => deletionScaleFigure(data, { document }).svg;
  expect(svgOf(dataOf(4))).not.toContain("Inhibitory cells");
  expect(svgOf(dataOf(4, 1.5))).toContain("Inhibitory cells");
  // Ticks of a logarithmic axis do not begin at 0, and lie far apart.
  const ticks = (svg: string) => [...svg.matchAll(/>([\d.e]+)<\/text>/g)].map(([, text]) => text);
  expect(ticks(svgOf(dataOf(4))).filter((tick) => tick === "0")).toHaveLength(2);
  const wide = svgOf(dataOf(1e9));
  expect(ticks(wide)).toContain("1e6");
  expect(ticks(wide).filter((tick) => tick === "0")).toHaveLength(1);
});

test("no deleted cells are refused", () => {
  const data = dataOf(4);
  const none = { ...data, ...scaleAtDeletion([], smallColumn, { startMs: 0, endMs: 1, binMs: 1 }) };
  expect(() => deletionScaleFigure(none, { document })).toThrow(FigureDataError);
});
