import { expect, test } from "vitest";
import type { Band } from "../../src/drawing/band.ts";
import { type Layout, panel } from "../../src/drawing/panel.ts";
import { lightTheme } from "../../src/drawing/theme.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";

const none = Number.NaN;
const layout: Layout = {
  document: figureDocument(),
  theme: lightTheme,
  widthPx: 200,
  marginLeftPx: 0,
  marginRightPx: 0,
};

const drawn = (...bands: Band[]) =>
  panel(layout, {
    heightPx: 100,
    marginTopPx: 0,
    marginBottomPx: 0,
    x: { domain: [0, 4] },
    y: { domain: [0, 10] },
    bands,
    marks: [],
  });

const pathsOf = ({ svg }: ReturnType<typeof drawn>) =>
  [...svg.querySelectorAll("[aria-label=area] path")].map((path) => path.getAttribute("d"));
const barsOf = ({ svg }: ReturnType<typeof drawn>) => [
  ...svg.querySelectorAll('[aria-label="rule"] line'),
];

const band: Band = {
  shows: "mean ± SD over trials",
  x: [0, 1, 2, 3],
  lower: [1, -5, none, 4],
  upper: [3, Infinity, none, 6],
  color: "red",
};

test("a band is clipped to its panel and has a bar at a place without neighbours", () => {
  const figure = drawn(band);
  expect(pathsOf(figure)).toEqual(["M0,70L50,0L50,100L0,90ZM150,40L150,60Z"]);
  expect(barsOf(figure).map((bar) => bar.getAttribute("y1"))).toEqual(["60"]);
  expect(figure.notes).toEqual(["Bands: mean ± SD over trials."]);
});

test("without an order of the places there are bars alone", () => {
  const figure = drawn({ ...band, isJoined: false });
  expect(pathsOf(figure)).toEqual([]);
  expect(barsOf(figure)).toHaveLength(3);
  expect(figure.notes).toEqual(["Bars: mean ± SD over trials."]);
});

test("bands of no extent are not mentioned", () => {
  expect(drawn({ ...band, upper: band.lower }).notes).toEqual([]);
  expect(drawn({ ...band, x: [] }).notes).toEqual([]);
});
