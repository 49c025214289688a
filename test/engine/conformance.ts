import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { SimulationEngine, SpikeSink } from "../../src/engine/contract.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../../src/model/parameters.ts";
import { buildNetwork, type Network } from "../../src/network/construction.ts";
import type { Stimulus } from "../../src/network/stimuli/stimulus.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { trainingStimuli } from "../network/training-stimuli.ts";
import {
  type Action,
  type Scenario,
  scenarioInputs,
  scenarios,
  scenarios2014,
  scenariosOfColumns,
} from "./random-networks.ts";
import {
  alternatingScale,
  edges,
  eventfulColumn,
  eventfulColumn2014,
  eventfulSchedule,
  eventfulSchedule2014,
  shortRunAt,
  silencedSchedule,
  silencedStream,
  simultaneousCallbacks,
  simultaneousInputs,
  singleCell,
} from "./scenarios.ts";

/** What an engine is made from. */
export type EngineInputs = readonly [Parameters, Network, readonly Stimulus[]];

export type EngineFactory = (parameters: Parameters, network: Network) => SimulationEngine;

/** Everything an engine lets one see, by name: what one run did, bit for bit. */
export type Observations = ReadonlyMap<string, ArrayLike<number>>;

/** Name of the counts among observations. */
export const counts = "time, spikes, cell events, expansion, draws";

/** Drives an engine through a schedule and collects everything observable. */
export function observe(
  create: EngineFactory,
  inputs: EngineInputs,
  schedule: readonly Action[],
): Observations {
  const observations = new Map<string, ArrayLike<number>>();
  const spikeTimesMs: number[] = [];
  const spikeCells: number[] = [];
  const column = new Column(create, inputs);
  for (const action of schedule) {
    if (action.do === "inspect") {
      inspect(column.engine, `at ${column.engine.timeMs} ms:`, observations);
      continue;
    }
    column.perform(action, (timesMs, cells, count) => {
      spikeTimesMs.push(...timesMs.subarray(0, count));
      spikeCells.push(...cells.subarray(0, count));
    });
  }
  observations.set("spike times", spikeTimesMs);
  observations.set("spike cells", spikeCells);
  inspect(column.engine, "finally:", observations);
  return observations;
}

/** An engine, and what another one in its place would be made from. */
class Column {
  engine: SimulationEngine;
  readonly #create: EngineFactory;
  readonly #network: Network;
  #stimuli: readonly Stimulus[];
  #parameters: Parameters;

  constructor(create: EngineFactory, [parameters, network, stimuli]: EngineInputs) {
    this.#create = create;
    this.#parameters = parameters;
    this.#network = network;
    this.#stimuli = stimuli;
    this.engine = this.#begin();
  }

  #begin(): SimulationEngine {
    const engine = this.#create(this.#parameters, this.#network);
    engine.setStimuli(this.#stimuli);
    return engine;
  }

  #cells(numbers: readonly number[]): number[] {
    return numbers.map((cell) => cell % this.#network.cellCount);
  }

