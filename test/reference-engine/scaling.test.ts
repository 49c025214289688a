import { describe, expect, it } from "vitest";
import { decay, magnesiumBlock, prepare } from "./laboratory.ts";

describe("homeostatic scaling", () => {
  it("updates the scale factor, then the integral, at every event, callbacks included", () => {
    const [beta, gamma] = [1, 1e-3];
    const { advance, engine } = prepare({
      cells: [1, 1],
      synapses: [[0, 1, 10, 1]],
      training: [
        [24, 0],
        [50, 0],
      ],
      parameters: { scalingBeta: beta, scalingGamma: gamma },
    });
    advance(40);
    engine.turnOnScaling();
    expect(engine.cellState().targetRateKhz[0]).toBe(-1);

    // Spikes at 24 and 50 ms, callbacks at 34 and 60 ms, ends of refractoriness at 29 and 55 ms.
    const state = advance(61);
    const target = 1 / 50;
    let [sensed, integral, scale, lastEventMs] = [1e-5 * Math.exp(-10 / 1e5), 0, 1, 34];
    for (const eventMs of [50, 55, 60]) {
      sensed *= Math.exp(-(eventMs - lastEventMs) / 1e5);
      const error = target - sensed;
      scale += beta * scale * error + gamma * scale * integral;
      integral += error * (eventMs - lastEventMs);
      if (eventMs === 50) sensed += (1 - sensed) / 1e5;
      lastEventMs = eventMs;
    }
    expect(state.targetRateKhz[0]).toBe(target);
    expect(state.sensedRateKhz[0]).toBeCloseTo(sensed, 16);
    expect(state.rateErrorIntegral[0]).toBeCloseTo(integral, 13);
    expect(state.scaleFactor[0]).toBeCloseTo(scale, 13);
    expect(state.lastUpdateMs[0]).toBe(55);
  });

  /** Arrivals, of 2 mV each, at an E and an FS cell that have both fired once, long ago. */
  const scaledArrivals = (scaleInhibitoryCells: boolean) => {
    const { advance, engine } = prepare({
      cells: [2, 2],
      synapses: [
        [0, 1, 1000, 2, 3],
        [0, 2, 1000, 2, 3],
        [3, 1, 1200, 2],
        [3, 2, 1200, 2],
      ],
      training: [0, 1, 2, 3].map((cell) => [24, cell] as const),
      parameters: {
        learningDurationS: 0,
        recallDurationS: 1,
        scalingBeta: 2000,
        scaleInhibitoryCells,
        afterhyperpolarizationTimeConstantEMs: 1,
      },
    });
    advance(40);
    engine.turnOnScaling();
    const excitation = advance(1025);
    const inhibition = advance(1225);
    return { excitation, inhibition };
  };

  it("multiplies excitation onto E cells, divides inhibition, and leaves NMDA", () => {
    const { excitation, inhibition } = scaledArrivals(false);
    const [ampaScale, gabaScale] = [excitation.scaleFactor[1]!, inhibition.scaleFactor[1]!];
    expect(ampaScale).toBeGreaterThan(2);
    expect(excitation.ampaDistalMv[1]).toBeCloseTo(2 * ampaScale, 5);
    expect(excitation.nmdaDistalMv[1]).toBeCloseTo(3 * magnesiumBlock(-65), 5);
    expect(gabaScale).toBeGreaterThan(ampaScale);
    const vmMv = 2 * ampaScale * decay(200, 20) + 3 * magnesiumBlock(-65) * decay(200, 300);
    expect(inhibition.gabaProximalMv[1]).toBeCloseTo((-2 / gabaScale) * (1 + vmMv / 15), 4);
  });

  it("does not touch I cells", () => {
    const { excitation, inhibition } = scaledArrivals(false);
    expect(inhibition.scaleFactor[2]).toBe(1);
    expect(inhibition.targetRateKhz[2]).toBe(-1);
    expect(excitation.ampaDistalMv[2]).toBeCloseTo(2, 5);
  });

  it("acts on I cells the other way round, if they are scaled", () => {
    const { excitation, inhibition } = scaledArrivals(true);
    const [ampaScale, gabaScale] = [excitation.scaleFactor[2]!, inhibition.scaleFactor[2]!];
    expect(ampaScale).toBeGreaterThan(2);
    expect(excitation.ampaDistalMv[2]).toBeCloseTo(2 / ampaScale, 5);
    const vmMv = (2 / ampaScale) * decay(200, 20) + 3 * magnesiumBlock(-63) * decay(200, 300);
    expect(inhibition.gabaProximalMv[2]).toBeCloseTo(-2 * gabaScale * (1 + vmMv / 15), 4);
  });
});
