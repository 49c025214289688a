import { expect, it } from "vitest";
import { Chronicle } from "../../src/live/session/chronicle.ts";
import type { Sample } from "../../src/live/worker/messages.ts";

const kinds = { cellCount: 2, columnCount: 1, isExcitatory: Uint8Array.of(1, 0) };

const sampleAt = (timeMs: number): Sample => ({
  timeMs,
  ...{ scaleMean: 1, scaleSd: 0, sensedPerS: 0.6, targetPerS: 0.6, gainMean: 1 },
  ...{ livingE: 1, livingI: 1, alive: Uint8Array.of(1, 1) },
  scaleFactors: Float32Array.of(1, 1),
  gainCounts: new Uint32Array(1),
  gainMatrix: new Float32Array(0),
  watched: undefined,
});

it("can be copied after two days of samples", () => {
  const chronicle = new Chronicle(kinds);
  const untilMs = 2 * 86_400_000;
  chronicle.add({
    ...{ fromMs: 0, untilMs, timesMs: new Float64Array(0), cells: new Uint32Array(0) },
    ...{ samples: [sampleAt(1000), sampleAt(untilMs)], events: [] },
  });
  const copy = chronicle.copyUntil(untilMs);
  expect(copy.untilMs).toBe(untilMs);
  expect(copy.point(1)).toEqual(chronicle.point(1));
  expect(copy.point(untilMs / 1000)).toBeDefined();
});