  perform(action: Exclude<Action, { readonly do: "inspect" }>, sink: SpikeSink): void {
    const { engine } = this;
    switch (action.do) {
      case "advance":
        engine.advance(engine.timeMs + action.byMs, sink);
        return;
      case "turnOnScaling":
        engine.turnOnScaling();
        return;
      case "turnOffScaling":
        engine.turnOffScaling();
        return;
      case "turnOnPlasticity":
      case "turnOffPlasticity":
        engine[action.do]();
        return;
      case "delete":
        engine.deleteCells(this.#cells(action.cells));
        return;
      case "silence":
        engine.silenceCells(this.#cells(action.cells));
        return;
      case "release":
        engine.releaseCells(this.#cells(action.cells));
        return;
      case "reseed":
        engine.reseedExternalInput(action.base);
        return;
      case "setExternalFactor":
      case "setGrowthFactor":
        engine[action.do](action.factor);
        return;
      case "enableDeaths":
        engine.enableDeaths(action.speed, 934_200, action.rule);
        return;
      case "changeParameters":
        this.#parameters = withChanges(this.#parameters, action.changes);
        engine.changeParameters(this.#parameters);
        return;
      case "setStimuli":
        this.#stimuli = this.#stimuli.slice(action.without);
        engine.setStimuli(this.#stimuli);
        return;
      case "restore":
        this.engine = this.#begin();
        this.engine.restore(engine.snapshot());
    }
  }
}

function withChanges(parameters: Parameters, changes: ParameterOverrides): Parameters {
  const { model, ...others } = parameters as Parameters & { readonly model?: string };
  return { ...resolveParameters({ ...others, ...changes }), ...(model && { model }) };
}

function inspect(
  engine: SimulationEngine,
  label: string,
  observations: Map<string, ArrayLike<number>>,
): void {
  for (const [quantity, values] of Object.entries(engine.cellState())) {
    observations.set(`${label} ${quantity}`, values);
  }
  const cells = Array.from(engine.cellState().alive, (_, cell) => cell);
  for (const [quantity, values] of Object.entries(engine.potentials(cells))) {
    observations.set(`${label} ${quantity}`, values);
  }
  observations.set(`${label} plasticGains`, engine.plasticGains());
  const { timeMs, spikeCount, cellEventCount, expandingSinceMs, deathDraws } = engine;
  const values = [timeMs, spikeCount, cellEventCount, expandingSinceMs, deathDraws];
  observations.set(`${label} ${counts}`, values);
  const deaths = engine.deaths().flatMap((death) => Object.values(death));
  observations.set(`${label} deaths`, deaths);
}

/** Where two runs differ first, in each quantity: the same bits differ nowhere. */
function differences(expected: Observations, actual: Observations): string[] {
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

const reference: EngineFactory = (...from) => new ReferenceEngine(...from);

/** What the reference engine did with scenarios: it is slow, and each engine is asked the same. */
const referenceRuns = new Map<string, Observations>();

/** What the reference engine does with a scenario. */
export function observeReference(scenario: Scenario): Observations {
  const key = fc.stringify(scenario);
  const known = referenceRuns.get(key);
  if (known) return known;
  const observations = observe(reference, scenarioInputs(scenario), scenario.schedule);
  referenceRuns.set(key, observations);
  return observations;
}

/** Requires of any engine that it returns the reference engine's bits, whatever is done to it. */
export function describeConformance(name: string, create: EngineFactory): void {
  const expectSame = (
    expected: Observations,
    inputs: EngineInputs,
    schedule: readonly Action[],
  ) => {
    const found = differences(expected, observe(create, inputs, schedule));
    expect(found.slice(0, 10)).toEqual([]);
  };
  const expectReference = (inputs: EngineInputs, schedule: readonly Action[]) => {
    expectSame(observe(reference, inputs, schedule), inputs, schedule);
  };
  const expectReferenceOn = (scenario: Scenario) => {
    expectSame(observeReference(scenario), scenarioInputs(scenario), scenario.schedule);
  };

  afterAll(() => referenceRuns.clear());

  describe(`${name}, compared with the reference engine bit for bit`, () => {
    it("equals it on random networks under random protocols", () => {
      fc.assert(fc.property(scenarios, expectReferenceOn), {
        seed: 147141,
        numRuns: 300,
        // A found counterexample is made smaller for a minute, no longer.
        interruptAfterTimeLimit: 60_000,
      });
    });

    it("equals it in the 2014 model on random networks under random protocols", () => {
      fc.assert(fc.property(scenarios2014, expectReferenceOn), {
        seed: 154096,
        numRuns: 300,
        interruptAfterTimeLimit: 60_000,
      });
    });

    it("equals it on several columns under random protocols", () => {
      fc.assert(fc.property(scenariosOfColumns, expectReferenceOn), {
        seed: 147_142,
        numRuns: 150,
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
          expectReferenceOn({ ...scenario, parameters, schedule });
        }),
        { seed: 147141, numRuns: 30 },
      );
    });

    it("equals it when a draw of 0 silences a stream until it is reseeded", () => {
      const parameters = { ...shortRunAt(0), ...silencedStream };
      expectReferenceOn({ ...singleCell, parameters, schedule: silencedSchedule });
    });

    it("equals it when external input, scheduled input and an arrival come at one time", () => {
      expectReferenceOn(simultaneousInputs);
    });

    // Of equal times, the callback of the first spike is served first: it can kill a cell before that
    // cell's own callback, or before another one reaches it, which then takes no draw.
    it.each([
      { order: [2, 0, 1], dead: [4, 2], draws: 2 },
      { order: [0, 2, 1], dead: [2], draws: 1 },
      { order: [0, 1, 2], dead: [2], draws: 1 },
    ])(
      "equals it when callbacks come at one time, and cells $dead die",
      ({ order, dead, draws }) => {
        const scenario = simultaneousCallbacks(order);
        expectReferenceOn(scenario);
        const observations = observe(create, scenarioInputs(scenario), scenario.schedule);
        const deaths = Array.from(observations.get("finally: deaths")!);
        expect(deaths.filter((_, k) => k % 4 === 1)).toEqual(dead);
        expect(Array.from(observations.get(`finally: ${counts}`)!).at(-1)).toBe(draws);
      },
    );

    it("equals it at the edges of STDP's window and of threshold and block level", () => {
      expectReferenceOn(edges);
    });

    it("equals it when scale factors change their sign", () => {
      expectReferenceOn(alternatingScale);
    });

    it("equals it on the column itself, learning, scaled and losing cells", () => {
      const parameters = resolveParameters(eventfulColumn);
      const network = buildNetwork(parameters);
      const training = trainingStimuli(parameters, network);
      expectReference([parameters, network, training], eventfulSchedule);
    });

    it("equals it on the column of the 2014 model, scaled and losing cells", () => {
      const parameters = resolveParameters(eventfulColumn2014);
      expectReference([parameters, buildNetwork(parameters), []], eventfulSchedule2014);
    });
  });
}
