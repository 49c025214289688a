import type { Spikes } from "../../src/analysis/spikes.ts";
import { randomNumbers } from "../recording/small-run.ts";

export interface PoissonProcess {
  readonly cellCount: number;
  /** Of each cell. */
  readonly rateHz: number;
  readonly durationMs: number;
  readonly seed: number;
}

/** Spikes of independent Poisson cells, in order of time. */
export function poissonSpikes({ cellCount, rateHz, durationMs, seed }: PoissonProcess): Spikes {
  const random = randomNumbers(seed);
  const times: number[] = [];
  const cells: number[] = [];
  const meanMs = 1000 / (rateHz * cellCount);
  for (let timeMs = 0; ; ) {
    timeMs -= meanMs * Math.log(1 - random());
    if (timeMs >= durationMs) break;
    times.push(timeMs);
    cells.push(Math.floor(random() * cellCount));
  }
  return { timesMs: Float64Array.from(times), cells: Uint32Array.from(cells) };
}
