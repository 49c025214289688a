import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { mcellRan4 } from "../../src/random/mcell-ran4.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { prepare } from "./laboratory.ts";

/** The sensor's decay over a time, ms. */
const sensorDecay = (elapsedMs: number) => Math.exp(-elapsedMs / 1e5);

/** A cell of each class, with a spike of an E cell, 0, that arrives at 1 (E) and 2 (FS). */
const arrivals = (parameters = {}) =>
  prepare({
    model: "2014",
    cells: [2, 1],
    synapses: [
      [0, 1, 10, 2],
      [0, 2, 10, 3],
    ],
    training: [24, 50, 80].map((timeMs) => [timeMs, 0]),
    parameters,
  });

describe("homeostasis of the 2014 model", () => {
  it("raises activity at arrivals of excitation and lets it decay, there alone", () => {
    const { advance } = arrivals();
    const state = advance(65);
    let activity = 0;
    for (const elapsedMs of [34, 26])
      activity = (activity + (2 - activity) / 1e5) * sensorDecay(elapsedMs);
    expect(state.activity[1]).toBeCloseTo(activity, 16);
    expect(state.activity[0]).toBe(0);
    expect(state.activity[2]).toBeGreaterThan(1.4 * activity);
    expect([...state.lastSensorUpdateMs]).toEqual([0, 60, 60]);
    // The firing sensor rises at spikes, and decays at arrivals, which cell 0 has none of.
    expect(state.sensedRateKhz[0]).toBeCloseTo(1e-5 + (1 - 1e-5) / 1e5, 16);
  });

  it("lets the sensor decay over 100 s whatever its time constant is", () => {
    const parameters = resolveParameters({ model: "2014", sensorTimeConstantMs: 50e3 });
    const network = buildNetwork(parameters);
    const [engine, other] = [parameters, { ...parameters, sensorDecay: "consistent" as const }].map(
      (one) => new ReferenceEngine(one, network),
    );
    for (const one of [engine!, other!]) {
      one.turnOnScaling();
      one.advance(250, () => {});
    }
    const state = engine!.cellState();
    const cell = state.activity.findIndex((activity) => activity > 0);
    expect(state.rateErrorIntegral.every(Number.isFinite)).toBe(true);
    expect(state.activity[cell]).toBeGreaterThan(other!.cellState().activity[cell]!);
  });

  it("weighs the error with time, uses the new integral, and sets targets of I cells", () => {
    const [beta, gamma, growth] = [3, 2, 1.5];
    const { advance, engine } = arrivals({ scalingBeta: beta, scalingGamma: gamma });
    advance(40);
    engine.turnOnScaling();
    engine.setGrowthFactor(growth);
    const state = advance(95);
    let activity = (2 / 1e5) * sensorDecay(34);
    let [scale, integral] = [1, 0];
    const target = activity;
    for (const elapsedMs of [26, 30]) {
      const error = (target * growth - activity) * elapsedMs;
      integral += error;
      scale += beta * scale * error + gamma * scale * integral;
      activity = (activity + (2 * scale - activity) / 1e5) * sensorDecay(elapsedMs);
    }
    expect(state.targetRateKhz[1]).toBeCloseTo(target, 16);
    expect(state.rateErrorIntegral[1]).toBeCloseTo(integral, 13);
    expect(state.scaleFactor[1]).toBeCloseTo(scale, 13);
    expect(state.activity[1]).toBeCloseTo(activity, 13);
    expect(state.targetRateKhz[2]).toBeCloseTo((3 / 1e5) * sensorDecay(34), 16);
    expect([state.scaleFactor[2], state.rateErrorIntegral[2]]).toEqual([1, 0]);
    expect(state.targetRateKhz[0]).toBe(-1);
  });

  it("multiplies AMPA and divides distal GABA-A, but not proximal, up to the bound", () => {
    const { advance, engine } = prepare({
      model: "2014",
      cells: [2, 1, 1],
      synapses: [
        [0, 1, 1000, 2],
        [2, 1, 1100, 2],
        [3, 1, 1200, 2],
      ],
      training: [0, 2, 3].flatMap((cell) => [[24, cell] as const]),
      parameters: { scaleFactorMaximum: 5, scalingBeta: 1e9 },
    });
    engine.turnOnScaling();
    advance(40);
    engine.setGrowthFactor(2);
    const excitation = advance(1025);
    const [ampaMv] = [excitation.ampaDistalMv[1]!];
    const proximal = advance(1125);
    const distal = advance(1225);
    expect(ampaMv).toBeCloseTo(2, 10);
    expect(distal.scaleFactor[1]).toBe(5);
    expect(proximal.gabaProximalMv[1]! / distal.gabaDistalMv[1]!).toBeGreaterThan(4.9);
    expect(distal.gabaDistalMv[1]!).toBeCloseTo(-2 / 5, 1);
  });
});

