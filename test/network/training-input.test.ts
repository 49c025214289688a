import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { scheduledInputs } from "../../src/network/stimuli/stimulus.ts";
import { trainingStimuli } from "./training-stimuli.ts";

const folder = new URL("../reference/training-with-scaling-20s/", import.meta.url);
const network = buildNetwork(resolveParameters({ protocol: "training" }));
const e4 = network.populations.find(({ name }) => name === "E4")!;

const inputsOf = (overrides: ParameterOverrides, fromMs = 0) =>
  [...scheduledInputs(trainingStimuli(resolveParameters(overrides), network), fromMs)].map(
    ({ timeMs, cell }) => [timeMs, cell] as const,
  );

describe("training input", () => {
  it("reaches the cells of the original's run at the same times", () => {
    const { original } = JSON.parse(readFileSync(new URL("run.json", folder), "utf8"));
    const inputs = inputsOf(parseOriginalOverrides(original));
    const rows = gunzipSync(readFileSync(new URL("training-input.tsv.gz", folder)))
      .toString()
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t").map(Number) as [cell: number, timeMs: number])
      .sort(([, a], [, b]) => a - b);
    expect(inputs.length).toBe(rows.length);
    rows.forEach(([cell, expectedMs], k) => {
      const [timeMs, reached] = inputs[k]!;
      expect(reached).toBe(cell);
      expect(Math.abs(timeMs - expectedMs)).toBeLessThanOrEqual(1e-12 * expectedMs);
    });
  });

  it("keeps each cell's number of inputs when shuffled, and spreads them over the learning phase", () => {
    const settings = { protocol: "training", baselineDurationS: 1, learningDurationS: 10 } as const;
    const before = inputsOf(settings);
    const after = inputsOf({ ...settings, trainingShuffled: true });
    const cells = (inputs: typeof before) => inputs.map(([, cell]) => cell).sort();
    expect(cells(after)).toEqual(cells(before));
    expect(after[0]![0]).toBeGreaterThanOrEqual(1000);
    expect(after.at(-1)![0]).toBeLessThan(11_000);
    const inVolleys = after.filter(([timeMs]) => timeMs % 125 < 1).length;
    expect(inVolleys).toBeLessThan(0.05 * after.length);
  });

  it("is empty without a learning phase", () => {
    expect(trainingStimuli(resolveParameters({ learningDurationS: 0 }), network)).toEqual([]);
  });

  /** Volleys that meet, touch and overlap, or come all at once; shuffled ones; a fraction of the time. */
  const cases = fc.tuple(
    fc.record({
      baselineDurationS: fc.constantFrom(0, 0.1),
      learningDurationS: fc.constantFrom(0.3, 1.37),
      trainingRateHz: fc.constantFrom(7, 8, 300, 1000),
      trainingVolleyMs: fc.constantFrom(0, 1e-4, 1, 50),
      trainingShuffled: fc.boolean(),
      trainingSeed: fc.nat(),
      inputSeed: fc.nat(),
    }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );

  it("goes on from any time with the inputs that come from then on", () => {
    fc.assert(
      fc.property(cases, ([settings, fraction]) => {
        const all = inputsOf(settings);
        const fromMs = all[Math.floor(fraction * (all.length - 1))]![0];
        const later = all.filter(([timeMs]) => timeMs >= fromMs);
        expect(inputsOf(settings, fromMs)).toEqual(later);
        expect(inputsOf(settings, fromMs + 1e-9)).toEqual(
          later.filter(([timeMs]) => timeMs >= fromMs + 1e-9),
        );
      }),
      { numRuns: 25, seed: 147141 },
    );
  });

  it("comes in order of time, the inputs of one cell more than 1 ns apart", () => {
    fc.assert(
      fc.property(cases, ([settings]) => {
        const lastMs = new Map<number, number>();
        const inputs = inputsOf(settings);
        const misplaced = inputs.filter(([timeMs, cell], k) => {
          const gapMs = timeMs - (lastMs.get(cell) ?? 0);
          lastMs.set(cell, timeMs);
          return gapMs <= 1e-6 || timeMs < (inputs[k - 1]?.[0] ?? 0);
        });
        expect(misplaced).toEqual([]);
        expect([...lastMs.keys()].every((cell) => cell - e4.firstCell < e4.cellCount)).toBe(true);
      }),
      { numRuns: 20, seed: 147141 },
    );
  });

  it("of a year is not drawn before its time", () => {
    const settings = { learningDurationS: 31_557_600, trainingStartMs: 0 } as const;
    const [stimulus] = trainingStimuli(resolveParameters(settings), network);
    const year = stimulus!.inputs(0);
    const first = Array.from({ length: 100 }, () => year.next().value!.timeMs);
    expect(first.at(-1)).toBeLessThan(500);
  });
});
