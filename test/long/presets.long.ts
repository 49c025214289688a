import { expect, test } from "vitest";
import { findPreset } from "../../src/experiment/presets.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { Simulation } from "../../src/simulation/advance.ts";

/** How excitatory cells fare, second by second. */
interface Course {
  /** Spikes per second and living cell. */
  readonly rateHz: readonly number[];
  /** Mean sensed rate over mean target. */
  readonly sensedPerTarget: readonly number[];
  readonly livingCount: readonly number[];
  readonly meanScaleFactor: number;
  /** At the end, over synapses between excitatory cells. */
  readonly meanGain: number;
  readonly cellEventCount: number;
}

function courseOf(name: string): Course {
  const simulation = new Simulation(resolveParameters(findPreset(name).overrides));
  const { network, durationMs } = simulation;
  const isExcitatory = Array.from(
    network.populationOfCell,
    (index) => network.populations[index]!.cellClass === "E",
  );
  const rateHz: number[] = [];
  const sensedPerTarget: number[] = [];
  const livingCount: number[] = [];
  let meanScaleFactor = 1;
  for (let untilMs = 1000; untilMs <= durationMs; untilMs += 1000) {
    let spikes = 0;
    simulation.advance(untilMs, (_, cells, count) => {
      for (let k = 0; k < count; k++) if (isExcitatory[cells[k]!]) spikes++;
    });
    if (untilMs === durationMs) simulation.finish();
    const state = simulation.cellState();
    const living = isExcitatory.flatMap((is, cell) => (is && state.alive[cell] ? [cell] : []));
    const meanOf = (values: Float64Array) => mean(living.map((cell) => values[cell]!));
    rateHz.push(spikes / living.length);
    sensedPerTarget.push(meanOf(state.sensedRateKhz) / meanOf(state.targetRateKhz));
    livingCount.push(state.alive.reduce((sum, alive) => sum + alive, 0));
    meanScaleFactor = meanOf(state.scaleFactor);
  }
  return {
    rateHz,
    sensedPerTarget,
    livingCount,
    meanScaleFactor,
    meanGain: meanGainEE(simulation, isExcitatory),
    cellEventCount: simulation.cellEventCount,
  };
}

/** Mean plastic gain over synapses between excitatory cells. */
function meanGainEE(simulation: Simulation, isExcitatory: readonly boolean[]): number {
  const { firstSynapse, postsynaptic } = simulation.network;
  const gains = simulation.plasticGains();
  const gainsEE: number[] = [];
  isExcitatory.forEach((sends, cell) => {
    for (let s = firstSynapse[cell]!; sends && s < firstSynapse[cell + 1]!; s++) {
      if (isExcitatory[postsynaptic[s]!]) gainsEE.push(gains[s]!);
    }
  });
  return mean(gainsEE);
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test("training-quick ends hyperactive", () => {
  const { rateHz, cellEventCount } = courseOf("training-quick");
  expect(Math.max(...rateHz.slice(0, 130))).toBeLessThan(1.5);
  expect(Math.min(...rateHz.slice(165))).toBeGreaterThan(50);
  expect(cellEventCount).toBeLessThan(200e6);
});

test("training-with-scaling-quick never is hyperactive, and learns", () => {
  const { rateHz, sensedPerTarget, meanGain } = courseOf("training-with-scaling-quick");
  expect(Math.max(...rateHz)).toBeLessThan(1.5);
  expect(Math.abs(sensedPerTarget.at(-1)! - 1)).toBeLessThan(0.1);
  expect(meanGain).toBeGreaterThan(1.1);
});

test("scaling-quick keeps rates at their targets and scale factors at 1", () => {
  const { sensedPerTarget, meanScaleFactor } = courseOf("scaling-quick");
  for (const ratio of sensedPerTarget.slice(85)) expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
  expect(Math.abs(meanScaleFactor - 1)).toBeLessThan(0.05);
});

test("deletion-quick halves firing", () => {
  const { rateHz, livingCount } = courseOf("deletion-quick");
  expect(livingCount.at(-1)).toBe(170);
  expect(mean(rateHz.slice(-15))).toBeLessThan(0.55 * mean(rateHz.slice(0, 30)));
});

test("deletion-with-scaling-quick keeps firing until more than half of the cells are gone", () => {
  const { sensedPerTarget, livingCount, rateHz } = courseOf("deletion-with-scaling-quick");
  expect(livingCount[239]).toBeLessThan(235);
  for (const ratio of sensedPerTarget.slice(65, 240)) {
    expect(ratio).toBeGreaterThan(0.84);
    expect(ratio).toBeLessThan(1.16);
  }
  expect(Math.max(...rateHz)).toBeLessThan(2);
});

test("as deposited, deletion-quick is hyperactive, too, and with scaling is not", () => {
  const without = courseOf("deletion-as-deposited-quick");
  const withScaling = courseOf("deletion-with-scaling-as-deposited-quick");
  expect(without.livingCount.at(-1)).toBe(434);
  expect(Math.min(...without.rateHz.slice(165))).toBeGreaterThan(50);
  expect(Math.max(...withScaling.rateHz)).toBeLessThan(1.5);
});
