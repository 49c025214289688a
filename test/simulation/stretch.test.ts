import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { Simulation } from "../../src/simulation/advance.ts";

it("a stretch has a bounded number of events, whatever stimuli send suddenly", () => {
  const parameters = resolveParameters({ protocol: "training", learningDurationS: 0 });
  const times = Array.from({ length: 2500 }, (_, k) => `${600 + 0.004 * k} ms`);
  const burst = { at: "0 s", stimulate: { cells: "all", weight: "0.001 mV", times } };
  const simulation = new Simulation(parameters, { entries: [burst] });
  let most = 0;
  while (simulation.timeMs < 700) {
    const before = simulation.cellEventCount;
    simulation.stretch(700, () => {});
    most = Math.max(most, simulation.cellEventCount - before);
  }
  expect(simulation.cellEventCount).toBeGreaterThan(1_175_000);
  expect(most).toBeLessThan(500_000);
});
