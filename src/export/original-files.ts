import type { CellSample } from "../recording/cell-sample.ts";
import { RecordingError } from "../recording/errors.ts";
import { growthCourse } from "../recording/growth.ts";
import { runEndMs } from "../recording/manifest.ts";
import type { TimeRange } from "../recording/time-range.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { littleEndian } from "./npy.ts";
import { variablesText } from "./original-variables.ts";
import { cFixed } from "./printf.ts";
import { sampleQuantities } from "./sample-quantities.ts";
import type { ExportTarget } from "./target.ts";

/** Files of the original, as its plot program reads them. */
export const originalFiles = ["spks", ".spks", "aux", "vars"] as const;

/**
 * Writes a recorded run as the original does, for its own plot program and others that read its
 * files: spikes, their index, samples, variables. Unlike its files, ours have every spike, each
 * with the cell that fired it.
 */
export function* writeOriginal(run: RunExcerpt, target: ExportTarget): Generator<void> {
  const segments = segmentsOf(run);
  yield* target.write("spks", spikeBytes(run, segments));
  yield* target.write(".spks", [spikeIndex(run, segments)]);
  yield* target.write("aux", sampleText(run));
  yield* target.write("vars", [variablesText(run)]);
}

/** A stretch of time whose spikes are together in the file of spikes. */
export type Segment = Required<TimeRange>;

const MOST_SEGMENTS = 1_000_000;

/**
 * The stretches after which the original flushes its spikes (writedata.hoc): every `buffertime`,
 * the first one longer, so that the last one ends with the run. What is recorded beyond its last
 * flush, or of a run shorter than one, the original loses; here it is a segment of its own.
 *
 * @throws {RecordingError} when there would be more than a million
 */
export function segmentsOf(run: RunExcerpt): Segment[] {
  const { manifest, startMs, endMs } = run;
  const bufferMs = Number(manifest.parameters["bufferIntervalMs"]!.value);
  const flushesMs: number[] = [];
  const firstMs = bufferMs + (runEndMs(manifest) % bufferMs);
  const count = Math.ceil((endMs - firstMs) / bufferMs);
  if (count > MOST_SEGMENTS) {
    throw new RecordingError(
      `bufferIntervalMs = ${bufferMs} divides the run into ${count.toPrecision(3)} segments, and the original's files can have ${MOST_SEGMENTS}. Export another format.`,
    );
  }
  for (let k = 0; k < count; k++) {
    const timeMs = firstMs + k * bufferMs;
    if (timeMs > startMs && timeMs < endMs) flushesMs.push(timeMs);
  }
  flushesMs.push(endMs);
  return flushesMs.map((flushMs, k) => ({
    startMs: k === 0 ? startMs : flushesMs[k - 1]!,
    // The last spikes may be at the very end.
    endMs: k === flushesMs.length - 1 ? Number.POSITIVE_INFINITY : flushMs,
  }));
}

/**
 * The spikes (`spks`): of each segment the times in ms, then the cells, both as 64-bit numbers.
 * They are read twice, so that no segment is too long to be kept.
 */
function* spikeBytes(run: RunExcerpt, segments: readonly Segment[]): Generator<Uint8Array> {
  for (const segment of segments) {
    for (const { timesMs } of run.spikeBlocks(segment)) yield littleEndian(timesMs);
    for (const { cells } of run.spikeBlocks(segment)) {
      yield littleEndian(Float64Array.from(cells));
    }
  }
}

/**
 * The index of the spikes (`.spks`): of each segment a line with the time of the flush, s, the
 * number of spikes, and where in the file they begin, bytes.
 */
function spikeIndex(run: RunExcerpt, segments: readonly Segment[]): string {
  let offset = 0;
  const lines = segments.map((segment) => {
    const count = run.countSpikes(segment);
    const flushMs = Math.min(segment.endMs, run.endMs);
    const line = `//b9 -2 t${cFixed(flushMs / 1000, 2)} ${count} ${offset}\n`;
    offset += 2 * 8 * count;
    return line;
  });
  return lines.join("");
}

/**
 * The samples (`aux`): a line with the time, ms, then one for each cell: id, type number, sensed
 * rate, target rate, both in spikes/ms, scale factor, and whether it is dead. Six decimals. In the
 * 2014 model the sensed activity follows the rate, the target is one of activity, and the growth
 * factor the time.
 */
function* sampleText(run: RunExcerpt): Generator<string> {
  const { populations } = run.manifest;
  const types = Uint16Array.from(run.populations(), (index) => populations[index]!.originalType);
  const quantities = sampleQuantities(run).filter(({ name }) => name !== "alive");
  const growthText = growthTexts(run);
  for (const [index, timeMs] of run.sampleTimesMs.entries()) {
    const sample = run.sample(index);
    const columns = quantities.map(({ values }) => values(sample));
    const factor = growthText(timeMs, sample);
    let text = `t = ${cFixed(timeMs, 6)}${factor === undefined ? "" : `,globalscale = ${factor}`}\n`;
    for (let cell = 0; cell < sample.alive.length; cell++) {
      const values = columns.map((all) => cFixed(all[cell]!, 6));
      text += `${cell},${types[cell]},${values.join(",")},${1 - sample.alive[cell]!}\n`;
    }
    yield text;
  }
}

/** The growth factor at a sample as the original prints it; undefined where a run has none. */
function growthTexts(run: RunExcerpt): (timeMs: number, sample: CellSample) => string | undefined {
  const { growthFactor, scalingStartMs } = run.manifest.parameters;
  if (growthFactor?.value !== true) return () => undefined;
  const updates = growthCourse(run.events());
  const factors = new Map(updates.map(({ timeMs, factor }) => [timeMs, factor]));
  return (timeMs, { activity }) => {
    const recorded = timeMs > Number(scalingStartMs!.value) ? factors.get(timeMs) : undefined;
    // Before scaling, the original divides 0 by the activity; in C, 0/0 has a sign.
    const factor = recorded ?? 0 / (activity?.reduce((sum, one) => sum + one, 0) ?? 0);
    return Number.isNaN(factor) ? "-nan" : cFixed(factor, 6);
  };
}
