import fc from "fast-check";
import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { stateText } from "./state-text.ts";

/** Every rule at work within two seconds: learning, training, scaling, deletion, trials. */
const everything: ParameterOverrides = {
  protocol: "deletion",
  baselineDurationS: 0.4,
  learningDurationS: 1.2,
  recallDurationS: 0.4,
  scalingStartMs: 500,
  scalingBeta: 4e-5,
  scalingGamma: 1e-7,
  plasticIncrementEE: 0.05,
  plasticIncrementEI: 0.02,
  deletionIntervalMs: 170,
  deletionStepCells: 20,
  trialDurationMs: 130,
};

type Spike = readonly [timeMs: number, cell: number];

function collect(simulation: Simulation, untilMs: number): Spike[] {
  const spikes: Spike[] = [];
  simulation.advance(untilMs, (timesMs, cells, count) => {
    for (let k = 0; k < count; k++) spikes.push([timesMs[k]!, cells[k]!]);
  });
  return spikes;
}

for (const deletionSelection of ["random", "scale-factor"] as const) {
  it(`continues from a snapshot at any time to the same bits (deletion by ${deletionSelection})`, () => {
    const parameters = resolveParameters({ ...everything, deletionSelection });
    const whole = new Simulation(parameters);
    const expected = collect(whole, Infinity);
    // As text, in which doubles are exact: compared much faster than arrays.
    const expectedText = String(expected);
    expect(expected.length).toBeGreaterThan(500);
    const times = fc.double({ min: 0, max: whole.durationMs, noNaN: true });
    fc.assert(
      fc.property(times, (timeMs) => {
        const first = new Simulation(parameters);
        const spikes = collect(first, timeMs);
        const snapshot = first.snapshot();
        const second = new Simulation(parameters);
        second.restore(snapshot);
        expect(String([...spikes, ...collect(second, Infinity)])).toBe(expectedText);
        expect(stateText(second.snapshot())).toEqual(stateText(whole.snapshot()));
        // Taking a snapshot must not disturb the simulation that it was taken of.
        expect(String([...spikes, ...collect(first, Infinity)])).toBe(expectedText);
      }),
      { numRuns: 4, seed: 1 },
    );
  });
}

it("continues from a snapshot of the reference engine to the same bits", () => {
  const parameters = resolveParameters(everything);
  const expected = collect(new Simulation(parameters), Infinity);
  const first = new Simulation(parameters, { engine: "reference" });
  const spikes = collect(first, 777.7);
  const second = new Simulation(parameters, { engine: "reference" });
  second.restore(first.snapshot());
  expect(String([...spikes, ...collect(second, Infinity)])).toBe(String(expected));
});

it("refuses the snapshot of another engine", () => {
  const parameters = resolveParameters(everything);
  const reference = new Simulation(parameters, { engine: "reference" });
  expect(() => new Simulation(parameters).restore(reference.snapshot())).toThrow(
    /cannot be restored/,
  );
});

it("refuses the snapshot of another network", () => {
  const small = new Simulation(resolveParameters({ sizeFactor: 0.5 }));
  const other = new Simulation(resolveParameters({ sizeFactor: 0.6 }));
  expect(() => other.restore(small.snapshot())).toThrow(/cannot be restored/);
});
