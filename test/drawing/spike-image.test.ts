import { expect, test } from "vitest";
import { type SpikeImage, spikeImage, spikeImages } from "../../src/drawing/spike-image.ts";

const options = {
  startMs: 0,
  endMs: 10,
  cellCount: 3,
  widthPixels: 10,
  heightPixels: 6,
  markWidthPixels: 1,
  markHeightPixels: 2,
  colors: ["#ff0000", "#0000ff"],
  colorOfCell: Uint8Array.of(0, 0, 1),
};

const spikes = (list: readonly (readonly [timeMs: number, cell: number])[]) => ({
  timesMs: Float64Array.from(list, ([timeMs]) => timeMs),
  cells: Uint32Array.from(list, ([, cell]) => cell),
});

/** The image as lines of text: ".", or "r" and "b" in full colour, "R" and "B" in part. */
function drawing(list: readonly (readonly [number, number])[], changes = {}): string[] {
  const { image } = spikeImage([spikes(list)], { ...options, ...changes });
  const letter = (pixel: number) => {
    const [red, , , opacity] = image.palette[pixel]!;
    if (opacity === 0) return ".";
    const name = red === 255 ? "r" : "b";
    return opacity === 255 ? name : name.toUpperCase();
  };
  const text = [...image.pixels].map(letter).join("");
  return text.match(new RegExp(`.{${image.width}}`, "g"))!;
}

test("each spike marks the row of its cell at its time, the first cell at the bottom", () => {
  expect(
    drawing([
      [1.5, 0],
      [4.5, 1],
      [8.5, 2],
    ]),
  ).toEqual(["........b.", "........b.", "....r.....", "....r.....", ".r........", ".r........"]);
});

test("marks are cut off at the frame and at cells of another colour", () => {
  expect(
    drawing(
      [
        [0.1, 0],
        [9.9, 1],
        [5, 2],
      ],
      { markWidthPixels: 4, markHeightPixels: 4 },
    ),
  ).toEqual(["...bbbb...", "...bbbb...", "........rr", "rr......rr", "rr......rr", "rr........"]);
});

test("opacity grows with the number of marks, from less than full where they crowd", () => {
  const crowd = [...Array(200).keys()].map((k) => [Math.floor(k / 20) + 0.5, 0] as const);
  const { image, fullCount } = spikeImage([spikes([[0.5, 1], ...crowd])], options);
  expect(fullCount).toBe(20);
  const opacity = (x: number, y: number) => image.palette[image.pixels[y * 10 + x]!]![3];
  expect(opacity(0, 5)).toBe(255);
  expect(opacity(0, 3)).toBe(Math.round((2 / (2 + Math.log(20))) * 15) * 17);
  expect(opacity(1, 3)).toBe(0);
});

test("more cells than rows share them", () => {
  const colorOfCell = new Uint8Array(60).fill(0);
  const changes = { cellCount: 60, markHeightPixels: 1, colorOfCell };
  const image = drawing(
    [...Array(60).keys()].map((cell) => [0.5, cell] as const),
    changes,
  );
  expect(image.map((row) => row[0])).toEqual(["r", "r", "r", "r", "r", "r"]);
});

test("no spikes, no marks", () => {
  expect(drawing([])).toEqual(Array(6).fill(".........."));
});

test("stretches of time share their shades", () => {
  const crowd = [...Array(200).keys()].map((k) => [Math.floor(k / 20) + 0.5, 0] as const);
  const sparse = [[15.5, 0]] as const;
  const later = { ...options, startMs: 10, endMs: 20 };
  const both = [spikes([...crowd, ...sparse])];
  const [first, second] = spikeImages(both, [options, later]);
  expect([first!.fullCount, second!.fullCount]).toEqual([20, 20]);
  const fullest = ({ image }: SpikeImage) =>
    Math.max(...[...image.pixels].map((pixel) => image.palette[pixel]![3]));
  expect(fullest(first!)).toBe(255);
  expect(fullest(second!)).toBeLessThan(150);
});

test("unmarked pixels have nothing of their row's colour, so that scaling does not darken marks", () => {
  const { image } = spikeImage([spikes([[5, 0]])], options);
  const colorAt = (x: number, y: number) => image.palette[image.pixels[y * 10 + x]!];
  expect(colorAt(0, 5)).toEqual([255, 0, 0, 0]);
  expect(colorAt(0, 0)).toEqual([0, 0, 255, 0]);
});
