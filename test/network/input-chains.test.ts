import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AwaitedInput,
  type CellLists,
  chainedInputs,
} from "../../src/network/stimuli/input-chains.ts";
import { listedInputs } from "../../src/network/stimuli/listed.ts";

const cellCount = 6;

/** Few times, so that many inputs are simultaneous; some nearer to each other than the resolution. */
const time = fc
  .tuple(fc.nat({ max: 12 }), fc.constantFrom(0, 0, 4e-7, 2e-6))
  .map(([whole, more]) => whole + more);

const scenarios = fc.record({
  awaited: fc
    .tuple(...Array.from({ length: cellCount }, () => time))
    .chain((times) =>
      fc.shuffledSubarray(times.map((timeMs, cell) => ({ timeMs, cell, weightMv: -1 }))),
    )
    .map((all) => all.toSorted((a, b) => a.timeMs - b.timeMs)),
  lists: fc
    .array(fc.uniqueArray(time, { maxLength: 12 }), { minLength: cellCount, maxLength: cellCount })
    .map((lists): CellLists => new Map(lists.map((times, cell) => [cell, listOf(times)]))),
});

const listOf = (times: readonly number[]) => ({
  timesMs: Float64Array.from(times).sort(),
  weightsMv: Float64Array.from(times, (_, k) => k),
});

/** The rule as it is stated: a queue, in which each input is scheduled when its cell's last one is served. */
function queued(awaited: readonly AwaitedInput[], lists: CellLists): AwaitedInput[] {
  const waiting = [...awaited];
  const served: AwaitedInput[] = [];
  while (waiting.length > 0) {
    const firstMs = Math.min(...waiting.map(({ timeMs }) => timeMs));
    const place = waiting.findIndex(({ timeMs }) => timeMs === firstMs);
    const [input] = waiting.splice(place, 1) as [AwaitedInput];
    served.push(input);
    const { timesMs, weightsMv } = lists.get(input.cell)!;
    const next = timesMs.findIndex((timeMs) => timeMs > input.timeMs + 1e-6);
    if (next < 0) continue;
    waiting.push({ timeMs: timesMs[next]!, cell: input.cell, weightMv: weightsMv[next]! });
  }
  return served;
}

describe("inputs of the cells' lists", () => {
  it("come in order of time, and of equal times the first scheduled first", () => {
    let ties = 0;
    fc.assert(
      fc.property(scenarios, ({ awaited, lists }) => {
        const expected = queued(awaited, lists);
        expect([...listedInputs(chainedInputs(awaited, lists), 0)]).toEqual(expected);
        ties += expected.filter(({ timeMs }, k) => timeMs === expected[k - 1]?.timeMs).length;
      }),
      { numRuns: 300 },
    );
    expect(ties).toBeGreaterThan(300);
  });
});
