import { expect, test } from "vitest";
import { figureGrid } from "../../src/drawing/figure-grid.ts";
import { darkTheme } from "../../src/drawing/theme.ts";
import { powerFigure } from "../../src/figures/power.ts";
import { document } from "../figures/small-column.ts";

const frequenciesHz = Float64Array.from({ length: 20 }, (_, k) => 2.5 + 5 * k);
const power = frequenciesHz.map((f) => 0.05 / (1 + ((f - 30) / 8) ** 2));
const limits = { lower: power.map((p) => p / 2), upper: power.map((p) => p * 2) };
const segment = {
  startMs: 0,
  endMs: 1000,
  excitatory: power,
  inhibitory: power,
  excitatoryLimits: limits,
  inhibitoryLimits: limits,
};

const part = (kind: "excitatory" | "inhibitory", widthPx: number, title?: string) =>
  powerFigure(
    { frequenciesHz, segments: [segment] },
    {
      document,
      theme: darkTheme,
      widthPx,
      kinds: [kind],
      drawsNotes: false,
      ...(title && { title }),
    },
  );

const grid = () =>
  figureGrid(
    [
      [
        { letter: "a", figure: part("excitatory", 300, "One") },
        { letter: "b", figure: part("inhibitory", 250) },
      ],
      [{ letter: "c", figure: part("excitatory", 562) }],
    ],
    { document, theme: darkTheme, caption: "Four <words> & more.", title: "Figure 9. A grid" },
  );

test("figures beside and below each other, with letters", async () => {
  const figure = grid();
  await expect(figure.svg).toMatchFileSnapshot("snapshots/grid.svg");
  expect(figure.widthPx).toBe(562);
  const [tall, short] = [part("excitatory", 300, "One"), part("inhibitory", 250)];
  // Their notes, a line each, are below all of them.
  const notesPx = 4 + 3.5 * 11;
  expect(figure.heightPx).toBe(26 + tall.heightPx + 6 + short.heightPx + notesPx);
  // The shorter one of a row stands at its bottom.
  expect(figure.svg).toContain(`translate(312,${26 + tall.heightPx - short.heightPx})`);
  expect(figure.notes).toEqual([
    "(a, b, c) Bands: 95 % limits of the jackknife over tapers.",
    "(a, c) Excitatory cells: 95 % limits at 2 of 20 frequencies above the axis.",
    "(b) Inhibitory cells: 95 % limits at 2 of 20 frequencies above the axis.",
  ]);
  expect(figure.caption).toBe(["Four <words> & more.", ...figure.notes].join(" "));
});

test("names of elements stay apart, and the text is always the same", () => {
  const { svg } = grid();
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
  expect(ids.length).toBeGreaterThanOrEqual(3);
  expect(new Set(ids).size).toBe(ids.length);
  const used = new Set([...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id));
  expect(used).toEqual(new Set(ids));
  expect(grid().svg).toBe(svg);
});

test("tables are named after the letters", () => {
  expect(grid().tables.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});
