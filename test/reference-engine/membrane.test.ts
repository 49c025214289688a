import { describe, expect, it } from "vitest";
import { decay, firingMv, magnesiumBlock, prepare } from "./laboratory.ts";

describe("inputs", () => {
  it("add AMPA in proportion to the driving force, and decay", () => {
    const { advance } = prepare({
      cells: [1],
      training: [
        [24, 0],
        [48, 0],
      ],
      parameters: { trainingWeightMv: 10 },
    });
    expect(advance(48).ampaDistalMv[0]).toBe(10);
    const left = 10 * decay(24, 20);
    expect(advance(49).ampaDistalMv[0]).toBeCloseTo(left + 10 * (1 - left / 65), 12);
  });

  it("add AMPA and magnesium-blocked NMDA of an E source from one membrane potential", () => {
    const { advance } = prepare({
      cells: [1, 1],
      synapses: [[0, 1, 24, 5, 8]],
      training: [
        [24, 0],
        [48, 0],
      ],
    });
    const first = advance(72);
    expect(first.ampaDistalMv[1]).toBe(5);
    const nmdaMv = 8 * magnesiumBlock(-63);
    expect(first.nmdaDistalMv[1]).toBeCloseTo(nmdaMv, 12);

    const second = advance(73);
    const ampaLeftMv = 5 * decay(24, 20);
    const nmdaLeftMv = nmdaMv * decay(24, 300);
    const vmMv = ampaLeftMv + nmdaLeftMv;
    expect(second.ampaDistalMv[1]).toBeCloseTo(ampaLeftMv + 5 * (1 - vmMv / 65), 11);
    expect(second.nmdaDistalMv[1]).toBeCloseTo(
      nmdaLeftMv + 8 * magnesiumBlock(-63 + vmMv) * (1 - vmMv / 90),
      11,
    );
  });

  it("subtract GABA, proximal from fast-spiking and distal from low-threshold sources", () => {
    const { advance } = prepare({
      cells: [1, 1, 1],
      synapses: [
        [1, 0, 24, 4],
        [2, 0, 48, 6],
      ],
      training: [
        [24, 1],
        [24, 2],
      ],
    });
    expect(advance(72).gabaProximalMv[0]).toBe(-4);
    const state = advance(73);
    const proximalMv = -4 * decay(24, 10);
    expect(state.gabaProximalMv[0]).toBeCloseTo(proximalMv, 12);
    expect(state.gabaDistalMv[0]).toBeCloseTo(-6 * (1 - proximalMv / -15), 12);
  });

  it("subtract no GABA beyond the reversal potential, but are events", () => {
    const { advance } = prepare({
      cells: [1, 2],
      synapses: [
        [1, 0, 24, 20],
        [2, 0, 24.4, 20],
      ],
      training: [
        [24, 1],
        [24, 2],
      ],
    });
    const state = advance(49);
    expect(state.gabaProximalMv[0]).toBeCloseTo(-20 * decay(0.4, 10), 11);
    expect(state.lastUpdateMs[0]).toBe(48.4);
  });

  it("turn no deviation to the wrong side", () => {
    const { advance } = prepare({
      cells: [1, 2],
      synapses: [
        [1, 0, 24, 14],
        [1, 2, 1, 20],
        [2, 0, 24, 14],
      ],
      training: [
        [24, 1],
        [24, 2],
        [24, 0],
        [24.4, 0],
      ],
      parameters: { reversalGabaMv: -1, reversalAmpaMv: 10, trainingWeightMv: 26 },
    });
    // 26 mV, then 26·(1 − 25/10) < −25: the sum is negative.
    expect(advance(25).ampaDistalMv[0]).toBe(0);
    // 14 mV below rest after the first; the second would add 14·(1 − 14) mV.
    expect(advance(49).gabaProximalMv[0]).toBe(0);
  });

  it("without any weight leave the membrane alone", () => {
    const { advance, engine } = prepare({
      cells: [1, 1],
      synapses: [[0, 1, 10, 0, 0]],
      training: [[24, 0]],
    });
    expect(advance(40).lastUpdateMs[1]).toBe(0);
    // Training, end of refractoriness and the arrival count; the sender's callback does not.
    expect(engine.cellEventCount).toBe(3);
  });
});

describe("a spike", () => {
  it("leaves afterhyperpolarization and a raised threshold, and no reset", () => {
    const { advance, spikes } = prepare({ cells: [1], training: [[24, 0]] });
    const state = advance(25);
    expect(spikes).toEqual([[24, 0]]);
    expect(state.afterhyperpolarizationMv[0]).toBe(-1);
    expect(state.dynamicThresholdMv[0]).toBe(-32.5);
    expect(state.ampaDistalMv[0]).toBe(firingMv);
    expect(state.spikeCount[0]).toBe(1);
  });

  it("is followed by absolute, then by relative refractoriness", () => {
    const { advance, spikes } = prepare({
      cells: [1],
      training: [
        [24, 0],
        [28.75, 0],
        [30, 0],
      ],
      parameters: { trainingWeightMv: 26 },
    });
    expect(advance(29).dynamicThresholdMv[0]).toBe(-32.5);
    const state = advance(30.5);
    // At 30 ms the potential lies above the block level: counted, but no spike.
    expect(spikes).toEqual([[24, 0]]);
    expect(state.blockCount[0]).toBe(1);
    expect(state.dynamicThresholdMv[0]).toBeCloseTo(-40 + 7.5 * Math.exp(-1), 4);
  });

  it("can come at the instant at which refractoriness ends", () => {
    const { advance, spikes } = prepare({
      cells: [1],
      training: [
        [24, 0],
        [29, 0],
      ],
    });
    advance(30);
    expect(spikes).toEqual([
      [24, 0],
      [29, 0],
    ]);
  });

  it("fails above the depolarization-block level", () => {
    const { advance, spikes } = prepare({
      cells: [1],
      training: [[24, 0]],
      parameters: { trainingWeightMv: 50 },
    });
    expect(advance(25).blockCount[0]).toBe(1);
    expect(spikes).toEqual([]);
  });

  it("raises the sensed rate, which decays to the last event of any kind", () => {
    const { advance } = prepare({
      cells: [1, 1],
      synapses: [[0, 1, 20, 1]],
      training: [[24, 0]],
    });
    expect(advance(25).sensedRateKhz[0]).toBe(1 / 100_000);
    expect(advance(30).sensedRateKhz[0]! * 1e5).toBeCloseTo(Math.exp(-5 / 1e5), 13);
    expect(advance(50).sensedRateKhz[0]! * 1e5).toBeCloseTo(Math.exp(-20 / 1e5), 13);
  });

  it("is sensed with the time constant given, which decays with it only if asked to", () => {
    const sensedAt29 = (sensorDecay: "published" | "consistent") =>
      prepare({
        cells: [1],
        training: [[24, 0]],
        parameters: { sensorTimeConstantMs: 100, sensorDecay },
      }).advance(30).sensedRateKhz[0]!;
    expect(sensedAt29("published")).toBeCloseTo(0.01 * Math.exp(-5 / 1e5), 14);
    expect(sensedAt29("consistent")).toBeCloseTo(0.01 * Math.exp(-5 / 100), 14);
  });
});
