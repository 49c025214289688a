import type { Parameters } from "../model/parameters.ts";
import { Simulation } from "../simulation/advance.ts";

/** Initial speed and firing of an experiment on this computer. */
export interface Calibration {
  readonly sizeFactor: number;
  readonly wallMsPerSimulatedMs: number;
  readonly spikesPerMs: number;
}

/** Wall time of the measurement, ms, after a first stretch in which code is still being compiled. */
const MEASURED_MS = 800;
const WARM_UP_MS = 300;
const STRETCH_MS = 50;
const SHORTEST_STRETCH_MS = 1e-3;

/** Measures speed and rate over the first simulated seconds of an experiment; takes about a second. */
export function calibrate(parameters: Parameters): Calibration {
  const simulation = new Simulation(parameters);
  let spikes = 0;
  const simulateFor = (wallMs: number) => {
    const [fromMs, spikesBefore, startedAt] = [simulation.timeMs, spikes, performance.now()];
    let tookMs = 0;
    while (tookMs < wallMs && simulation.timeMs < simulation.durationMs) {
      simulation.advance(simulation.timeMs + STRETCH_MS, (_, __, count) => {
        spikes += count;
      });
      tookMs = performance.now() - startedAt;
    }
    const simulatedMs = simulation.timeMs - fromMs;
    return { tookMs, simulatedMs, spikes: spikes - spikesBefore };
  };
  const first = simulateFor(WARM_UP_MS);
  const second = simulateFor(MEASURED_MS);
  // Of a run that is over before, the first stretch must do.
  const { tookMs, simulatedMs, spikes: counted } = second.simulatedMs > 0 ? second : first;
  // Of a run that takes no time, nothing can be told; it costs nothing, either.
  const measuredMs = Math.max(simulatedMs, SHORTEST_STRETCH_MS);
  return {
    sizeFactor: parameters.sizeFactor,
    wallMsPerSimulatedMs: tookMs / measuredMs,
    spikesPerMs: counted / measuredMs,
  };
}
