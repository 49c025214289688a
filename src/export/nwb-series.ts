import { potentialFields, potentialNames } from "../recording/potentials.ts";
import type { RecordedLayer } from "../recording/recorded-layers.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { describe, GrowingDataset, type Hdf5Group, writeText, writeValues } from "./hdf5.ts";
import { lfpFields, lfpLayersOf, lfpNames, lfpRows } from "./lfp-series.ts";
import { type IdSource, markObject, writeTable } from "./nwb-object.ts";
import { regularStepMs, samplingStepMs } from "./regular-times.ts";
import { archived } from "./sample-quantities.ts";
import { sampleSeries } from "./sample-series.ts";

/** Makes a module of processed data. */
export function createModule(
  processing: Hdf5Group,
  name: string,
  description: string,
  newId: IdSource,
): Hdf5Group {
  const group = processing.create_group(name);
  markObject(group, ["core", "ProcessingModule"], newId());
  describe(group, { description });
  return group;
}

interface Series {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  /** By which the values are multiplied to be in the unit. */
  readonly conversion: number;
  readonly timesMs: Float64Array;
  /** The interval between the times, where there is one and it is known, ms. */
  readonly stepMs?: number;
  readonly columns: number;
  /** A row for each time. */
  readonly rows: () => Iterable<Float64Array>;
}

/** Writes samples of all cells, if there are any: a row for each time, a column for each cell. */
export function* writeSamples(
  processing: Hdf5Group,
  run: RunExcerpt,
  newId: IdSource,
): Generator<void> {
  if (run.sampleTimesMs.length === 0) return;
  const about = "Samples of all cells' homeostasis.";
  const module = createModule(processing, "cells", about, newId);
  for (const { quantity, rows } of sampleSeries(run)) {
    const { name, description, unit } = quantity;
    const series: Series = {
      name,
      description,
      ...(unit === "kHz" ? { unit: "Hz", conversion: 1000 } : { unit, conversion: 1 }),
      timesMs: run.sampleTimesMs,
      stepMs: samplingStepMs(run),
      columns: run.manifest.network.cellCount,
      *rows() {
        for (const row of rows()) yield Float64Array.from(archived(quantity, row));
      },
    };
    yield* writeSeries(module, series, newId);
  }
}

/**
 * Writes the potentials of chosen cells, if any are recorded: a row for each time, a column for each
 * of the cells that `recorded_cells` lists.
 */
export function* writePotentials(
  processing: Hdf5Group,
  run: RunExcerpt,
  newId: IdSource,
): Generator<void> {
  const { potentialCells: cells } = run;
  if (run.potentialTimesMs.length === 0) return;
  const about = "Membrane potentials, receptors and synaptic drive of chosen cells.";
  const module = createModule(processing, "potentials", about, newId);
  const column = {
    name: "cell",
    description: "The cell of each column: a row of the units.",
    values: Uint32Array.from(cells),
  };
  const description = "Whose potentials were read, in the order of the columns.";
  const table = { type: "DynamicTable", description, rows: cells.length } as const;
  writeTable(module, "recorded_cells", table, [column], newId);
  for (const name of potentialNames) {
    const shape = { columns: cells.length, rows: () => run.potentialRows(name) };
    yield* writeReadings(module, run, { ...potentialFields[name], ...shape }, newId);
  }
}

/**
 * Writes the LFP proxies of the layers with recorded potentials of E cells, if there are any: a row
 * for each time, a column for each of the layers that `layers` lists.
 */
export function* writeLfp(
  processing: Hdf5Group,
  run: RunExcerpt,
  newId: IdSource,
): Generator<void> {
  const layers = lfpLayersOf(run);
  if (run.potentialTimesMs.length === 0 || layers.length === 0) return;
  const module = createModule(processing, "lfp", "LFP proxies of layers.", newId);
  writeLfpLayers(module, layers, newId);
  for (const name of lfpNames) {
    const shape = { columns: layers.length, rows: () => lfpRows(run, name) };
    yield* writeReadings(module, run, { ...lfpFields[name], ...shape }, newId);
  }
}

