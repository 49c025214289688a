import type { Interval } from "../../src/analysis/firing/interval.ts";
import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import { uniformNumbers } from "./random-deviates.ts";

export interface PoissonProcess {
  readonly cellCount: number;
  /** Of each cell. */
  readonly rateHz: number;
  readonly durationMs: number;
  readonly seed: number;
}

/** Spikes of independent Poisson cells, in order of time. */
export function poissonSpikes({ cellCount, rateHz, durationMs, seed }: PoissonProcess): Spikes {
  const random = uniformNumbers(seed);
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

export interface ModulatedProcess {
  readonly rateHz: number;
  readonly modulationHz: number;
  /** Of the rate's swing, 0 … 1. */
  readonly depth: number;
  readonly interval: Interval;
  readonly seed: number;
}

/** Poisson spikes of cell 0 whose rate swings sinusoidally, by thinning. */
export function modulatedSpikes(process: ModulatedProcess): Spikes {
  const { rateHz, modulationHz, depth, interval, seed } = process;
  const random = uniformNumbers(seed);
  const times: number[] = [];
  const most = (rateHz * (1 + depth)) / 1000;
  for (let timeMs = interval.startMs; ; ) {
    timeMs -= Math.log(1 - random()) / most;
    if (timeMs >= interval.endMs) break;
    const rate = 1 + depth * Math.sin((2 * Math.PI * modulationHz * timeMs) / 1000);
    if (random() * (1 + depth) < rate) times.push(timeMs);
  }
  return { timesMs: Float64Array.from(times), cells: new Uint32Array(times.length) };
}
