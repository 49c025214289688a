import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The last segment of spikes in a folder in the original's format (docs/export.md). */
export function readSpikes(folder) {
  const index = readFileSync(join(folder, ".spks"), "latin1").trimEnd();
  const [count, offset] = index.split(/\s+/).slice(-2).map(Number);
  const bytes = readFileSync(join(folder, "spks")).subarray(offset, offset + 16 * count);
  const values = new Float64Array(Uint8Array.from(bytes).buffer);
  return { timesMs: values.subarray(0, count), cells: values.subarray(count) };
}

/** A sentence on the spikes of two runs, and whether they are the same. */
export function compareSpikes(ours, theirs) {
  const [first, second] = [ours.cells.length, theirs.cells.length];
  if (first !== second)
    return { same: false, text: `Spikes: ${first} in isocortex, ${second} in NEURON.` };
  const differs = ours.cells.findIndex((cell, k) => cell !== theirs.cells[k]);
  if (differs >= 0) {
    return {
      same: false,
      text: `Spikes: ${first} in both; from number ${differs} on, cells differ.`,
    };
  }
  const apartMs = ours.timesMs.reduce(
    (most, ms, k) => Math.max(most, Math.abs(ms - theirs.timesMs[k])),
    0,
  );
  const times =
    apartMs === 0 ? "the same times" : `times ${apartMs.toExponential(0)} ms apart at most`;
  return {
    same: true,
    text: `Spikes: ${first} in both, the same cells in the same order, ${times}.`,
  };
}
