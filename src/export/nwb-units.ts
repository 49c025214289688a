import type { RunExcerpt } from "./excerpt.ts";
import { chunkedDataset, type Hdf5Group } from "./hdf5.ts";
import { type IdSource, NwbTable } from "./nwb-object.ts";
import { SpikeSorter } from "./spike-sorter.ts";

/**
 * Writes the cells as units: their spike times in s, one cell's after the other's, when each was
 * observed, and what and where it is.
 *
 * Spikes are read twice: to count each cell's, then to put them in their places.
 */
export function* writeUnits(file: Hdf5Group, run: RunExcerpt, newId: IdSource): Generator<void> {
  const { cellCount } = run.manifest.network;
  const description = "The cells of the column.";
  const table = new NwbTable(file, "units", { type: "Units", description, rows: cellCount }, newId);
  const counts = new Float64Array(cellCount);
  for (const { cells } of run.spikeBlocks()) {
    for (const cell of cells) counts[cell]! += 1;
    yield;
  }
  const times = chunkedDataset(table.group, "spike_times", run.spikeCount);
  const sorter = new SpikeSorter(counts, (first, timesMs) => {
    times.write_slice(
      [[first, first + timesMs.length]],
      timesMs.map((timeMs) => timeMs / 1000),
    );
  });
  for (const block of run.spikeBlocks()) {
    sorter.add(block);
    yield;
  }
  sorter.finish();
  table.adopt(times, "spike_times", "Times of the cell's spikes, s.");
  table.divide(times, "spike_times", endsOf(counts));
  addObservation(table, run);
  addProperties(table, run);
  table.finish();
}

/**
 * Time at which each cell was observed: from the beginning until it was deleted, or to the end; not
 * at all if it was deleted before.
 */
function addObservation(table: NwbTable, run: RunExcerpt): void {
  const { startMs, endMs } = run;
  const intervals = Array.from(run.deletionTimesMs(), (deletedMs) =>
    deletedMs > startMs && endMs > startMs ? [startMs, Math.min(deletedMs, endMs)] : [],
  );
  table.add({
    name: "obs_intervals",
    description: "When the cell was observed, s: until it was deleted, or to the end.",
    values: Float64Array.from(intervals.flat(), (timeMs) => timeMs / 1000),
    width: 2,
    ends: endsOf(Float64Array.from(intervals, ({ length }) => length / 2)),
  });
}

function addProperties(table: NwbTable, run: RunExcerpt): void {
  const { populations } = run.manifest;
  const of = [...run.populations()].map((index) => populations[index]!);
  const { xUm, yUm, zUm } = run.positions();
  const columns = [
    ["population", "Population: cell class and layer.", of.map(({ name }) => name)],
    [
      "cell_class",
      "E: excitatory, regular spiking; FS: fast spiking; LTS: low-threshold spiking.",
      of.map(({ cellClass }) => cellClass),
    ],
    ["layer", "Cortical layer.", Int32Array.from(of, ({ layer }) => layer)],
    ["x_um", "Position, µm.", xUm],
    ["y_um", "Position, µm.", yUm],
    [
      "outside_range_time",
      "When the scale factor was first recorded outside 0.01 to 100, s; NaN if never.",
      secondsOrNever(run.firstTimesMs("outsideRange")),
    ],
    [
      "not_finite_time",
      "When scale factor, sensed or target rate were first recorded infinite or not a number, s; NaN if never.",
      secondsOrNever(run.firstTimesMs("notFinite")),
    ],
    ["z_um", "Position in depth, µm, which nothing depends on.", zUm],
  ] as const;
  for (const [name, description, values] of columns) table.add({ name, description, values });
  const ofColumns = run.columns();
  if (!ofColumns) return;
  const description = "Column of the cell, from 0 on.";
  table.add({ name: "column", description, values: Int32Array.from(ofColumns) });
}

/** Times in s, NaN for none. */
const secondsOrNever = (timesMs: Float64Array): Float64Array =>
  timesMs.map((timeMs) => (timeMs < Infinity ? timeMs / 1000 : Number.NaN));

/** End of each row's values in the concatenated array. */
function endsOf(counts: Float64Array): BigUint64Array {
  let end = 0;
  return BigUint64Array.from(counts, (count) => {
    end += count;
    return BigInt(end);
  });
}
