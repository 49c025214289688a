import { describe, expect, it } from "vitest";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { magnesiumBlock, prepare } from "./laboratory.ts";

describe("STDP", () => {
  /** Gain of the synapse from cell 0 to cell 1 after spikes of both. */
  const gainAfter = (preMs: number, postMs: number, parameters: ParameterOverrides = {}) => {
    const { advance, engine } = prepare({
      cells: [2],
      synapses: [[0, 1, 500, 1]],
      training: [
        [preMs, 0],
        [postMs, 1],
      ],
      parameters,
    });
    advance(400);
    return engine.plasticGains()[0]!;
  };

  it("potentiates a synapse whose target fires after its source", () => {
    expect(gainAfter(24, 44)).toBeCloseTo(1 + 0.001 * (1 - 1 / 10) * Math.exp(-1), 15);
  });

  it("depresses a synapse whose source fires after its target", () => {
    expect(gainAfter(44, 24)).toBeCloseTo(1 - 0.001 * (1 / 10) * Math.exp(-1), 15);
  });

  it("reaches back 120 ms, inclusive for potentiation, exclusive for depression", () => {
    expect(gainAfter(24, 144)).toBeCloseTo(1 + 0.001 * (1 - 1 / 10) * Math.exp(-6), 15);
    expect(gainAfter(24, 144.25)).toBe(1);
    expect(gainAfter(144, 24)).toBe(1);
    expect(gainAfter(143.75, 24)).toBeLessThan(1);
  });

  it("is active from its start to its end, inclusive", () => {
    expect(gainAfter(24, 44, { plasticityEndMs: 44 })).toBeGreaterThan(1);
    expect(gainAfter(24, 44, { plasticityEndMs: 43.75 })).toBe(1);
    expect(gainAfter(24, 44, { plasticityStartMs: 44 })).toBeGreaterThan(1);
    expect(gainAfter(24, 44, { plasticityStartMs: 44.25 })).toBe(1);
    expect(gainAfter(24, 44, { learningDurationS: 0, recallDurationS: 1 })).toBe(1);
  });

  it("lowers no gain below 0", () => {
    expect(gainAfter(24, 44, { plasticIncrementEE: 1, plasticMaximumEE: 0.1 })).toBe(0);
    expect(gainAfter(44, 24, { plasticIncrementEE: 1, plasticMaximumEE: 0.1 })).toBe(0);
  });

  it("changes E→I gains by their own parameters, gains of I sources never", () => {
    const { advance, engine } = prepare({
      cells: [1, 1],
      synapses: [
        [0, 1, 500, 1],
        [1, 0, 500, 1],
      ],
      training: [
        [24, 0],
        [44, 1],
      ],
      parameters: { plasticIncrementEI: 0.1, plasticMaximumEI: 2 },
    });
    advance(50);
    const [ontoI, ontoE] = engine.plasticGains();
    expect(ontoI).toBeCloseTo(1 + 0.1 * (1 - 1 / 2) * Math.exp(-1), 15);
    expect(ontoE).toBe(1);
  });

  it("acts on AMPA at arrival, not on NMDA", () => {
    const { advance, engine } = prepare({
      cells: [2],
      synapses: [[0, 1, 500, 2, 3]],
      training: [
        [24, 0],
        [44, 1],
      ],
      parameters: { plasticIncrementEE: 1, afterhyperpolarizationTimeConstantEMs: 1 },
    });
    const state = advance(525);
    expect(state.ampaDistalMv[1]).toBeCloseTo(2 * engine.plasticGains()[0]!, 6);
    expect(state.nmdaDistalMv[1]).toBeCloseTo(3 * magnesiumBlock(-65), 6);
  });
});
