import { describe, expect, it } from "vitest";
import { RunHistory } from "../../src/measures/history.ts";
import { pairedGains } from "../../src/measures/paired-gains.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { description, networkOf, progressAt } from "../recording/small-run.ts";

/** A run of four synapses between E cells, with their gains at some times. */
function runWith(gains: readonly (readonly [timeMs: number, ...gains: number[]])[]): RunHistory {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, networkOf(6));
  for (const [timeMs, ...values] of gains) {
    writer.appendGains(timeMs, Float64Array.from(values));
  }
  writer.finish("complete", progressAt(20_000));
  return new RunHistory(new RunReader(store));
}

const without = runWith([
  [1000, 1, 1, 1, 1],
  [2000, 1, 1.5, 2, 2.5],
  [3000, 1, 2, 3, 4],
  [5000, 9, 9, 9, 8],
]);
const scaled = runWith([
  [1000, 1, 1, 1, 1],
  [2000, 1, 2, 3, 4],
  [4000, 5, 1, 1, 1],
  [5000, 1, 2, 3, 3],
]);

describe("gains of two runs", () => {
  it("are compared at the last time at which both were recorded before hyperactivity", () => {
    for (const untilMs of [2000, 3500, 4999]) {
      const compared = pairedGains(without, scaled, untilMs)!;
      expect(compared).toMatchObject({ timeS: 2, meanWithout: 1.75, meanWith: 2.5 });
      expect(compared.correlation).toBeCloseTo(1, 12);
    }
    expect(pairedGains(without, scaled, Infinity)).toMatchObject({ timeS: 5, meanWith: 2.25 });
  });

  it("are not where none has changed, or none was recorded", () => {
    expect(pairedGains(without, scaled, 1999)).toBeNull();
    expect(pairedGains(without, scaled, 999)).toBeNull();
  });
});