/** Writes values in mV at the times at which potentials are recorded. */
function writeReadings(
  module: Hdf5Group,
  { potentialTimesMs: timesMs, manifest }: RunExcerpt,
  values: Pick<Series, "name" | "description" | "columns" | "rows">,
  newId: IdSource,
): Generator<void> {
  const stepMs = manifest.potentials!.everyMs;
  return writeSeries(
    module,
    { ...values, unit: "volts", conversion: 1e-3, timesMs, stepMs },
    newId,
  );
}

function writeLfpLayers(
  module: Hdf5Group,
  layers: readonly RecordedLayer[],
  newId: IdSource,
): void {
  const columns = [
    ["layer", "Cortical layer; 2 is layer 2/3.", layers.map(({ layer }) => layer)],
    ["column", "Column of the layer, from 0 on.", layers.flatMap(({ column }) => column ?? [])],
    ["cell_count", "E cells with recorded potentials.", layers.map(({ cells }) => cells.length)],
  ] as const;
  const description = "Whose LFP proxies these are, in the order of the columns.";
  writeTable(
    module,
    "layers",
    { type: "DynamicTable", description, rows: layers.length },
    columns
      .filter(([, , values]) => values.length > 0)
      .map(([name, about, values]) => ({
        name,
        description: about,
        values: Uint32Array.from(values),
      })),
    newId,
  );
}

/** Writes the plastic gains: a row for each time, a column for each synapse. */
export function* writeGains(module: Hdf5Group, run: RunExcerpt, newId: IdSource): Generator<void> {
  yield* writeSeries(
    module,
    {
      name: "plastic_gain",
      description: "Multiplies each synapse's AMPA weight; in the order of the table of synapses.",
      unit: "1",
      conversion: 1,
      timesMs: run.gainTimesMs,
      columns: run.manifest.network.synapseCount,
      *rows() {
        for (const index of run.gainTimesMs.keys()) yield run.gains(index);
      },
    },
    newId,
  );
}

/** Writes a series; one without values is left out. */
function* writeSeries(module: Hdf5Group, series: Series, newId: IdSource): Generator<void> {
  if (series.timesMs.length === 0) return;
  const { name, description, unit, conversion, timesMs, columns, rows } = series;
  const group = createSeries(module, name, ["core", "TimeSeries"], description, newId);
  const layout = { rows: timesMs.length, columns, compressed: true };
  const data = new GrowingDataset(group, "data", "<d", layout);
  for (const row of rows()) {
    data.append(row);
    yield;
  }
  data.finish();
  describe(data.dataset, {
    unit,
    conversion: Float32Array.of(conversion),
    offset: Float32Array.of(0),
    resolution: Float32Array.of(-1),
    continuity: "instantaneous",
  });
  writeTimes(group, timesMs, regularStepMs(timesMs, series.stepMs));
}

/** Writes what was done to the network and when, as texts; nothing where nothing was done. */
export function writeEvents(module: Hdf5Group, run: RunExcerpt, newId: IdSource): void {
  const events = run.events();
  if (events.length === 0) return;
  const group = createSeries(
    module,
    "events",
    ["core", "AnnotationSeries"],
    "What was done to the network, JSON: scaling turned on, trials of input, deletions.",
    newId,
  );
  const texts = events.map(({ timeMs, ...event }) => JSON.stringify(event));
  const data = writeText(group, "data", texts);
  describe(data, { unit: "n/a", resolution: Float32Array.of(-1) });
  writeTimes(
    group,
    Float64Array.from(events, ({ timeMs }) => timeMs),
  );
}

function createSeries(
  module: Hdf5Group,
  name: string,
  type: readonly ["core", string],
  description: string,
  newId: IdSource,
): Hdf5Group {
  const group = module.create_group(name);
  markObject(group, type, newId());
  describe(group, { description, comments: "no comments" });
  return group;
}

/** Writes when the values of a series are: the first time and the rate, or each time. */
function writeTimes(group: Hdf5Group, timesMs: Float64Array, stepMs?: number): void {
  if (stepMs !== undefined) {
    const start = writeValues(group, "starting_time", Float64Array.of(timesMs[0]! / 1000), []);
    describe(start, { rate: Float64Array.of(1000 / stepMs), unit: "seconds" });
    return;
  }
  const timestamps = writeValues(
    group,
    "timestamps",
    timesMs.map((timeMs) => timeMs / 1000),
  );
  describe(timestamps, { interval: Int32Array.of(1), unit: "seconds" });
}
