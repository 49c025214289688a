import { cellsOf } from "../analysis/firing/cell-groups.ts";
import { SegmentedCounts } from "../analysis/firing/segmented-counts.ts";
import { wholeBins } from "../analysis/firing/time-bins.ts";
import { normalizedTransferEntropies } from "../analysis/transmission/transfer-entropy.ts";
import { MCellRan4Stream } from "../random/mcell-ran4.ts";
import type { RunHistory } from "./history.ts";

/** Width of the bins of population spike counts, ms. */
const BIN_MS = 10;

/** Seed of the shuffles, which are the same for every run. */
const SHUFFLE_SEED = 1;

/**
 * Normalized transfer entropy from each population to all others, summed, from spike counts in bins
 * of 10 ms; by segment, of those of the run's buffer interval.
 *
 * @param places of the segments; the last one in place of one that the run has not
 */
export function informationFlow(
  history: RunHistory,
  places: readonly number[],
): Readonly<Record<string, number>>[] {
  const { parameters, populations } = history.record.manifest;
  const lengthMs = Number(parameters["bufferIntervalMs"]!.value);
  const last = wholeBins(history.interval.endMs, lengthMs) - 1;
  return places.map((place) => {
    const startMs = Math.min(place, last) * lengthMs;
    const segment = { startMs, endMs: startMs + lengthMs };
    const uniform = new MCellRan4Stream(0, SHUFFLE_SEED);
    const flow = normalizedTransferEntropies(populationCounts(history, segment), {
      uniform: () => uniform.uniform(),
    });
    return Object.fromEntries(populations.map(({ name }, k) => [name, flow[k]!]));
  });
}

function populationCounts(
  history: RunHistory,
  segment: { readonly startMs: number; readonly endMs: number },
): Float64Array[] {
  const { populations } = history.record.manifest;
  const segmentBins = wholeBins(segment.endMs - segment.startMs, BIN_MS);
  const segments = { startMs: segment.startMs, binMs: BIN_MS, segmentBins, segmentCount: 1 };
  const found: Float64Array[] = [];
  const trains = populations.map((population, k) => {
    const keep = (counts: Float64Array) => {
      found[k] = counts.slice();
    };
    return new SegmentedCounts(cellsOf([population]), segments, keep);
  });
  for (const spikes of history.lentSpikeBlocks(segment))
    for (const train of trains) train.add(spikes);
  for (const train of trains) train.finish();
  return found;
}
