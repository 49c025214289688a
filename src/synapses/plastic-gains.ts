import {
  type DistributionSummary,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";

/** Cells connected by synapses, one entry per synapse. */
export interface SynapseEnds {
  readonly presynaptic: Uint32Array;
  readonly postsynaptic: Uint32Array;
}

/** Every synapse's plastic gain at one time. */
export interface GainSnapshot {
  readonly timeMs: number;
  readonly gains: Float64Array;
}

/** The distribution of plastic gains at successive times. */
export interface GainDistributions {
  readonly timesMs: Float64Array;
  /** Ends of the bins of gain, one more than there are bins. */
  readonly edges: Float64Array;
  /** Per time, synapses in each bin; edges belong to the bin above, the last to the one below. */
  readonly counts: readonly Float64Array[];
  /** Per time, synapses in no bin: gains below the first, above the last, or not finite. */
  readonly outsideCounts: Uint32Array;
  /** Per time, mean, standard deviation, extremes and quantiles. */
  readonly summaries: readonly DistributionSummary[];
}

export interface GainDistributionOptions {
  /** Indices of the synapses counted; by default all. */
  readonly synapses?: Uint32Array;
  /**
   * Ends of the bins, ascending; by default 0, 0.1, … 10, the published largest gain, or where gains
   * exceed that 100 even bins to twice, four times, eight times … as much.
   */
  readonly edges?: Float64Array;
}

/** Thrown when synapses, their gains and bins do not fit together. */
export class GainError extends Error {
  override readonly name = "GainError";
}

/**
 * Histograms and quantiles of plastic gains over time.
 *
 * @param snapshots in order of time, read once; one is held at a time.
 * @throws {GainError} when the edges do not ascend or a chosen synapse has no gain.
 */
export function gainDistributions(
  snapshots: Iterable<GainSnapshot>,
  { synapses, edges: chosenEdges }: GainDistributionOptions = {},
): GainDistributions {
  let bins: Bins = { edges: chosenEdges ?? evenEdges(0, PUBLISHED_MOST, BINS), counts: [] };
  checkEdges(bins.edges);
  const times: number[] = [];
  const summaries: DistributionSummary[] = [];
  for (const { timeMs, gains } of snapshots) {
    const chosen = synapses === undefined ? gains : chosenGains(gains, synapses);
    const summary = summarizeDistribution(chosen);
    if (!chosenEdges) bins = widenedBins(bins, summary.quantiles.most);
    times.push(timeMs);
    bins = { ...bins, counts: [...bins.counts, histogram(chosen, bins.edges)] };
    summaries.push(summary);
  }
  return {
    timesMs: Float64Array.from(times),
    ...bins,
    outsideCounts: Uint32Array.from(summaries, ({ count, notFinite }, k) =>
      bins.counts[k]!.reduce((outside, inside) => outside - inside, count + notFinite),
    ),
    summaries,
  };
}

/** The published largest gain, and bins up to there. */
const PUBLISHED_MOST = 10;
const BINS = 100;

type Bins = Pick<GainDistributions, "edges" | "counts">;

/** The same counts in bins from 0 that are as often doubled as it takes to hold a gain. */
export function widenedBins<B extends Bins>(bins: B, most: number): B {
  let { edges, counts } = bins;
  while (most > edges.at(-1)!) {
    edges = edges.map((edge) => 2 * edge);
    counts = counts.map((row) => row.map((_, k) => (row[2 * k] ?? 0) + (row[2 * k + 1] ?? 0)));
  }
  return { ...bins, edges, counts };
}

/** Ends of `count` bins of equal width. */
export const evenEdges = (least: number, most: number, count: number): Float64Array =>
  Float64Array.from({ length: count + 1 }, (_, k) => least + (k * (most - least)) / count);

/** Indices of the synapses from cells of one group onto cells of another, in ascending order. */
export function synapsesBetween(
  { presynaptic, postsynaptic }: SynapseEnds,
  from: Uint32Array,
  onto: Uint32Array,
): Uint32Array {
  const [senders, receivers] = [new Set(from), new Set(onto)];
  const indices: number[] = [];
  presynaptic.forEach((cell, synapse) => {
    if (senders.has(cell) && receivers.has(postsynaptic[synapse]!)) indices.push(synapse);
  });
  return Uint32Array.from(indices);
}

function chosenGains(gains: Float64Array, synapses: Uint32Array): Float64Array {
  const last = synapses.reduce((most, synapse) => Math.max(most, synapse), 0);
  if (synapses.length > 0 && last >= gains.length) {
    throw new GainError(
      `There is no synapse ${last}; synapses are numbered 0 to ${gains.length - 1}.`,
    );
  }
  return Float64Array.from(synapses, (synapse) => gains[synapse]!);
}

function histogram(values: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  const [least, most] = [edges[0]!, edges.at(-1)!];
  for (const value of values) {
    if (!(value >= least && value <= most)) continue;
    let [low, high] = [0, counts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (edges[middle]! <= value) low = middle;
      else high = middle - 1;
    }
    counts[low]! += 1;
  }
  return counts;
}

function checkEdges(edges: Float64Array): void {
  if (edges.length >= 2 && edges.every((edge, k) => k === 0 || edge > edges[k - 1]!)) return;
  throw new GainError(
    `Bins cannot have the edges ${edges.join(", ") || "(none)"}; expected at least two ascending edges.`,
  );
}
