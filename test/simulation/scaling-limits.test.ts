import { expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { Simulation } from "../../src/simulation/advance.ts";

/** Fast scaling in a column that fires more than it should. */
const strong: ParameterOverrides = {
  protocol: "training",
  baselineDurationS: 6,
  learningDurationS: 0,
  recallDurationS: 0,
  scalingStartMs: 1000,
  scalingBeta: 0.1,
  scalingGamma: 1e-5,
};

const stateOf = (overrides: ParameterOverrides, untilMs = 6000) => {
  const simulation = new Simulation(resolveParameters({ ...strong, ...overrides }));
  simulation.advance(untilMs, () => {});
  return { simulation, cells: simulation.cellState() };
};

const extremes = (values: Float64Array) => [Math.min(...values), Math.max(...values)] as const;

it("scale factors and integrals stay within their bounds", () => {
  const [least, greatest] = extremes(stateOf({}).cells.scaleFactor);
  expect(least).toBeLessThan(0.9);
  expect(greatest).toBeGreaterThan(1.2);
  expect(extremes(stateOf({ scaleFactorMinimum: 0.95 }).cells.scaleFactor)[0]).toBe(0.95);
  expect(extremes(stateOf({ scaleFactorMaximum: 1.2 }).cells.scaleFactor)[1]).toBe(1.2);
  const unwound = stateOf({ rateErrorIntegralLimit: 1 }).cells;
  expect(extremes(unwound.rateErrorIntegral)).toEqual([-1, 1]);
});

it("bounds that nothing reaches change no bit", () => {
  const wide = stateOf({ scaleFactorMinimum: 1e-9, scaleFactorMaximum: 1e9 });
  expect(wide.cells).toEqual(stateOf({}).cells);
});

it("the target rate is the explicit one, in a branch from its beginning", () => {
  const { simulation, cells } = stateOf({ targetRateEHz: 1.5 }, 3000);
  expect([...new Set(cells.targetRateKhz)].sort()).toEqual([-1, 0.0015]);
  const changed = branchParameters(simulation.parameters, { targetRateEHz: 4 }, 3000);
  const branch = new Simulation(changed);
  branch.branchFrom(simulation);
  branch.advance(3500, () => {});
  const targets = branch.cellState().targetRateKhz.filter((_, cell) => cell < 60);
  expect(targets).toEqual(new Float64Array(60).fill(0.004));
});

it("an upper bound below 1 is refused", () => {
  expect(() => resolveParameters({ scaleFactorMaximum: 0.5 })).toThrow(
    "scaleFactorMaximum = 0.5: expected a number of 1 or more, or 0 for no bound",
  );
});
