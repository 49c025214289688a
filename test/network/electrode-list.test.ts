import { describe, expect, it } from "vitest";
import { populationRanges } from "../../src/network/population-ranges.ts";
import {
  type ElectrodeList,
  lastPopulationSeed,
  servedInputs,
  signalCells,
} from "../../src/network/stimuli/electrode-list.ts";
import { listedInputs } from "../../src/network/stimuli/listed.ts";
import type { StimulusInput } from "../../src/network/stimuli/stimulus.ts";

const populations = populationRanges(1);

const pulse: ElectrodeList = {
  populations: 5,
  stream: { high: 0, low: lastPopulationSeed(5) },
  seed: 0,
  trains: [],
  pulseMs: 1000,
  awaited: [],
};

/** A list at `fromMs` of trains of `rateHz` for 4 s, after another one. */
function trains(fromMs: number, rateHz: number, before: ElectrodeList): ElectrodeList {
  const { inputs, stream } = served(before);
  const seen = new Set<number>();
  const awaited = inputs.filter(({ timeMs, cell }) => {
    if (timeMs < fromMs || seen.has(cell)) return false;
    seen.add(cell);
    return true;
  });
  const weightsMv = signalCells(populations, 5).map(() => 2);
  const points = 2000 * rateHz + 1;
  const train = { fromMs, untilMs: fromMs + 4000, rateHz, points, weightsMv };
  return { ...pulse, stream, seed: 1 + fromMs, trains: [train], pulseMs: null, awaited };
}

/** The inputs of a list, and those that follow on others that cells await. */
function served(list: ElectrodeList) {
  const { inputs, ...others } = servedInputs(list, populations);
  return { ...others, inputs: [...listedInputs(inputs, 0)] as Required<StimulusInput>[] };
}

describe("the seeds of stimuli", () => {
  it("are those of the largest type among the signal populations", () => {
    expect(lastPopulationSeed(5)).toBe(934_200);
    expect(lastPopulationSeed(1)).toBe(794_070);
  });
});

describe("a list of stimuli", () => {
  it("begins with one weak pulse to each signal cell, within a millisecond", () => {
    const { inputs, stream } = served(pulse);
    expect(inputs.map(({ cell }) => cell).sort((a, b) => a - b)).toEqual(
      [...signalCells(populations, 5)].sort((a, b) => a - b),
    );
    expect(inputs.every(({ timeMs }) => timeMs >= 1000 && timeMs < 1001)).toBe(true);
    expect(new Set(inputs.map(({ weightMv }) => weightMv))).toEqual(new Set([0.001]));
    expect(stream).toEqual({ high: 392_426, low: 934_200 });
  });

  it("has an exact number of stimuli in its interval, after the awaited one", () => {
    const list = trains(1000, 5, pulse);
    const { inputs, stranded } = served(list);
    expect(stranded).toEqual([]);
    const own = inputs.filter(({ cell, weightMv }) => cell === 0 && weightMv === 2);
    // Those before the pulse that the cell awaits are passed over.
    expect(own.length).toBeGreaterThan(18);
    expect(own.length).toBeLessThanOrEqual(20);
    expect(own.every(({ timeMs }) => timeMs > 1000 && timeMs <= 5000)).toBe(true);
    expect(inputs.filter(({ weightMv }) => weightMv === 0.001)).toHaveLength(322);
  });

  it("leaves a cell without stimuli where it has none after the awaited one", () => {
    const first = trains(1000, 5, pulse);
    const next = trains(3000, 5, first);
    expect(served(next).stranded).toEqual([]);
    const [{ weightsMv, ...train }] = next.trains as [(typeof next.trains)[number]];
    const short = { ...next, trains: [{ ...train, untilMs: 3001, rateHz: 1000, weightsMv }] };
    expect(served(short).stranded.length).toBeGreaterThan(300);
  });
});
