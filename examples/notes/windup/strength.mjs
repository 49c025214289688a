// A table of what is left of the balance in the runs of a study at their end, strength.csv.
//
//   node strength.mjs STUDY
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { analysis } from "isocortex";
import { openRun } from "isocortex/node";

const [study] = process.argv.slice(2);
/** Rate of E cells in a second of an episode, Hz. */
const episodeHz = 6;
/** Weights beyond this overshoot the reversal potential of inhibition, mV. */
const overshootMv = 30;

/** Rows of a table as objects. */
function table(path) {
  const [header, ...rows] = readFileSync(join(study, path), "utf8").trimEnd().split("\n");
  const names = header.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((text, k) => [names[k], text])));
}

const varied = Object.keys(table("plan-0001.csv")[0]).slice(6);

const rows = table("results/runs.csv").map((row) => {
  const run = openRun(join(study, "runs", row.hash.slice(0, 2), row.hash));
  const { presynaptic, postsynaptic, fastWeightMv } = run.synapses();
  const { populations, simulatedMs, network } = run.manifest;
  const isE = Array(network.cellCount).fill(false);
  for (const cell of analysis.cellsOf(populations, ({ cellClass }) => cellClass === "E")) {
    isE[cell] = true;
  }
  const gains = run.gains(run.gainTimesMs.length - 1);
  const { scaleFactor } = run.sample(run.sampleTimesMs.length - 1);
  let [first, last, inhibitory, overshooting] = [0, 0, 0, 0];
  for (const [k, cell] of postsynaptic.entries()) {
    if (!isE[cell]) continue;
    if (isE[presynaptic[k]]) {
      first += fastWeightMv[k];
      last += fastWeightMv[k] * gains[k] * scaleFactor[cell];
    } else {
      inhibitory++;
      if (fastWeightMv[k] / scaleFactor[cell] > overshootMv) overshooting++;
    }
  }
  const spikes = new Float64Array(Math.ceil(simulatedMs / 1000));
  for (const { timesMs, cells } of run.spikeBlocks()) {
    for (const [k, timeMs] of timesMs.entries()) {
      if (isE[cells[k]]) spikes[Math.floor(timeMs / 1000)]++;
    }
  }
  const excitatory = isE.filter((one) => one).length;
  const rates = Array.from(spikes, (count) => count / excitatory);
  const episode = rates.filter((rate) => rate > episodeHz);
  const factors = scaleFactor.filter((_, cell) => isE[cell]).sort();
  return {
    seed: row.seed,
    ...Object.fromEntries(varied.map((name) => [name, row[name]])),
    onset_s: row.hyperactivityOnsetS,
    episode_s: episode.length,
    episode_hz: episode.reduce((sum, rate) => sum + rate, 0) / (episode.length || 1),
    // 60 s before the end to 40 s before it.
    later_hz: rates.slice(-60, -40).reduce((sum, rate) => sum + rate, 0) / 20,
    mean_gain: row.meanGainEE,
    ee_strength: last / first,
    ie_overshooting: overshooting / inhibitory,
    median_scale_factor: factors[factors.length / 2],
    mean_scale_factor: factors.reduce((sum, one) => sum + one, 0) / factors.length,
  };
});

const header = Object.keys(rows[0]);
const cell = (value) => Number(Number(value).toPrecision(5));
const lines = rows.map((row) =>
  header
    .map((name) =>
      row[name] === "" ? "" : Number.isNaN(cell(row[name])) ? row[name] : cell(row[name]),
    )
    .join(","),
);
writeFileSync(join(study, "results", "strength.csv"), `${[header, ...lines].join("\n")}\n`);
