import { potentialFields, potentialNames } from "../recording/potentials.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { describe, GrowingDataset, type Hdf5Group, writeValues } from "./hdf5.ts";
import { samplingStepMs } from "./regular-times.ts";
import { allSampleQuantities, archived } from "./sample-quantities.ts";
import { sampleSeries } from "./sample-series.ts";
import { columnName } from "./sonata-network.ts";

/** A quantity of cells at regular times. */
export interface Report {
  readonly name: string;
  readonly unit: string;
  /** The node set that is reported, and its cells. */
  readonly nodeSet: string;
  readonly cells: readonly number[];
  readonly startMs: number;
  /** Time at which the next values would be. */
  readonly endMs: number;
  readonly stepMs: number;
  readonly rows: () => Iterable<ArrayLike<number>>;
}

/** The node set of the cells whose potentials are recorded. */
export const potentialNodes = "recorded_potentials";

export const reportNames: readonly string[] = [
  ...allSampleQuantities.map(({ name }) => name),
  ...potentialNames.map((name) => potentialFields[name].name),
];

/** Reports of all that was sampled: states of all cells, potentials of chosen ones. */
export const reportsOf = (run: RunExcerpt): Report[] => [
  ...sampleReports(run),
  ...potentialReports(run),
];

function sampleReports(run: RunExcerpt): Report[] {
  if (run.sampleTimesMs.length === 0) return [];
  const cells = Array.from({ length: run.manifest.network.cellCount }, (_, cell) => cell);
  const times = reportTimes(run.sampleTimesMs, samplingStepMs(run));
  return sampleSeries(run).map(({ quantity, rows }) => {
    const { name, unit } = quantity;
    return {
      ...{ name, unit, cells, nodeSet: columnName, ...times },
      *rows() {
        for (const row of rows()) yield archived(quantity, row);
      },
    };
  });
}

function potentialReports(run: RunExcerpt): Report[] {
  const { potentialCells: cells, potentialTimesMs } = run;
  if (potentialTimesMs.length === 0) return [];
  const times = reportTimes(potentialTimesMs, run.manifest.potentials!.everyMs);
  return potentialNames.map((quantity) => ({
    ...{ name: potentialFields[quantity].name, unit: "mV", cells, nodeSet: potentialNodes },
    ...times,
    rows: () => run.potentialRows(quantity),
  }));
}

/**
 * Writes a SONATA report with one element a cell. Values are 32-bit floating-point numbers, as
 * SONATA asks.
 */
export function* writeReport(file: Hdf5Group, report: Report): Generator<void> {
  const { cells, startMs, endMs, stepMs } = report;
  const group = file.create_group("report").create_group(columnName);
  const rows = Math.round((endMs - startMs) / stepMs);
  const layout = { rows, columns: cells.length, compressed: true };
  const data = new GrowingDataset(group, "data", "<f", layout);
  describe(data.dataset, { units: report.unit });
  const mapping = group.create_group("mapping");
  const ids = writeValues(mapping, "node_ids", BigUint64Array.from(cells, BigInt));
  describe(ids, { sorted: Int8Array.of(1) });
  const ends = BigUint64Array.from({ length: cells.length + 1 }, (_, place) => BigInt(place));
  const pointers = writeValues(mapping, "index_pointers", ends);
  // The name that pySONATA and BMTK look for.
  mapping.create_hard_link(pointers.path, "index_pointer");
  writeValues(mapping, "element_ids", new Uint32Array(cells.length).fill(1));
  writeValues(mapping, "element_pos", new Float32Array(cells.length).fill(1));
  const time = writeValues(mapping, "time", Float64Array.of(startMs, endMs, stepMs));
  describe(time, { units: "ms" });
  for (const values of report.rows()) {
    data.append(Float32Array.from(values));
    yield;
  }
  data.finish();
}

const reportTimes = (timesMs: Float64Array, stepMs: number) => ({
  startMs: timesMs[0]!,
  endMs: timesMs[0]! + timesMs.length * stepMs,
  stepMs,
});
