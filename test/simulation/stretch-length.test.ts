import { expect, it } from "vitest";
import { StretchLength } from "../../src/simulation/stretch-length.ts";

/** Length of a stretch that begins at 0 s, once many have been as busy as expected, ms. */
function lengthMs(cellCount: number, eventsPerMs: number, mostPerMs: number): number {
  const stretch = new StretchLength(1000, cellCount);
  let length = 0;
  for (let k = 0; k < 20; k++) {
    length = stretch.endMs(0, mostPerMs);
    stretch.learn(length, length * eventsPerMs);
  }
  return length;
}

it("is as long as the events that are expected allow", () => {
  expect(lengthMs(470, 10, 50)).toBeCloseTo(80, 12);
  expect(lengthMs(470, 100, 100)).toBeCloseTo(10, 12);
});

it("has a bounded number of events whatever comes, more only in networks of more cells", () => {
  expect(lengthMs(470, 1, 50)).toBeCloseTo(80, 12);
  expect(lengthMs(5, 1, 50)).toBeCloseTo(80, 12);
  expect(lengthMs(4700, 1, 50)).toBeCloseTo(200, 12);
  expect(lengthMs(4700, 10, 50)).toBeCloseTo(100, 12);
});

it("begins anew after an intervention, and lasts for some time however late", () => {
  const stretch = new StretchLength(1000, 470);
  stretch.learn(1, 1);
  stretch.forget();
  expect(stretch.endMs(0, 1)).toBe(1);
  expect(stretch.endMs(1e17, 1e9)).toBeGreaterThan(1e17);
});
