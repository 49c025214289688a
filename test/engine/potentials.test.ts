import { describe, expect, it } from "vitest";
import type { SimulationEngine } from "../../src/engine/contract.ts";
import { Engine } from "../../src/engine/driver.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import type { Stimulus } from "../../src/network/stimuli/stimulus.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { trainingStimuli } from "../network/training-stimuli.ts";
import { scenarioInputs } from "./random-networks.ts";
import { singleCell } from "./scenarios.ts";

const engines = {
  compiled: (parameters, network, stimuli) => begun(new Engine(parameters, network), stimuli),
  reference: (parameters, network, stimuli) =>
    begun(new ReferenceEngine(parameters, network), stimuli),
} satisfies Record<string, (...inputs: ReturnType<typeof scenarioInputs>) => SimulationEngine>;

function begun(engine: SimulationEngine, stimuli: readonly Stimulus[]): SimulationEngine {
  engine.setStimuli(stimuli);
  return engine;
}

describe.each(Object.entries(engines))("potentials of the %s engine", (_, create) => {
  it("are those that an input at that time finds", () => {
    // 5 mV of AMPA; later, a second input, whose weight was changed to 0, shows what it found.
    const inputs = scenarioInputs({
      ...singleCell,
      training: [
        { timeMs: 10, cell: 0, inputs: 1 },
        { timeMs: 33.37, cell: 0, inputs: 1 },
      ],
      parameters: { ...singleCell.parameters, trainingWeightMv: 5 },
    });
    const engine = create(...inputs);
    engine.advance(33.37, () => {});
    const read = engine.potentials([0]);
    const changed = create(...inputs);
    changed.advance(20, () => {});
    changed.setStimuli(inputs[2].map((stimulus) => ({ ...stimulus, weightMv: 0 })));
    changed.advance(33.38, () => {});
    const { ampaDistalMv, lastUpdateMs } = changed.cellState();
    expect(lastUpdateMs[0]).toBe(33.37);
    expect(read.ampaMv[0]).toBe(ampaDistalMv[0]);
    expect(read.driveMv[0]).toBe(ampaDistalMv[0]);
    expect(read.potentialMv[0]).toBe(ampaDistalMv[0]! - 65);
    expect(read.ampaMv[0]).toBeCloseTo(5 * Math.exp(-23.37 / 20), 4);
  });

  it("stay within −90 and 0 mV, and are none of dead cells", () => {
    const [parameters, network, training] = scenarioInputs({
      ...singleCell,
      cellCounts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      training: [{ timeMs: 10, cell: 0, inputs: 1 }],
      parameters: { ...singleCell.parameters, trainingWeightMv: 300 },
    });
    const engine = create(parameters, network, training);
    engine.advance(10.5, () => {});
    engine.deleteCells([1]);
    const { potentialMv, ampaMv, driveMv } = engine.potentials([1, 0]);
    expect([...potentialMv]).toEqual([Number.NaN, 0]);
    expect(ampaMv[1]).toBeGreaterThan(65);
    expect(driveMv[0]).toBeNaN();
  });

  it("change no bit of the state, however often they are read", () => {
    const parameters = resolveParameters({ protocol: "training", learningDurationS: 1 });
    const network = buildNetwork(parameters);
    const inputs = [parameters, network, trainingStimuli(parameters, network)] as const;
    const cells = Array.from({ length: network.cellCount }, (_, cell) => cell);
    const [read, unread] = [create(...inputs), create(...inputs)];
    const spikes: number[] = [];
    for (let timeMs = 7; timeMs <= 70; timeMs += 7) {
      read.advance(timeMs, (times, _cells, count) => spikes.push(...times.subarray(0, count)));
      const { driveMv } = read.potentials(cells);
      expect(driveMv.some((mv) => mv !== 0)).toBe(true);
      expect(read.potentials(cells).driveMv).toEqual(driveMv);
    }
    const others: number[] = [];
    unread.advance(70, (times, _cells, count) => others.push(...times.subarray(0, count)));
    expect(spikes.length).toBeGreaterThan(0);
    expect(spikes).toEqual(others);
    expect(read.snapshot()).toEqual(unread.snapshot());
  });
});
