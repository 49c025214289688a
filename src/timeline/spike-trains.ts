import { Fnv1a } from "../numeric/fnv1a.ts";

/** Spike trains as one list in order of time: cell `cells[k]` receives an input at `timesMs[k]`. */
export interface SpikeTrains {
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
}

/** A file whose spike trains cannot be read; the message gives the place and the remedy. */
export class TrainFileError extends Error {
  override readonly name = "TrainFileError";
}

/** Reads the trains of a file; throws a {@link TrainFileError} where it cannot. */
export type TrainReader = (file: string) => SpikeTrains;

/** Spike trains by checksum. */
const known = new Map<string, SpikeTrains>();

let reader: TrainReader = () => {
  throw new TrainFileError("files are not read here: give the trains by provideTrains");
};

/** Lets files that entries name be read; by default, none can be. */
export function setTrainReader(own: TrainReader): void {
  reader = own;
}

/**
 * Checksum of spike trains, by which entries of `stimulate` can refer to them afterwards:
 * `{ stimulate: { file: "input.csv", checksum } }`.
 *
 * @example
 * ```ts
 * import { interventions, readExperiment, runExperiment } from "isocortex";
 *
 * const trains = { timesMs: Float64Array.of(100, 200), cells: Uint32Array.of(0, 1) };
 * const checksum = interventions.provideTrains(trains);
 * const stimulate = { cells: "all", file: "trains.csv", checksum, weight: "20 mV" };
 * const timeline = [{ from: "1 s", stimulate }];
 * const run = await runExperiment(readExperiment(JSON.stringify({ duration: "2 s", timeline })));
 * console.log(run.spikeCount);
 * ```
 */
export function provideTrains(trains: SpikeTrains): string {
  const checksum = new Fnv1a().add(trains.timesMs).add(trains.cells).digest();
  known.set(checksum, trains);
  return checksum;
}

/** The checksum of a file's trains. */
export const readTrains = (file: string): string => provideTrains(reader(file));

/** The trains of a checksum; undefined unless they are known. */
export const findTrains = (checksum: string): SpikeTrains | undefined => known.get(checksum);

/** All known spike trains by checksum, to be passed to other threads. */
export const knownTrains = (): ReadonlyMap<string, SpikeTrains> => known;

/** Trains in order of time, those of one time by cell. */
export function sortedTrains(timesMs: readonly number[], cells: readonly number[]): SpikeTrains {
  const order = timesMs.map((_, k) => k);
  order.sort((a, b) => timesMs[a]! - timesMs[b]! || cells[a]! - cells[b]!);
  return {
    timesMs: Float64Array.from(order, (k) => timesMs[k]!),
    cells: Uint32Array.from(order, (k) => cells[k]!),
  };
}
