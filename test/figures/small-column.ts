import { parseHTML } from "linkedom";
import { populations } from "../../src/model/populations.ts";

/** Where test figures make their elements. */
export const { document } = parseHTML("<!doctype html><html></html>");

let firstCell = 0;

/** The published populations with a tenth of their cells. */
export const smallColumn = populations.map((population) => {
  const cellCount = Math.max(1, Math.round(population.cellCount / 10));
  firstCell += cellCount;
  return { ...population, cellCount, firstCell: firstCell - cellCount };
});

export const cellCount = firstCell;

/** Spikes at regular times: cell c fires every 40 + c ms. */
export function regularSpikes(durationMs: number) {
  const spikes: { timeMs: number; cell: number }[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    for (let timeMs = cell + 0.25; timeMs < durationMs; timeMs += 40 + cell) {
      spikes.push({ timeMs, cell });
    }
  }
  spikes.sort((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: Float64Array.from(spikes, ({ timeMs }) => timeMs),
    cells: Uint32Array.from(spikes, ({ cell }) => cell),
  };
}

export const periods = [
  { label: "baseline", startMs: 0, endMs: 500 },
  { label: "learning", startMs: 500, endMs: 1500 },
  { label: "recall", startMs: 1500, endMs: 2000 },
  { label: "scaling on", startMs: 500, endMs: 2000 },
];
