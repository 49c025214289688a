import { type CellSample, nanIfUnset } from "../recording/cell-sample.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { describe, GrowingDataset, type Hdf5Group, writeValues } from "./hdf5.ts";
import { samplingStepMs } from "./regular-times.ts";
import { columnName } from "./sonata-network.ts";

/** A variable of all cells that is reported. */
export interface ReportVariable {
  readonly name: string;
  readonly unit: string;
  readonly values: (sample: CellSample) => ArrayLike<number>;
}

export const reportVariables: readonly ReportVariable[] = [
  { name: "sensed_rate", unit: "kHz", values: ({ sensedRateKhz }) => sensedRateKhz },
  {
    name: "target_rate",
    unit: "kHz",
    values: ({ targetRateKhz }) => targetRateKhz.map(nanIfUnset),
  },
  { name: "scale_factor", unit: "1", values: ({ scaleFactor }) => scaleFactor },
  { name: "alive", unit: "1", values: ({ alive }) => alive },
];

/**
 * Writes samples of a variable as a SONATA report with one element a cell. Values are 32-bit
 * floating-point numbers, as SONATA asks.
 */
export function* writeReport(
  file: Hdf5Group,
  run: RunExcerpt,
  variable: ReportVariable,
): Generator<void> {
  const { cellCount } = run.manifest.network;
  const group = file.create_group("report").create_group(columnName);
  const layout = { rows: run.sampleTimesMs.length, columns: cellCount, compressed: true };
  const data = new GrowingDataset(group, "data", "<f", layout);
  describe(data.dataset, { units: variable.unit });
  const mapping = group.create_group("mapping");
  const cells = BigUint64Array.from({ length: cellCount }, (_, cell) => BigInt(cell));
  const ids = writeValues(mapping, "node_ids", cells);
  describe(ids, { sorted: Int8Array.of(1) });
  const ends = BigUint64Array.from({ length: cellCount + 1 }, (_, cell) => BigInt(cell));
  const pointers = writeValues(mapping, "index_pointers", ends);
  // The name that pySONATA and BMTK look for.
  mapping.create_hard_link(pointers.path, "index_pointer");
  writeValues(mapping, "element_ids", new Uint32Array(cellCount).fill(1));
  writeValues(mapping, "element_pos", new Float32Array(cellCount).fill(1));
  const { startMs, endMs, stepMs } = reportTimes(run);
  const time = writeValues(mapping, "time", Float64Array.of(startMs, endMs, stepMs));
  describe(time, { units: "ms" });
  for (const index of run.sampleTimesMs.keys()) {
    data.append(Float32Array.from(variable.values(run.sample(index))));
    yield;
  }
  data.finish();
}

/** When samples were taken, at equal intervals; the end is when the next one would be. */
export function reportTimes(run: RunExcerpt) {
  const { sampleTimesMs } = run;
  const [startMs = 0] = sampleTimesMs;
  const stepMs = samplingStepMs(run);
  return { startMs, endMs: startMs + sampleTimesMs.length * stepMs, stepMs };
}
