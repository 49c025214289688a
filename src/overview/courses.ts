import { regulatedQuantity } from "../model/homeostasis.ts";
import { concatenated } from "../numeric/concatenation.ts";
import { excitatoryMask } from "../recording/network-record.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { gainColumns, sampleColumns } from "./layout.ts";

/** Time courses of the samples, column after column; yields which part is done. */
export function* sampleCourses(run: RunReader): Generator<number, Uint8Array> {
  const timesMs = run.sampleTimesMs;
  const excitatory = excitatoryMask(run.manifest.populations);
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
  return new Uint8Array(concatenated(columns).buffer);
}

/** Mean plastic gain between excitatory cells over time, column after column. */
export function* gainCourse(run: RunReader): Generator<number, Uint8Array> {
  const timesMs = run.gainTimesMs;
  const columns = gainColumns.map(() => new Float64Array(timesMs.length));
  const excitatory = excitatoryMask(run.manifest.populations);
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
  return new Uint8Array(concatenated(columns).buffer);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
