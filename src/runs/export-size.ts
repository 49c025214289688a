import type { CsvTable } from "../export/csv-tables.ts";
import type { RunExcerpt } from "../export/excerpt.ts";
import { lfpLayersOf } from "../export/lfp-series.ts";
import { MOST_WAITING_BYTES } from "../export/sample-series.ts";
import type { Machine } from "./needs.ts";

/**
 * Bytes of an export for each spike, sample of a cell, recorded gain, reading of a potential,
 * synapse, cell and value of a layer's LFP proxy.
 */
type RowBytes = readonly [
  spike: number,
  sample: number,
  gain: number,
  potential: number,
  synapse: number,
  cell: number,
  lfp: number,
];

/** Measured on exports of columns of size factors 1 to 60, bytes. */
const rowBytes = {
  spikes: [24, 0, 0, 0, 0, 0, 0],
  cells: [0, 60, 0, 0, 0, 0, 0],
  // Only plastic synapses have rows.
  weights: [0, 0, 13, 0, 0, 0, 0],
  synapses: [0, 0, 0, 0, 70, 0, 0],
  potentials: [0, 0, 0, 130, 0, 0, 0],
  lfp: [0, 0, 0, 0, 0, 0, 66],
  npz: [12, 25, 8, 48, 33, 60, 24],
  sonata: [11, 8, 0, 24, 87, 100, 0],
  nwb: [9, 12, 8, 48, 36, 100, 24],
  neuron: [16, 40, 0, 0, 0, 0, 0],
} as const satisfies Record<string, RowBytes>;

/** Of formats other than CSV: headers, the manifest, and what HDF5 needs for its own. */
const BASE_BYTES = 100_000;

/** Node.js with this program, without and with HDF5, bytes. */
const PLAIN_MEMORY_BYTES = 130e6;
const HDF5_MEMORY_BYTES = 175e6;
const MEMORY_BYTES_PER_SYNAPSE = 220;
/** Memory for the positions of the record's blocks. */
const MEMORY_BYTES_PER_ROW = 0.1;
/** Values of a sample of a cell that wait while the first quantity is written, at most. */
const WAITING_BYTES_PER_SAMPLE = 25;

/** Kind of export: a format and, for CSV, a table. */
export interface ExportKind {
  readonly format: "csv" | "npz" | "sonata" | "nwb" | "neuron";
  readonly table?: CsvTable | undefined;
}

const tablesOfSynapses: readonly CsvTable[] = ["weights", "synapses"];

/** Resources of an export, estimated before it starts. */
export function exportNeeds(run: RunExcerpt, { format, table = "spikes" }: ExportKind): Machine {
  const { cellCount, synapseCount: within, interColumnSynapses = 0 } = run.manifest.network;
  const synapseCount = within + interColumnSynapses;
  const rows: RowBytes = [
    run.spikeCount,
    run.sampleTimesMs.length * cellCount,
    run.gainTimesMs.length * within,
    run.potentialTimesMs.length * run.potentialCells.length,
    synapseCount,
    cellCount,
    run.potentialTimesMs.length * lfpLayersOf(run).length,
  ];
  const bytes: RowBytes = rowBytes[format === "csv" ? table : format];
  const isHdf5 = format === "sonata" || format === "nwb";
  const writesInTurn = isHdf5 || format === "npz";
  const waitingBytes = writesInTurn
    ? Math.min(MOST_WAITING_BYTES, WAITING_BYTES_PER_SAMPLE * rows[1])
    : 0;
  const readRows = rows.reduce((sum, count, k) => sum + (bytes[k] ? count : 0), 0);
  const keptSynapses =
    format === "neuron" || (format === "csv" && !tablesOfSynapses.includes(table))
      ? 0
      : synapseCount;
  return {
    diskBytes: rows.reduce(
      (sum, count, k) => sum + count * bytes[k]!,
      format === "csv" ? 0 : BASE_BYTES,
    ),
    memoryBytes:
      (isHdf5 ? HDF5_MEMORY_BYTES : PLAIN_MEMORY_BYTES) +
      MEMORY_BYTES_PER_SYNAPSE * keptSynapses +
      MEMORY_BYTES_PER_ROW * readRows +
      waitingBytes,
  };
}
