import { describe, expect, it } from "vitest";
import { MCellRan4Stream } from "../../src/random/mcell-ran4.ts";
import { silencedSchedule, silencedStream } from "../engine/scenarios.ts";
import { prepare } from "./laboratory.ts";

describe("external streams", () => {
  /** The first `count` event times of stream j at this rate. */
  const eventTimesMs = (seed: number, rateHz: number, count: number) => {
    const draws = new MCellRan4Stream(seed, seed);
    draws.nextWord();
    let timeMs = 0;
    return Array.from({ length: count }, () => {
      timeMs += (1000 / rateHz) * -Math.log(draws.uniform());
      return timeMs;
    });
  };

  it("are numbered by receptor, then cell, and come at exponential intervals", () => {
    const { advance, engine } = prepare({
      cells: [2],
      parameters: { externalGabaRateEHz: 125, externalNmdaRateHz: 50, inputSeed: 99 },
    });
    // Proximal GABA 0 and 1, distal GABA 2 and 3, no AMPA, NMDA 4 and 5.
    const expectedMs = [125, 125, 125, 125, 50, 50].map((rateHz, j) =>
      eventTimesMs(99 + 10 * j, rateHz, 50).filter((timeMs) => timeMs < 100),
    );
    const state = advance(100);
    expect(engine.cellEventCount).toBe(expectedMs.flat().length);
    for (const cell of [0, 1]) {
      const ofCell = expectedMs.filter((_, j) => j % 2 === cell).flat();
      expect(state.lastUpdateMs[cell]).toBeCloseTo(Math.max(...ofCell), 10);
    }
  });

  it("carry the published weights, times gain and external factor", () => {
    const firstMs = eventTimesMs(7, 5, 1)[0]!;
    const { advance, engine } = prepare({
      cells: [1],
      parameters: { externalAmpaRateEHz: 5, inputSeed: 7 },
    });
    engine.setExternalFactor(0.5);
    expect(advance(firstMs + 1e-9).ampaDistalMv[0]).toBe(0.25 * 15 * 0.5);
  });

  it("fall silent after their expected number in the run and five more seconds", () => {
    // ⌊0.5 + 0.5 Hz · (1 + 5) s⌋ = 3 events for each of four streams.
    const { advance, engine } = prepare({
      cells: [1],
      parameters: {
        externalAmpaRateEHz: 0.5,
        externalGabaRateEHz: 0.5,
        externalNmdaRateHz: 0.5,
      },
    });
    advance(1e6);
    expect(engine.cellEventCount).toBe(12);
  });

  it("fall silent at a draw of 0, until they are reseeded", () => {
    const { engine } = prepare({ cells: [1], parameters: silencedStream });
    const counts = silencedSchedule.map((action) => {
      if (action.do === "advance") engine.advance(engine.timeMs + action.byMs, () => {});
      if (action.do === "reseed") engine.reseedExternalInput(action.base);
      return engine.cellEventCount;
    });
    expect(counts.slice(0, 3)).toEqual([2, 2, 2]);
    const resumed = eventTimesMs(1234, 100, 200).filter((timeMs) => timeMs < 500);
    expect(counts[3]).toBe(2 + resumed.length);
  });

  it("keep the interval under way when they are reseeded", () => {
    const { advance, engine } = prepare({
      cells: [1],
      parameters: { externalAmpaRateEHz: 5, inputSeed: 7 },
    });
    const firstMs = eventTimesMs(7, 5, 1)[0]!;
    advance(firstMs / 2);
    engine.reseedExternalInput(1234);
    expect(advance(firstMs + 1e-9).lastUpdateMs[0]).toBeCloseTo(firstMs, 10);
    const secondMs = firstMs + eventTimesMs(1234, 5, 1)[0]!;
    expect(advance(secondMs + 1e-9).lastUpdateMs[0]).toBeCloseTo(secondMs, 10);
  });
});
