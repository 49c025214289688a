import { expect, it } from "vitest";
import { SpikeLevel } from "../../src/live/session/spike-level.ts";

it("goes on by days at once, and keeps the last bins alone", () => {
  const level = new SpikeLevel(1, 100, 2);
  level.reach(50);
  level.reach(1e12);
  expect([level.firstMs, level.endBin]).toEqual([1e12 - 100, 1e12]);
  level.add(Float64Array.of(1e12 - 1), Uint32Array.of(1), Uint8Array.of(1, 0));
  expect([...level.countsOf(1e12 - 1)]).toEqual([0, 1]);
  expect([level.has(20), level.has(1e12 - 100)]).toEqual([false, true]);
});
