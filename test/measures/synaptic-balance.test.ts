import { expect, it } from "vitest";
import { RunHistory } from "../../src/measures/history.ts";
import { gainRegressions } from "../../src/measures/paired-gains.ts";
import {
  balanceCourse,
  balanceSummary,
  lastBalance,
  synapticBalance,
} from "../../src/measures/synaptic-balance.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import {
  description,
  networkOf,
  progressAt,
  sampleOf,
  smallNetwork,
} from "../recording/small-run.ts";

const state = {
  ...sampleOf(6, 1),
  sensedRateKhz: Float64Array.of(0.001, 0, 0, 0, 0.002, 0),
  alive: new Uint8Array(6).fill(1),
};

/** Gains of the four synapses 0→1, 0→5, 2→3 and 4→0, and samples at other times. */
function runWith(
  gains: readonly (readonly [timeMs: number, ...gains: number[]])[],
  network = smallNetwork,
): RunHistory {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, network);
  for (const [timeMs, ...values] of gains) writer.appendGains(timeMs, Float64Array.from(values));
  for (const timeMs of [4000, 8000, 12_000, 16_000]) {
    const scaleFactor = Float64Array.of(timeMs / 4000, 2, 1, 1, 1, 1);
    writer.appendSample(timeMs, { ...state, scaleFactor });
  }
  writer.finish("complete", progressAt(20_000));
  return new RunHistory(new RunReader(store));
}

const learning = runWith([
  [5000, 1, 1, 1, 1],
  [10_000, 3, 1, 1, 1],
  [20_000, 3, 1, 1, 1],
]);

it("is known while gains do not change, and where they are recorded", () => {
  const times = [4000, 8000, 9000, 10_000, 12_000];
  expect(times.map((timeMs) => synapticBalance(learning, timeMs)?.timeMs)).toEqual([
    4000,
    undefined,
    undefined,
    10_000,
    12_000,
  ]);
  const course = [...balanceCourse(learning, { startMs: 0, endMs: 15_000 })];
  expect(course.map(({ timeMs }) => timeMs)).toEqual([4000, 5000, 10_000, 12_000]);
  expect(lastBalance(learning, { startMs: 0, endMs: 8500 })?.timeMs).toBe(5000);
  expect(lastBalance(learning, { startMs: 6000, endMs: 9000 })).toBeNull();
});

it("applies gains and scale factors of that time", () => {
  const { populations, recurrentGain } = balanceSummary(
    learning,
    synapticBalance(learning, 12_000)!,
  );
  // Cell 0 has S = 3 and the inhibitory synapse of 4 mV from cell 4, cell 1 has S = 2.
  const [E6, I6, I6L] = populations;
  expect(E6!.excitatoryMv).toBeCloseTo((0.1 * 3 * 2) / 3, 12);
  expect(E6!.inhibitoryMv).toBeCloseTo(4 / 3 / 3, 12);
  expect(E6!.inhibitoryMvPerS).toBeCloseTo((2 / 0.998) * (4 / 9), 12);
  expect(I6!.excitatoryMv).toBe(3 / 2);
  expect(I6L!.excitatoryMvPerS).toBeCloseTo(2 / 0.999, 12);
  expect(recurrentGain.excitatory.radius).toBe(0);
});

it("correlates the gains of two runs of one network at common times", () => {
  const network = networkOf(6);
  const a = runWith(
    [
      [1000, 1, 2, 3, 4],
      [2000, 1, 1, 1, 1],
      [3000, 1, 2, 3, 5],
    ],
    network,
  );
  const b = runWith(
    [
      [1000, 1, 3, 5, 7],
      [3000, 5, 3, 2, 1],
      [4000, 1, 1, 1, 1],
    ],
    network,
  );
  const [first, second, ...others] = gainRegressions(a, b, { startMs: 0, endMs: 5000 });
  expect(first).toMatchObject({ timeMs: 1000, meanA: 2.5, meanB: 4 });
  expect(first!.slope).toBeCloseTo(2, 12);
  expect(first!.correlation).toBeCloseTo(1, 12);
  // Σ dx dy = −8.25, Σ dx² = Σ dy² = 8.75.
  expect(second!.slope).toBeCloseTo(-8.25 / 8.75, 12);
  expect(second!.correlation).toBeCloseTo(-8.25 / 8.75, 12);
  expect(others).toEqual([]);
  expect(gainRegressions(a, learning, { startMs: 0, endMs: 5000 })).toEqual([]);
});
