// A table of the population bursts in the runs of a study, bursts.csv. A burst is a time in which the
// rate of the living excitatory cells, in bins of 100 ms, is above five times the baseline.
//
//   node bursts.mjs STUDY
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRun } from "isocortex/node";

const [study] = process.argv.slice(2);
const binMs = 100;
const limit = 5;

/** Rows of a table as objects. */
function table(path) {
  const [header, ...rows] = readFileSync(join(study, path), "utf8").trimEnd().split("\n");
  const names = header.split(",");
  return rows.map((row) =>
    Object.fromEntries(row.split(",").map((text, k) => [names[k], text.replaceAll('"', "")])),
  );
}

const plan = table("plan-0001.csv");
const varied = Object.keys(plan[0]).slice(6);

const openOwn = ({ kind, hash }) => openRun(join(study, `${kind}s`, hash.slice(0, 2), hash));

/** Records of a run and of the baseline from which it branched, the earlier first. */
function recordsOf(task) {
  const past = plan.find(({ task: index }) => index === task.baseline);
  return [...(past ? [openOwn(past)] : []), openOwn(task)];
}

/** Spikes of excitatory cells, and living excitatory cells, in each bin. */
function activityOf(task) {
  const records = recordsOf(task);
  const last = records.at(-1);
  const { populations, simulatedMs } = last.manifest;
  const excitatory = populations.filter(({ cellClass }) => cellClass === "E");
  const isExcitatory = (cell) =>
    excitatory.some(
      ({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount,
    );
  const bins = Math.ceil(simulatedMs / binMs);
  const spikes = new Float64Array(bins);
  for (const [k, record] of records.entries()) {
    const untilMs = records[k + 1] ? record.manifest.simulatedMs : Number.POSITIVE_INFINITY;
    for (const { timesMs, cells } of record.spikeBlocks()) {
      for (const [spike, timeMs] of timesMs.entries()) {
        if (timeMs < untilMs && isExcitatory(cells[spike])) spikes[Math.floor(timeMs / binMs)]++;
      }
    }
  }
  const all = excitatory.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const living = new Float64Array(bins).fill(all);
  const lost = new Float64Array(bins);
  for (const record of records) {
    const times = record.sampleTimesMs;
    for (const [index, timeMs] of times.entries()) {
      const { alive } = record.sample(index);
      const from = Math.floor(timeMs / binMs);
      living.fill(
        alive.reduce((sum, one, cell) => sum + (isExcitatory(cell) ? one : 0), 0),
        from,
      );
      lost.fill(alive.length - alive.reduce((sum, one) => sum + one, 0), from);
    }
  }
  return { spikes, living, lost, sample: last.sample(last.sampleTimesMs.length - 1), isExcitatory };
}

const rows = plan
  .filter(({ kind }) => kind === "run")
  .map((task) => {
    const { spikes, living, lost, sample, isExcitatory } = activityOf(task);
    const rate = (fromS, toS) => {
      const [from, to] = [(1000 * fromS) / binMs, (1000 * toS) / binMs];
      const cells = living.slice(from, to).reduce((sum, one) => sum + one, 0);
      return (1000 * spikes.slice(from, to).reduce((sum, one) => sum + one, 0)) / (cells * binMs);
    };
    const baselineHz = rate(0, 30);
    const isBurst = Array.from(spikes, (count, bin) => {
      return (1000 * count) / (living[bin] * binMs) > limit * baselineHz;
    });
    const first = isBurst.indexOf(true);
    const inBursts = spikes.filter((_, bin) => isBurst[bin]).reduce((sum, one) => sum + one, 0);
    const factors = sample.scaleFactor
      .filter((_, cell) => isExcitatory(cell) && sample.alive[cell])
      .sort();
    return {
      seed: task.seed,
      ...Object.fromEntries(varied.map((name) => [name, task[name]])),
      baseline_hz: baselineHz,
      // Half of the cells are lost at 235 s.
      half_lost_hz: rate(225, 245),
      final_hz: rate(280, 300),
      first_burst_s: first < 0 ? "" : (first * binMs) / 1000,
      lost_at_first_burst: first < 0 ? "" : lost[first],
      bursts: isBurst.filter((one, bin) => one && !isBurst[bin - 1]).length,
      part_of_spikes_in_bursts: inBursts / spikes.reduce((sum, one) => sum + one, 0),
      median_scale_factor: factors[Math.floor(factors.length / 2)],
      largest_scale_factor: factors.at(-1),
    };
  });

const header = Object.keys(rows[0]);
const cell = (value) => (typeof value === "number" ? Number(value.toPrecision(5)) : value);
const lines = rows.map((row) => header.map((name) => cell(row[name])).join(","));
writeFileSync(join(study, "results", "bursts.csv"), `${[header, ...lines].join("\n")}\n`);
