import type { Network } from "../../src/network/construction.ts";
import type { Simulation } from "../../src/simulation/advance.ts";

const kindOf = ({ populations, populationOfCell }: Network, cell: number): "E" | "I" =>
  populations[populationOfCell[cell]!]!.cellClass === "E" ? "E" : "I";

/** Mean firing rates of E and I cells from the time reached to another, Hz. */
export function ratesHz(simulation: Simulation, untilMs: number): Record<"E" | "I", number> {
  const { network, timeMs } = simulation;
  const spikes = { E: 0, I: 0 };
  simulation.advance(untilMs, (_, cells, count) => {
    for (let k = 0; k < count; k++) spikes[kindOf(network, cells[k]!)]++;
  });
  const cellCount = { E: 0, I: 0 };
  for (let cell = 0; cell < network.cellCount; cell++) cellCount[kindOf(network, cell)]++;
  const durationS = (untilMs - timeMs) / 1000;
  return {
    E: spikes.E / cellCount.E / durationS,
    I: spikes.I / cellCount.I / durationS,
  };
}

/** Mean and largest plastic gain of the synapses from one kind of cell onto another. */
export function gainsBetween(
  network: Network,
  gains: Float64Array,
  from: "E" | "I",
  onto: "E" | "I",
) {
  const { cellCount, firstSynapse, postsynaptic } = network;
  let [sum, count, max] = [0, 0, 0];
  for (let cell = 0; cell < cellCount; cell++) {
    if (kindOf(network, cell) !== from) continue;
    for (let synapse = firstSynapse[cell]!; synapse < firstSynapse[cell + 1]!; synapse++) {
      if (kindOf(network, postsynaptic[synapse]!) !== onto) continue;
      sum += gains[synapse]!;
      max = Math.max(max, gains[synapse]!);
      count++;
    }
  }
  return { mean: sum / count, max };
}
