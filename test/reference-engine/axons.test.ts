import { describe, expect, it } from "vitest";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { observe } from "../engine/conformance.ts";
import { scenarioInputs } from "../engine/random-networks.ts";
import { simultaneousInputs } from "../engine/scenarios.ts";
import { prepare } from "./laboratory.ts";

describe("axons", () => {
  it("serve delays within 1e-5 ms of a callback's first at once", () => {
    const delaysMs = [4, 4 + 8e-6, 4 + 1.6e-5] as const;
    const { advance } = prepare({
      cells: [1, 3],
      synapses: delaysMs.map((delayMs, k) => [0, k + 1, delayMs, 1] as const),
      training: [[24, 0]],
    });
    const { lastUpdateMs } = advance(30);
    expect([...lastUpdateMs.slice(1)]).toEqual([28, 28, 28 + (delaysMs[2] - delaysMs[0])]);
  });

  it("accumulate arrival times by adding differences of delays", () => {
    const { advance } = prepare({
      cells: [1, 3],
      synapses: [
        [0, 1, 0.1, 1],
        [0, 2, 0.7, 1],
        [0, 3, 1.9, 1],
      ],
      training: [[24, 0]],
    });
    const secondMs = 24 + 0.1 + (0.7 - 0.1);
    const { lastUpdateMs } = advance(30);
    expect(lastUpdateMs[2]).toBe(secondMs);
    expect(lastUpdateMs[3]).toBe(secondMs + (1.9 - 0.7));
  });

  it("can have several spikes under way", () => {
    const { advance, spikes } = prepare({
      cells: [0, 1, 1],
      synapses: [[0, 1, 40, 1]],
      training: [
        [24, 0],
        [26, 0],
      ],
      parameters: { trainingWeightMv: 24 },
    });
    expect(advance(65).gabaProximalMv[1]).toBe(-1);
    expect(spikes.map(([timeMs]) => timeMs)).toEqual([24, 26]);
    const left = Math.exp(-2 / 10);
    expect(advance(67).gabaProximalMv[1]).toBeCloseTo(-left - (1 - left / 15), 5);
  });

  it("fire simultaneous targets in synapse order, which STDP sees", () => {
    const { advance, engine, spikes } = prepare({
      cells: [3],
      synapses: [
        [0, 2, 4, 28],
        [0, 1, 4, 28],
        [1, 2, 50, 1],
        [2, 1, 50, 1],
      ],
      training: [[24, 0]],
    });
    advance(30);
    expect(spikes).toEqual([
      [24, 0],
      [28, 2],
      [28, 1],
    ]);
    const [, , gain12, gain21] = engine.plasticGains();
    expect(gain12).toBe(1 - 0.001 / 10);
    expect(gain21).toBe(1 + 0.001 * (1 - 1 / 10));
  });
});

describe("deletion", () => {
  /** When each cell had its last event, for a sender with three targets that fires at 24 ms. */
  const eventsWhenDeleting = (cell: number, atMs: number) => {
    const { advance, engine } = prepare({
      cells: [1, 3],
      synapses: [
        [0, 1, 5, 1],
        [0, 2, 10, 1],
        [0, 3, 15, 1],
      ],
      training: [[24, 0]],
    });
    advance(atMs);
    engine.deleteCells([cell]);
    const { sensedRateKhz } = advance(36);
    const senderMs = 24 - 1e5 * Math.log(sensedRateKhz[0]! * 1e5);
    const { lastUpdateMs, alive } = advance(50);
    expect([...alive]).toEqual([0, 1, 2, 3].map((k) => Number(k !== cell)));
    return { senderMs, targetsMs: [...lastUpdateMs.slice(1)] };
  };

  it("skips a target that is dead when the callback would be scheduled", () => {
    const { senderMs, targetsMs } = eventsWhenDeleting(2, 28);
    expect(senderMs).toBeCloseTo(29, 4);
    expect(targetsMs).toEqual([29, 0, 39]);
  });

  it("keeps the callback of a target that dies after that", () => {
    const { senderMs, targetsMs } = eventsWhenDeleting(2, 30);
    expect(senderMs).toBeCloseTo(34, 4);
    expect(targetsMs).toEqual([29, 0, 39]);
  });

  it("calls back first for the first target, dead or not", () => {
    expect(eventsWhenDeleting(1, 20).targetsMs).toEqual([0, 34, 39]);
  });

  it("stops the chains of a dead sender", () => {
    expect(eventsWhenDeleting(0, 30).targetsMs).toEqual([29, 0, 0]);
  });

  it("leaves the dead in the state they died with", () => {
    const { advance, engine, spikes } = prepare({
      cells: [1],
      training: [
        [24, 0],
        [40, 0],
      ],
    });
    const before = advance(26);
    engine.deleteCells([0]);
    const after = advance(50);
    expect({ ...after, alive: before.alive }).toEqual(before);
    expect(spikes).toEqual([[24, 0]]);
  });
});

describe("events at one time", () => {
  it("come as external input, scheduled input, axonal callbacks", () => {
    const observations = observe(
      (...inputs) => new ReferenceEngine(...inputs),
      scenarioInputs(simultaneousInputs),
      simultaneousInputs.schedule,
    );
    const externalMv = 0.25 * 15;
    const trainedMv = externalMv + 28 * (1 - externalMv / 65);
    // The training input fires the cell: afterhyperpolarization lowers what the arrival finds.
    const arrivedMv = trainedMv + 28 * (1 - (trainedMv - 1) / 65);
    expect(observations.get("finally: ampaDistalMv")![1]).toBeCloseTo(arrivedMv, 10);
    expect(observations.get("finally: lastUpdateMs")![1]).toBe(observations.get("spike times")![1]);
  });
});

describe("advance", () => {
  it("leaves events at the end of its time to the next call", () => {
    const { advance, spikes } = prepare({ cells: [1], training: [[24, 0]] });
    advance(24);
    expect(spikes).toEqual([]);
    advance(24.25);
    expect(spikes).toEqual([[24, 0]]);
  });
});
