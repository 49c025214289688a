// When E cells fire after strong inhibition, and what their AMPA receptors have added until then: a
// row for each stretch of time since inhibition last exceeded what the driving force takes into
// account, of cells whose scale factor has collapsed and of the others.
//
//   isocortex branch RUN@160000 --set baselineDurationS=160060 --out OUT \
//     --record-potentials "cells: E, every: 1 ms, from: 160000 s, until: 160060 s"
//   node rebound.mjs OUT > rebound.csv
import { openRun } from "isocortex/node";

/** Scale factor below which it has collapsed. */
const COLLAPSED = 0.01;
/** Lowest deviation from rest that the driving force of an input takes into account, mV. */
const LOWEST_MV = -65;
/** Ends of the stretches of time since then, ms; the first is that of strong inhibition itself. */
const endsMs = [0, 10, 20, 30, 40, 60, 100, Infinity];

const run = openRun(process.argv[2]);
const { potentials } = run;
const { cells } = potentials;
const { scaleFactor } = run.sample(0);
const places = new Map(cells.map((cell, k) => [cell, k]));
const groups = ["collapsed", "others"].map((name) => ({
  name,
  cells: cells.filter((cell) => scaleFactor[cell] < COLLAPSED === (name === "collapsed")).length,
  stretches: endsMs.map(() => ({ readings: 0, spikes: 0, ampaMv: 0 })),
}));
const groupOf = cells.map((cell) => groups[scaleFactor[cell] < COLLAPSED ? 0 : 1]);
const lastMs = new Float64Array(cells.length).fill(-Infinity);
const stretchOf = (k, timeMs) =>
  groupOf[k].stretches[endsMs.findIndex((endMs) => timeMs - lastMs[k] <= endMs)];

for (const block of potentials.blocks()) {
  const { timesMs, gabaProximalMv, gabaDistalMv, ampaMv } = block;
  const spikes = run.spikes({ startMs: timesMs[0], endMs: timesMs.at(-1) + 1 });
  let spike = 0;
  for (const [reading, timeMs] of timesMs.entries()) {
    for (const k of cells.keys()) {
      const at = reading * cells.length + k;
      if (gabaProximalMv[at] + gabaDistalMv[at] < LOWEST_MV) lastMs[k] = timeMs;
      const stretch = stretchOf(k, timeMs);
      stretch.readings++;
      stretch.ampaMv += ampaMv[at];
    }
    for (; spikes.timesMs[spike] <= timeMs; spike++) {
      const k = places.get(spikes.cells[spike]);
      if (k !== undefined) stretchOf(k, timeMs).spikes++;
    }
  }
}

console.log("scale_factors,cells,from_ms,to_ms,part_of_time,spikes,rate_hz,mean_ampa_mv");
for (const { name, cells: count, stretches } of groups) {
  const all = stretches.reduce((sum, { readings }) => sum + readings, 0);
  for (const [k, { readings, spikes, ampaMv }] of stretches.entries()) {
    const times = [k === 0 ? 0 : endsMs[k - 1], Number.isFinite(endsMs[k]) ? endsMs[k] : ""];
    const values = [readings / all, spikes, (1000 * spikes) / readings, ampaMv / readings];
    console.log([name, count, ...times, ...values.map((x) => +x.toPrecision(4))].join(","));
  }
}
