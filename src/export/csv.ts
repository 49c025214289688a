import { excitatoryMask } from "../recording/network-record.ts";
import { potentialFields, potentialNames } from "../recording/potentials.ts";
import type { CsvTable } from "./csv-tables.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { lfpBlocks, lfpFields, lfpLayersOf, lfpNames } from "./lfp-series.ts";
import { columnOf, sampleQuantities } from "./sample-quantities.ts";
import { checkTable } from "./table-data.ts";

/** Rows per piece of text: some hundred kilobytes. */
const ROWS_PER_CHUNK = 8192;

/**
 * Table of a recorded run as CSV with a header line, generated in pieces in constant memory.
 *
 * - spikes: `time_ms,cell`
 * - cells: `time_ms,cell,sensed_rate_khz,target_rate_khz,scale_factor,alive`, every sample of
 *   every cell; the target is −1 until scaling sets it; in the 2014 model
 *   `activity_mv_per_ms,target_activity_mv_per_ms` instead of the target rate
 * - weights: `time_ms,presynaptic,postsynaptic,gain`, every record of every excitatory synapse
 * - synapses: `presynaptic,postsynaptic,delay_ms,distal,fast_weight_mv,slow_weight_mv`, every
 *   synapse, of several columns first those within them, then those between them
 * - potentials: `time_ms,cell,potential_mv,synaptic_drive_mv,ampa_mv,nmda_mv,gaba_proximal_mv,gaba_distal_mv`,
 *   every reading; NaN after the deletion of the cell
 * - lfp: `time_ms,layer,lfp_proxy_mv,lfp_excitatory_mv,lfp_inhibitory_mv`, the LFP proxy of each
 *   layer with recorded potentials of E cells, at every reading; NaN while none of them lives
 *
 * Of several columns, each `cell` and `layer` is followed by its `column`.
 *
 * Numbers that are not whole have 17 significant digits, so that all values are exact.
 *
 * @throws {DamagedFileError} at a damaged block
 * @throws {TableDataError} if the run has not recorded what the table contains
 * @example
 * ```ts
 * import { formats, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const text = [...formats.csvText(new formats.RunExcerpt(run), "spikes")].join("");
 * console.log(text.slice(0, 100));
 * ```
 */
export function csvText(run: RunExcerpt, table: CsvTable): Generator<string> {
  checkTable(run, table);
  switch (table) {
    case "spikes":
      return chunks(["time_ms", ...headings("cell", run)].join(","), spikeRows(run));
    case "cells":
      return chunks(
        ["time_ms", ...headings("cell", run), ...sampleQuantities(run).map(columnOf)].join(","),
        cellRows(run),
      );
    case "weights":
      return chunks("time_ms,presynaptic,postsynaptic,gain", weightRows(run));
    case "synapses":
      return chunks(
        "presynaptic,postsynaptic,delay_ms,distal,fast_weight_mv,slow_weight_mv",
        synapseRows(run),
      );
    case "potentials": {
      const columns = potentialNames.map((name) => `${potentialFields[name].name}_mv`);
      return chunks(
        ["time_ms", ...headings("cell", run), ...columns].join(","),
        potentialRows(run),
      );
    }
    case "lfp": {
      const columns = lfpNames.map((name) => `${lfpFields[name].name}_mv`);
      return chunks(["time_ms", ...headings("layer", run), ...columns].join(","), lfpRows(run));
    }
  }
}

function* chunks(header: string, rows: Iterable<string>): Generator<string> {
  let text = `${header}\n`;
  let count = 0;
  for (const row of rows) {
    text += `${row}\n`;
    if (++count % ROWS_PER_CHUNK === 0) {
      yield text;
      text = "";
    }
  }
  if (text) yield text;
}

/** Of several columns, a cell or layer is followed by its column. */
const headings = (place: "cell" | "layer", run: RunExcerpt) =>
  run.columns() ? [place, "column"] : [place];

function cellTexts(run: RunExcerpt): (cell: number) => string {
  const columns = run.columns();
  return columns ? (cell) => `${cell},${columns[cell]}` : String;
}

function* spikeRows(run: RunExcerpt): Generator<string> {
  const textOf = cellTexts(run);
  for (const { timesMs, cells } of run.spikeBlocks()) {
    for (let k = 0; k < cells.length; k++) yield `${exact(timesMs[k]!)},${textOf(cells[k]!)}`;
  }
}

function* cellRows(run: RunExcerpt): Generator<string> {
  const textOf = cellTexts(run);
  for (const [index, timeMs] of run.sampleTimesMs.entries()) {
    const sample = run.sample(index);
    const columns = sampleQuantities(run).map(({ values }) => values(sample));
    for (let cell = 0; cell < sample.alive.length; cell++) {
      yield `${exact(timeMs)},${textOf(cell)},${columns.map((all) => exact(all[cell]!)).join(",")}`;
    }
  }
}

function* weightRows(run: RunExcerpt): Generator<string> {
  const { presynaptic, postsynaptic } = run.synapses();
  const excitatory = excitatoryMask(run.manifest.populations);
  for (const [index, timeMs] of run.gainTimesMs.entries()) {
    const gains = run.gains(index);
    for (let synapse = 0; synapse < gains.length; synapse++) {
      if (!excitatory[presynaptic[synapse]!]) continue;
      const ends = `${presynaptic[synapse]},${postsynaptic[synapse]}`;
      yield `${exact(timeMs)},${ends},${exact(gains[synapse]!)}`;
    }
  }
}

function* synapseRows(run: RunExcerpt): Generator<string> {
  for (const table of [run.synapses(), run.interColumnSynapses()]) {
    for (const [k, cell] of (table?.presynaptic ?? []).entries()) {
      const { postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv } = table!;
      const weights = [fastWeightMv, slowWeightMv].map((all) => exact(all[k]!));
      yield [cell, postsynaptic[k], exact(delayMs[k]!), distal[k], ...weights].join(",");
    }
  }
}

function* potentialRows(run: RunExcerpt): Generator<string> {
  const { potentialCells: cells } = run;
  const textOf = cellTexts(run);
  for (const block of run.potentialBlocks()) {
    for (const [k, timeMs] of block.timesMs.entries()) {
      for (const [place, cell] of cells.entries()) {
        const values = potentialNames.map((name) => exact(block[name][k * cells.length + place]!));
        yield `${exact(timeMs)},${textOf(cell)},${values.join(",")}`;
      }
    }
  }
}

function* lfpRows(run: RunExcerpt): Generator<string> {
  const places = lfpLayersOf(run).map(({ layer, column }) =>
    column === undefined ? String(layer) : `${layer},${column}`,
  );
  for (const layers of lfpBlocks(run)) {
    for (const [k, timeMs] of layers[0]!.timesMs.entries()) {
      for (const [at, layer] of layers.entries()) {
        const values = lfpNames.map((name) => exact(layer[name][k]!));
        yield `${exact(timeMs)},${places[at]},${values.join(",")}`;
      }
    }
  }
}

const exact = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toPrecision(17);
