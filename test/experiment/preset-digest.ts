import { createHash } from "node:crypto";
import type { Experiment } from "../../src/experiment/definition.ts";
import { Simulation } from "../../src/simulation/advance.ts";

/** What came of a run: the number of its spikes, and SHA-256 of spikes, final gains and cells. */
export function experimentDigest({ parameters, entries }: Experiment) {
  const simulation = new Simulation(parameters, { entries });
  const spikes = createHash("sha256");
  simulation.advance(simulation.durationMs, (timesMs, cells, count) => {
    for (let k = 0; k < count; k++)
      spikes.update(timesMs.subarray(k, k + 1)).update(cells.subarray(k, k + 1));
  });
  simulation.finish();
  const state = createHash("sha256");
  const cells = simulation.cellState();
  for (const variable of cellVariables) state.update(cells[variable]);
  const gains = createHash("sha256").update(simulation.plasticGains());
  const { spikeCount } = simulation;
  return {
    spikeCount,
    spikes: spikes.digest("hex"),
    plasticGains: gains.digest("hex"),
    cells: state.digest("hex"),
  };
}

const cellVariables = [
  "alive",
  "sensedRateKhz",
  "targetRateKhz",
  "rateErrorIntegral",
  "scaleFactor",
  "spikeCount",
  "blockCount",
  "ampaDistalMv",
  "nmdaDistalMv",
  "gabaProximalMv",
  "gabaDistalMv",
  "afterhyperpolarizationMv",
  "dynamicThresholdMv",
  "lastUpdateMs",
] as const;
