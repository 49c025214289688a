import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import type { Trial } from "../../src/analysis/transmission/trials.ts";
import { normalNumbers, uniformNumbers } from "./random-deviates.ts";

/** Trials of one duration, unique and repeat in turn. */
export function alternatingTrials(count: number, durationMs: number): Trial[] {
  return Array.from({ length: count }, (_, k) => ({
    startMs: k * durationMs,
    endMs: (k + 1) * durationMs,
    input: k % 2 === 0 ? ("unique" as const) : ("repeat" as const),
  }));
}

export interface LinearResponse {
  readonly cellCount: number;
  readonly rateHz: number;
  /** Standard deviation of the rate over the rate. */
  readonly depth: number;
  /** The signal has equal power at all frequencies up to this one, Hz. */
  readonly bandwidthHz: number;
  readonly seed: number;
}

/**
 * Poisson spikes of independent cells whose rate follows one normal signal, which is new in each
 * unique and the same in each repeat trial: λ(t) = rate (1 + depth s(t)).
 *
 * Of each cell's coefficients the noise has the power rate · T, whatever the signal, and the signal
 * rate² depth² T / (2 bandwidth): a ratio of rate depth² / (2 bandwidth).
 */
export function linearResponses(trials: readonly Trial[], response: LinearResponse): Spikes {
  const { cellCount, rateHz, depth, bandwidthHz, seed } = response;
  const [random, normal] = [uniformNumbers(seed), normalNumbers(seed + 1)];
  const durationS = (trials[0]!.endMs - trials[0]!.startMs) / 1000;
  // Closer than the trial's own frequencies, so that the signal does not recur within it.
  const spacingHz = 0.45 / durationS;
  const signal = (): ((timeS: number) => number) => {
    const waveCount = Math.round(bandwidthHz / spacingHz);
    const size = 1 / Math.sqrt(waveCount);
    const waves = Array.from({ length: waveCount }, (_, q) => ({
      omega: 2 * Math.PI * spacingHz * (q + 0.5),
      cosine: size * normal(),
      sine: size * normal(),
    }));
    return (timeS) =>
      waves.reduce(
        (sum, { omega, cosine, sine }) =>
          sum + cosine * Math.cos(omega * timeS) + sine * Math.sin(omega * timeS),
        0,
      );
  };
  const repeated = signal();
  const spikes: [number, number][] = [];
  const mostHz = rateHz * (1 + 5 * depth);
  for (const { startMs, input } of trials) {
    const follow = input === "repeat" ? repeated : signal();
    for (let timeS = 0; ; ) {
      timeS -= Math.log(1 - random()) / (mostHz * cellCount);
      if (timeS >= durationS) break;
      if (random() * mostHz > rateHz * (1 + depth * follow(timeS))) continue;
      spikes.push([startMs + 1000 * timeS, Math.floor(random() * cellCount)]);
    }
  }
  return inOrder(spikes);
}

/**
 * Spikes of cell 0: in each unique trial a new Poisson train, in each repeat trial the same one,
 * every spike moved by an independent normal deviate.
 *
 * A spike's phase keeps exp(−ω²σ²/2) of its mean, so that noise is 1 − exp(−ω²σ²) of all power.
 */
export function jitteredSpikes(
  trials: readonly Trial[],
  { rateHz, jitterMs, seed }: { rateHz: number; jitterMs: number; seed: number },
): Spikes {
  const [random, normal] = [uniformNumbers(seed), normalNumbers(seed + 1)];
  const durationMs = trials[0]!.endMs - trials[0]!.startMs;
  const train = () => {
    const times: number[] = [];
    for (let timeMs = 0; ; ) {
      timeMs -= (Math.log(1 - random()) * 1000) / rateHz;
      if (timeMs >= durationMs) return times;
      times.push(timeMs);
    }
  };
  const repeated = train();
  const spikes = trials.flatMap(({ startMs, input }): [number, number][] => {
    if (input === "unique") return train().map((timeMs) => [startMs + timeMs, 0]);
    // What is moved out of the trial at one end comes in at the other.
    const wrap = (timeMs: number) => (timeMs + durationMs) % durationMs;
    return repeated.map((timeMs) => [startMs + wrap(timeMs + jitterMs * normal()), 0]);
  });
  return inOrder(spikes);
}

function inOrder(spikes: [number, number][]): Spikes {
  spikes.sort((a, b) => a[0] - b[0]);
  return {
    timesMs: Float64Array.from(spikes, ([timeMs]) => timeMs),
    cells: Uint32Array.from(spikes, ([, cell]) => cell),
  };
}