describe("dynamic death", () => {
  it("draws once per arrival from one stream, and kills above 2.5 times the target only", () => {
    const { advance, engine } = arrivals({ scalingBeta: 0, scalingGamma: 0 });
    engine.turnOnScaling();
    advance(40);
    engine.enableDeaths(1, 934_200, "published");
    advance(65);
    // The targets, set at 34 ms before activity rose, are 0: of an E cell and an I cell, each of
    // which has had one arrival since.
    expect(engine.deathDraws).toBe(2);
    const draws = [0, 1].map((index) => mcellRan4(index, 934_200) / 2 ** 32);
    expect(engine.deaths()).toEqual(
      draws.map((draw, k) => ({ timeMs: 60, cell: k + 1, draw, probability: 60 - 34 / 1000 })),
    );
    expect([...advance(95).alive]).toEqual([1, 0, 0]);
    expect(engine.deathDraws).toBe(2);
  });

  it("spares cells whose activity is not 2.5 times the target", () => {
    const { advance, engine } = arrivals({ scalingBeta: 0, scalingGamma: 0 });
    advance(40);
    engine.turnOnScaling();
    engine.enableDeaths(1, 934_200, "published");
    // At 60 and 90 ms it is 2 and 3 times the target.
    expect([...advance(89).alive]).toEqual([1, 1, 1]);
    expect([...advance(95).alive]).toEqual([1, 0, 0]);
    expect(engine.deathDraws).toBe(4);
  });

  it("has the probability that was meant, if asked for", () => {
    const { advance, engine } = arrivals({ scalingBeta: 0, scalingGamma: 0 });
    advance(40);
    engine.turnOnScaling();
    engine.enableDeaths(100, 934_200, "intended");
    advance(95);
    const probability = 100 * (30 / 1000);
    expect(engine.deaths()).toMatchObject([{ probability }, { probability }]);
  });

  it("lets a dying cell finish its event: it fires, and sends nothing", () => {
    const { advance, engine, spikes } = prepare({
      model: "2014",
      cells: [5],
      synapses: [
        [0, 1, 10, 1],
        [3, 1, 10, 60],
        [1, 2, 2, 30],
      ],
      training: [
        [24, 0],
        [150, 0],
        [300, 3],
      ],
      parameters: { scalingBeta: 0, scalingGamma: 0, reversalAmpaMv: 1000 },
    });
    advance(100);
    engine.turnOnScaling();
    advance(290);
    engine.enableDeaths(1, 934_200, "published");
    const state = advance(400);
    const probability = 310 - 160 / 1000;
    expect(engine.deaths()).toEqual([
      { timeMs: 310, cell: 1, draw: mcellRan4(0, 934_200) / 2 ** 32, probability },
    ]);
    expect(state.alive[1]).toBe(0);
    expect(state.blockCount[1]! + state.spikeCount[1]!).toBe(1);
    expect(state.spikeCount[2]).toBe(0);
    expect(spikes.some(([, cell]) => cell === 2)).toBe(false);
  });

  it("is refused in the 2013 model", () => {
    const { engine } = prepare({ cells: [1] });
    expect(() => engine.enableDeaths(1, 1, "published")).toThrow("model 2014");
  });
});
