import type { RunReader } from "../recording/run-reader.ts";
import { CHUNK_BINS, codeCounts, type Overview } from "./reader.ts";

/** A record with its overview, and the time for which it is looked at, ms. */
export interface OverviewedRun {
  readonly run: RunReader;
  readonly overview: Overview;
  readonly startMs: number;
  readonly endMs: number;
}

/** Bins of a width: those with first ≤ number < end. */
export interface Bins {
  readonly binMs: number;
  readonly firstBin: number;
  readonly endBin: number;
}

/** Numbers of spikes in bins: of each cell, at most 65 535, and of each population. */
export interface SpikeWindow extends Bins {
  readonly counts: Uint16Array<ArrayBuffer>;
  readonly sums: Uint32Array<ArrayBuffer>;
}

/**
 * Counts spikes in bins: from stored chunks where there are any, else from the record itself.
 * Numbers of cells' spikes from chunks are exact below 64, and to 3 % above; all others are exact.
 *
 * @param runs of one network, in order of time: a run, and those that it branched off
 */
export function spikeWindow(runs: readonly OverviewedRun[], bins: Bins): SpikeWindow {
  const { cellCount, populationCount } = runs[0]!.overview.head;
  const count = Math.max(0, bins.endBin - bins.firstBin);
  const window = {
    ...bins,
    counts: new Uint16Array(count * cellCount),
    sums: new Uint32Array(count * populationCount),
  };
  for (const one of runs) addRun(window, one);
  return window;
}

function addRun(window: SpikeWindow, one: OverviewedRun): void {
  const { binMs } = window;
  const firstBin = Math.max(window.firstBin, Math.floor(one.startMs / binMs));
  const endBin = Math.min(window.endBin, Math.ceil(one.endMs / binMs));
  // Bins that the time begins or ends in are counted spike by spike.
  const firstWhole = Math.max(firstBin, Math.ceil(one.startMs / binMs));
  const endWhole = Math.min(endBin, Math.floor(one.endMs / binMs));
  let rawFrom = firstBin;
  const addRaw = (until: number) => {
    if (until > rawFrom) addSpikes(window, one, rawFrom, until);
  };
  const lastChunk = Math.floor((endWhole - 1) / CHUNK_BINS);
  for (let number = Math.floor(firstWhole / CHUNK_BINS); number <= lastChunk; number++) {
    const chunk = one.overview.chunk(binMs, number);
    if (!chunk) continue;
    const from = Math.max(firstWhole, number * CHUNK_BINS);
    const until = Math.min(endWhole, (number + 1) * CHUNK_BINS);
    addRaw(from);
    addChunk(window, chunk, number * CHUNK_BINS, from, until);
    rawFrom = until;
  }
  addRaw(endBin);
}

/** Adds bins of a chunk that begins with one. */
function addChunk(
  { firstBin, counts, sums }: SpikeWindow,
  chunk: { readonly sums: Uint32Array; readonly codes: Uint8Array },
  chunkBin: number,
  from: number,
  until: number,
): void {
  const [populations, cells] = [chunk.sums, chunk.codes].map(({ length }) => length / CHUNK_BINS);
  const [skipped, count] = [from - chunkBin, until - from];
  const ownSums = chunk.sums.subarray(skipped * populations!, (skipped + count) * populations!);
  const sumsAt = (from - firstBin) * populations!;
  for (let k = 0; k < ownSums.length; k++) sums[sumsAt + k]! += ownSums[k]!;
  const ownCodes = chunk.codes.subarray(skipped * cells!, (skipped + count) * cells!);
  const countsAt = (from - firstBin) * cells!;
  for (let k = 0; k < ownCodes.length; k++) {
    counts[countsAt + k] = Math.min(65_535, counts[countsAt + k]! + codeCounts[ownCodes[k]!]!);
  }
}

function addSpikes(
  { binMs, firstBin, counts, sums }: SpikeWindow,
  { run, overview, startMs, endMs }: OverviewedRun,
  from: number,
  until: number,
): void {
  const { cellCount, populationCount } = overview.head;
  const populationOfCell = new Uint16Array(cellCount);
  run.manifest.populations.forEach((one, k) => {
    populationOfCell.fill(k, one.firstCell, one.firstCell + one.cellCount);
  });
  // A little more, as times of bins are rounded.
  const range = {
    startMs: Math.max(startMs, (from - 1) * binMs),
    endMs: Math.min(endMs, (until + 1) * binMs),
  };
  for (const { timesMs, cells } of run.spikeBlocks(range)) {
    for (let k = 0; k < cells.length; k++) {
      const bin = Math.floor(timesMs[k]! / binMs);
      if (bin < from || bin >= until) continue;
      const at = (bin - firstBin) * cellCount + cells[k]!;
      if (counts[at]! < 65_535) counts[at]!++;
      sums[(bin - firstBin) * populationCount + populationOfCell[cells[k]!]!]!++;
    }
  }
}
