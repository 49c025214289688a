import { describe, expect, it } from "vitest";
import { Engine } from "../../src/engine/driver.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../../src/model/parameters.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { Simulation, type SimulationOptions } from "../../src/simulation/advance.ts";
import type { Pacer } from "../../src/threads/pacer.ts";
import { teamOf } from "../../src/threads/starting.ts";
import { type ColumnEngine, changeNetwork, type NetworkChange } from "../../src/timeline/column.ts";
import type { EntrySource } from "../../src/timeline/entry.ts";
import { alwaysTogether, erraticPacer } from "./erratic-pacer.ts";

/** Two seconds in which all takes place that an experiment can hold. */
const eventful: ParameterOverrides = {
  protocol: "deletion",
  scaling: true,
  scalingStartMs: 300,
  baselineDurationS: 0.5,
  learningDurationS: 1,
  recallDurationS: 0.5,
  plasticIncrementEE: 0.01,
  plasticIncrementEI: 0.002,
  deletionStepCells: 20,
  deletionIntervalMs: 450,
  trialDurationMs: 350,
};

/** Changes that a state does not contain, and others. */
const entries: readonly EntrySource[] = [
  { from: "200 ms", until: "900 ms", plasticity: "on" },
  { at: "400 ms", set: { scalingBeta: 4e-6 } },
  { from: "600 ms", until: "1.6 s", set: { externalGain: 21 } },
  {
    ...{ from: "250 ms", every: "300 ms", for: "140 ms" },
    stimulate: { cells: "E2", receptor: "AMPA", weight: "3 mV", rate: "40 Hz", pattern: "poisson" },
  },
  { from: "700 ms", until: "1.2 s", silence: { cells: "L4" } },
];

/** What becomes of the network, looked at in between as a recorder does. */
function outcome(parameters: Parameters, options: SimulationOptions) {
  const simulation = new Simulation(parameters, { ...options, entries });
  const spikes: string[] = [];
  const found: unknown[] = [];
  for (const untilMs of [77.7, 640, 640.25, 1300, 2000]) {
    simulation.advance(
      untilMs,
      (timesMs, cells, count) => {
        for (let k = 0; k < count; k++) spikes.push(`${cells[k]} at ${timesMs[k]}`);
      },
      (event) => found.push(event),
    );
    found.push(simulation.cellState(), simulation.cellEventCount, simulation.expandingSinceMs);
  }
  const { engine, timeline } = simulation.snapshot();
  const use = simulation.threadUse.map(({ threads }) => threads);
  const gains = Buffer.from(simulation.plasticGains().buffer).toString("base64");
  simulation.release();
  const state = Buffer.from(engine).toString("base64");
  return { use, bits: { spikes, found, timeline, gains, state } };
}

describe("threads", () => {
  const parameters = resolveParameters(eventful);

  const one = outcome(parameters, {}).bits;

  const expectSame = (ours: typeof one, theirs: typeof one) => {
    expect(theirs.spikes.length).toBeGreaterThan(500);
    expect(ours.spikes.join("\n")).toBe(theirs.spikes.join("\n"));
    expect(ours).toEqual(theirs);
  };

  it.each([2, 3])("%i of them reach the bits of one", (threads) => {
    const { bits, use } = outcome(parameters, teamOf(threads, alwaysTogether));
    expectSame(bits, one);
    expect(use).toEqual([threads]);
  });

  it.each([
    [2, 1],
    [2, 2],
    [3, 3],
  ])("%i of them that part and join at any time reach the bits of one (%i)", (threads, seed) => {
    const { bits, use } = outcome(parameters, teamOf(threads, erraticPacer(seed)));
    expectSame(bits, one);
    expect(use).toEqual([1, threads]);
  });

  it("two of them that decide by themselves reach the bits of one", () => {
    expectSame(outcome(parameters, teamOf(2)).bits, one);
  });

  it("three of them reach the bits of one with all rules on", () => {
    const rules: ParameterOverrides = {
      inhibitoryStdpIncrement: 0.1,
      tripletPotentiation: 0.05,
      intrinsicThresholdStepMv: 0.3,
      rateDetectorTargetHz: 3,
    };
    const ruled = resolveParameters({ ...eventful, ...rules });
    const { bits } = outcome(ruled, teamOf(3, erraticPacer(4)));
    expectSame(bits, outcome(ruled, {}).bits);
  });

  /** Two seconds of the 2014 model in which cells die, looked at in between. */
  const dying = (threads: number, pacer?: Pacer) => {
    const parameters = resolveParameters({
      model: "2014",
      sensorTimeConstantMs: 50,
      scalingBeta: 0.01,
    });
    const network = buildNetwork(parameters);
    const make = teamOf(threads, pacer).makeEngine ?? ((...inputs) => new Engine(...inputs));
    const engine: ColumnEngine = make(parameters, network);
    const found: unknown[] = [];
    const change = (...one: NetworkChange) => {
      engine.announce?.(one);
      changeNetwork(engine, network, one);
    };
    const advance = (untilMs: number) => {
      engine.advance(untilMs, (timesMs, cells, count) => {
        for (let k = 0; k < count; k++) found.push([timesMs[k], cells[k]]);
      });
      found.push(engine.cellState(), engine.cellEventCount, engine.deathDraws);
    };
    advance(500.3);
    change("turnOnScaling");
    advance(700);
    change("enableDeaths", 1e-5, 934_200, "published");
    advance(1100.7);
    change("setGrowthFactor", 0.8);
    advance(2000);
    const deaths = engine.deaths();
    const snapshot = Buffer.from(engine.snapshot()).toString("base64");
    engine.release?.();
    return { found, deaths, snapshot };
  };

  it.each([2, 3])("%i of them reach the bits of one while cells die", (threads) => {
    const theirs = dying(1);
    expect(theirs.deaths.length).toBeGreaterThan(20);
    for (const pacer of [alwaysTogether, erraticPacer(5)]) {
      expect(dying(threads, pacer)).toEqual(theirs);
    }
  });

  it("take up the state of one, and one takes up theirs", () => {
    const begin = (count: number) =>
      new Simulation(parameters, teamOf(count, count === 2 ? alwaysTogether : erraticPacer(count)));
    const [one, two, three, again] = [1, 2, 3, 1].map(begin);
    one!.advance(900, () => {});
    two!.restore(one!.snapshot());
    two!.advance(1400, () => {});
    three!.branchFrom(two!);
    three!.advance(1700, () => {});
    again!.restore(three!.snapshot());
    for (const simulation of [one!, again!]) simulation.advance(2000, () => {});
    expect(Buffer.from(again!.snapshot().engine).equals(one!.snapshot().engine)).toBe(true);
    expect(again!.cellEventCount).toBe(one!.cellEventCount);
    for (const simulation of [two!, three!]) simulation.release();
  });
});
