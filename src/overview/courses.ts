import { regulatedQuantity } from "../model/homeostasis.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { gainColumns, sampleColumns } from "./layout.ts";

/** Time courses of the samples, column after column; yields which part is done. */
export function* sampleCourses(run: RunReader): Generator<number, Uint8Array> {
  const timesMs = run.sampleTimesMs;
  const excitatory = excitatoryCells(run);
  const model = run.manifest.parameters["model"]?.value;
  const columns = sampleColumns.map(() => new Float64Array(timesMs.length));
  for (const [index, timeMs] of timesMs.entries()) {
    const sample = run.sample(index);
    const { alive, scaleFactor, targetRateKhz } = sample;
    const sensed = regulatedQuantity(model, sample);
    const living = Array.from(alive.keys()).filter((cell) => alive[cell] === 1);
    const livingE = living.filter((cell) => excitatory[cell] === 1);
    const scale = livingE.map((cell) => scaleFactor[cell]!);
    const scaleMean = mean(scale);
    const values = [
      timeMs,
      scaleMean,
      Math.sqrt(mean(scale.map((value) => (value - scaleMean) ** 2))),
      1000 * mean(livingE.map((cell) => sensed?.[cell] ?? Number.NaN)),
      1000 * mean(livingE.map((cell) => targetRateKhz[cell]!).filter((rate) => rate >= 0)),
      livingE.length,
      living.length - livingE.length,
    ];
    values.forEach((value, k) => {
      columns[k]![index] = value;
    });
    yield index / timesMs.length;
  }
  return joined(columns);
}

/** Mean plastic gain between excitatory cells over time, column after column. */
export function* gainCourse(run: RunReader): Generator<number, Uint8Array> {
  const timesMs = run.gainTimesMs;
  const columns = gainColumns.map(() => new Float64Array(timesMs.length));
  const excitatory = excitatoryCells(run);
  const { presynaptic, postsynaptic } = run.synapses();
  const learning = Array.from(presynaptic.keys()).filter(
    (synapse) => excitatory[presynaptic[synapse]!] && excitatory[postsynaptic[synapse]!],
  );
  for (const [index, timeMs] of timesMs.entries()) {
    const gains = run.gains(index);
    columns[0]![index] = timeMs;
    columns[1]![index] = mean(learning.map((synapse) => gains[synapse]!));
    yield 1;
  }
  return joined(columns);
}

/** 1 for each excitatory cell. */
function excitatoryCells({ manifest }: RunReader): Uint8Array {
  const excitatory = new Uint8Array(manifest.network.cellCount);
  for (const { cellClass, firstCell, cellCount } of manifest.populations) {
    if (cellClass === "E") excitatory.fill(1, firstCell, firstCell + cellCount);
  }
  return excitatory;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

function joined(columns: readonly Float64Array[]): Uint8Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return new Uint8Array(all.buffer);
}
