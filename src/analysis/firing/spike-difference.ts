import type { Spikes } from "./spikes.ts";

/** One spike. */
export interface Spike {
  readonly timeMs: number;
  readonly cell: number;
}

/** First difference of two sequences of spikes. */
export interface SpikeDifference {
  /** Number of equal spikes before the difference. */
  readonly index: number;
  /** The next spike of each sequence; null at its end. */
  readonly a: Spike | null;
  readonly b: Spike | null;
}

/**
 * First spike in which two sequences differ, in time (to the bit) or in cell. Blocks can have any
 * size; they are read only as far as the difference.
 *
 * @returns null if the sequences are equal
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const [a, b] = await Promise.all(
 *   [1, 0.5].map((factor) =>
 *     runExperiment(readExperiment(`{ duration: 2 s, timeline: [{ at: 1 s, external: ${factor} }] }`)),
 *   ),
 * );
 * console.log(analysis.firstSpikeDifference(a!.spikeBlocks(), b!.spikeBlocks())?.a?.timeMs);
 * ```
 */
export function firstSpikeDifference(
  a: Iterable<Spikes>,
  b: Iterable<Spikes>,
): SpikeDifference | null {
  const others = spikesOf(b);
  let index = 0;
  for (const spike of spikesOf(a)) {
    const other = others.next().value ?? null;
    if (other === null || spike.timeMs !== other.timeMs || spike.cell !== other.cell) {
      return { index, a: spike, b: other };
    }
    index++;
  }
  const rest = others.next().value ?? null;
  return rest && { index, a: null, b: rest };
}

function* spikesOf(blocks: Iterable<Spikes>): Generator<Spike, undefined> {
  for (const { timesMs, cells } of blocks) {
    for (let k = 0; k < cells.length; k++) yield { timeMs: timesMs[k]!, cell: cells[k]! };
  }
}
