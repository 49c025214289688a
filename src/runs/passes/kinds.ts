import type { Interval } from "../../analysis/firing/interval.ts";
import type { Spikes } from "../../analysis/firing/spikes.ts";
import {
  type GroupStatistics,
  GroupsCounter,
  type GroupsRequest,
} from "../../measures/group-statistics.ts";
import { PopulationSpectraEstimator } from "../../spectra/population-power.ts";
import {
  Spectrogram,
  type SpectrogramOptions,
  type TimeFrequencyPower,
} from "../../spectra/spectrogram.ts";

/** Reader of the spikes of a run and its past, block by block; a pass keeps none of them. */
type SpikeReader = (range: Interval) => Iterable<Spikes>;

/**
 * Passes over a run's spikes that threads can make beside others, by kind. Whatever thread makes one,
 * its result is the same to the bit: it reads all spikes that it needs itself, in order of time.
 */
export const passes = {
  /** Statistics of groups of cells in disjoint stretches. */
  groups: (read: SpikeReader, requests: readonly GroupsRequest[]): GroupStatistics[][] => {
    const counter = new GroupsCounter(requests);
    for (const [stretch, { range }] of requests.entries()) {
      for (const spikes of read(range)) counter.add(stretch, spikes);
    }
    return counter.results();
  },
  /** Spectrogram of a group of cells. */
  spectrogram: (
    read: SpikeReader,
    { cells, interval, options }: SpectrogramRequest,
  ): TimeFrequencyPower => {
    const spectrogram = new Spectrogram(cells, interval, options);
    for (const spikes of read(interval)) spectrogram.add(spikes);
    return spectrogram.result();
  },
  /** Spectra of a group of cells in successive segments of equal length. */
  power: (read: SpikeReader, { cells, segments, bandHz }: PowerRequest) => {
    const estimator = new PopulationSpectraEstimator(segments[0]!, { bandHz });
    return segments.map((segment) => estimator.spectra(read(segment), [cells], segment.startMs));
  },
} as const;

interface SpectrogramRequest {
  readonly cells: Uint32Array;
  readonly interval: Interval;
  readonly options: SpectrogramOptions;
}

interface PowerRequest {
  readonly cells: Uint32Array;
  /** At least one. */
  readonly segments: readonly Interval[];
  readonly bandHz: number;
}

export type PassKind = keyof typeof passes;
export type PassArguments<Kind extends PassKind> = Parameters<(typeof passes)[Kind]>[1];
export type PassResult<Kind extends PassKind> = ReturnType<(typeof passes)[Kind]>;

/** A kind's pass, whichever it is. */
export const passOf = <Kind extends PassKind>(kind: Kind) =>
  passes[kind] as unknown as (read: SpikeReader, request: PassArguments<Kind>) => PassResult<Kind>;
