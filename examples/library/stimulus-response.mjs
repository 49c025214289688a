// Peri-stimulus firing rates of all populations: layer 4 is stimulated once a second, in a
// simulation in memory.
//
//   node examples/library/stimulus-response.mjs
import { resolveParameters, Simulation } from "isocortex";

const firstMs = 2000;
const intervalMs = 1000;
const trials = 20;
const [beforeMs, afterMs, binMs] = [20, 60, 10];

const phases = { baselineDurationS: 22, learningDurationS: 0, recallDurationS: 0 };
const simulation = new Simulation(resolveParameters({ protocol: "training", ...phases }), {
  entries: [
    {
      from: `${firstMs} ms`,
      stimulate: { cells: "E4", weight: "20 mV", rate: "1 Hz", pattern: "regular", together: true },
    },
  ],
});
const { populations, populationOfCell } = simulation.network;

// Spikes of each population by the time since the last stimulus, over all trials.
const bins = (beforeMs + afterMs) / binMs;
const counts = populations.map(() => new Uint32Array(bins));
simulation.advance(simulation.durationMs, (timesMs, cells, count) => {
  for (let k = 0; k < count; k++) {
    const sinceMs = timesMs[k] - firstMs + beforeMs;
    const bin = Math.floor((sinceMs % intervalMs) / binMs);
    if (sinceMs >= 0 && bin < bins) counts[populationOfCell[cells[k]]][bin]++;
  }
});

console.log(`Firing rates (Hz) from ${beforeMs} ms before to ${afterMs} ms after the stimulus:`);
for (const [k, { name, cellCount }] of populations.entries()) {
  const rates = Array.from(counts[k], (spikes) => (1000 * spikes) / (trials * cellCount * binMs));
  console.log(name.padEnd(4), rates.map((rate) => rate.toFixed(1).padStart(6)).join(""));
}
