import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SpikeSink } from "../../src/engine/engine.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/network.ts";
import { trainingInput } from "../../src/network/training-input.ts";
import type { EngineFactory, SimulationEngine } from "./oracle-contract.ts";
import { OracleEngine } from "./oracle-engine.ts";
import {
  alternatingScale,
  edges,
  eventfulColumn,
  eventfulSchedule,
  shortRunAt,
  silencedSchedule,
  silencedStream,
  simultaneousInputs,
  singleCell,
} from "./oracle-scenarios.ts";
import { type Action, type Scenario, scenarioInputs, scenarios } from "./random-networks.ts";

/** Everything an engine lets one see, by name: what one run did, bit for bit. */
export type Observations = ReadonlyMap<string, ArrayLike<number>>;

/** Drives an engine through a schedule and collects everything observable. */
export function observe(engine: SimulationEngine, schedule: readonly Action[]): Observations {
  const observations = new Map<string, ArrayLike<number>>();
  const spikeTimesMs: number[] = [];
  const spikeCells: number[] = [];
  for (const action of schedule) {
    if (action.do === "inspect") {
      inspect(engine, `at ${engine.timeMs} ms:`, observations);
      continue;
    }
    perform(engine, action, (timesMs, cells, count) => {
      spikeTimesMs.push(...timesMs.subarray(0, count));
      spikeCells.push(...cells.subarray(0, count));
    });
  }
  observations.set("spike times", spikeTimesMs);
  observations.set("spike cells", spikeCells);
  inspect(engine, "finally:", observations);
  return observations;
}

function perform(
  engine: SimulationEngine,
  action: Exclude<Action, { readonly do: "inspect" }>,
  sink: SpikeSink,
): void {
  switch (action.do) {
    case "advance":
      engine.advance(engine.timeMs + action.byMs, sink);
      return;
    case "turnOnScaling":
      engine.turnOnScaling();
      return;
    case "delete": {
      const cellCount = engine.cellState().alive.length;
      engine.deleteCells(action.cells.map((cell) => cell % cellCount));
      return;
    }
    case "reseed":
      engine.reseedExternalInput(action.base);
      return;
    case "setExternalFactor":
      engine.setExternalFactor(action.factor);
  }
}

function inspect(
  engine: SimulationEngine,
  label: string,
  observations: Map<string, ArrayLike<number>>,
): void {
  for (const [quantity, values] of Object.entries(engine.cellState())) {
    observations.set(`${label} ${quantity}`, values);
  }
  observations.set(`${label} plasticGains`, engine.plasticGains());
  const { timeMs, spikeCount, cellEventCount } = engine;
  observations.set(`${label} time, spikes, cell events`, [timeMs, spikeCount, cellEventCount]);
}

/** Where two runs differ first, in each quantity: the same bits differ nowhere. */
export function differences(expected: Observations, actual: Observations): string[] {
  const found: string[] = [];
  for (const [name, values] of expected) {
    const others = actual.get(name) ?? [];
    const length = Math.max(values.length, others.length);
    for (let k = 0; k < length; k++) {
      if (Object.is(values[k], others[k])) continue;
      found.push(`${name}[${k}] is ${others[k]}, expected ${values[k]}`);
      break;
    }
  }
  return found;
}

/** Requires of any engine that it returns the oracle's bits, whatever is done to it. */
export function describeEngineConformance(name: string, create: EngineFactory): void {
  const expectOracle = (inputs: Parameters<EngineFactory>, schedule: readonly Action[]) => {
    const oracle = new OracleEngine(...inputs);
    const engine = create(...inputs);
    const found = differences(observe(oracle, schedule), observe(engine, schedule));
    expect(found.slice(0, 10)).toEqual([]);
  };
  const expectOracleOn = (scenario: Scenario) => {
    expectOracle(scenarioInputs(scenario), scenario.schedule);
  };

  describe(`${name}, compared with the oracle bit for bit`, () => {
    it("equals it on random networks under random protocols", () => {
      fc.assert(fc.property(scenarios, expectOracleOn), {
        seed: 147141,
        numRuns: 300,
        // A found counterexample is made smaller for a minute, no longer.
        interruptAfterTimeLimit: 60_000,
      });
    });

    it("equals it when external streams reach their event limits", () => {
      const schedule: Action[] = [
        { do: "advance", byMs: 4000 },
        { do: "reseed", base: 1234 },
        { do: "advance", byMs: 4000 },
        { do: "reseed", base: 8001 },
        { do: "advance", byMs: 4000 },
      ];
      fc.assert(
        fc.property(scenarios, fc.constantFrom(0.5, 2, 10), (scenario, rateHz) => {
          const parameters = { ...scenario.parameters, ...shortRunAt(rateHz) };
          expectOracleOn({ ...scenario, parameters, schedule });
        }),
        { seed: 147141, numRuns: 30 },
      );
    });

    it("equals it when a draw of 0 silences a stream until it is reseeded", () => {
      const parameters = { ...shortRunAt(0), ...silencedStream };
      expectOracleOn({ ...singleCell, parameters, schedule: silencedSchedule });
    });

    it("equals it when external input, training input and an arrival come at one time", () => {
      expectOracleOn(simultaneousInputs);
    });

    it("equals it at the edges of STDP's window and of threshold and block level", () => {
      expectOracleOn(edges);
    });

    it("equals it when scale factors change their sign", () => {
      expectOracleOn(alternatingScale);
    });

    it("equals it on the column itself, learning, scaled and losing cells", () => {
      const parameters = resolveParameters(eventfulColumn);
      const network = buildNetwork(parameters);
      const training = trainingInput(parameters, network);
      expectOracle([parameters, network, training], eventfulSchedule);
    });
  });
}
