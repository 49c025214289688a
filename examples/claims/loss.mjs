// A row of a table for each run of the 2014 model: when its cells die, what becomes of the others.
//
//   node loss.mjs RUN… > alzheimer.csv
//
// A branch is counted with its past.
import { join } from "node:path";
import { analysis } from "isocortex";
import { openRun } from "isocortex/node";

/** Times at which the dead are counted, s, and places in the order of deaths whose times are given. */
const countedAtS = [40_000, 60_000, 80_000, 120_000];
const places = [50, 100, 150, 200];
/** Coding errors of the original, and whether they are corrected. */
const rules = ["deathRule", "kickStartFailure", "stimulusScaling"];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean sensed rate (Hz), mean and median scale factor of the living E cells of a sample. */
function living(run, isE, place) {
  const { alive, sensedRateKhz, scaleFactor } = run.sample(place);
  const of = (values) => Array.from(values).filter((_, cell) => alive[cell] === 1 && isE[cell]);
  const factors = of(scaleFactor).sort((a, b) => a - b);
  return {
    activityHz: 1000 * mean(of(sensedRateKhz)),
    meanFactor: mean(factors),
    medianFactor: (factors[(factors.length - 1) >> 1] + factors[factors.length >> 1]) / 2,
    cells: factors.length,
  };
}

/** A run, and before it those that it is a branch of, the first first. */
function withPast(directory) {
  const run = openRun(directory);
  const { ancestry } = run.manifest;
  return ancestry ? [...withPast(join(directory, ancestry.directory)), run] : [run];
}

function row(directory) {
  const runs = withPast(directory);
  const run = runs.at(-1);
  const { parameters, populations, network, simulatedMs, seeds } = run.manifest;
  const isE = Array(network.cellCount).fill(false);
  for (const cell of analysis.cellsOf(populations, ({ cellClass }) => cellClass === "E")) {
    isE[cell] = true;
  }
  const deletions = runs.flatMap((one, k) => {
    const endMs = runs[k + 1]?.manifest.ancestry.timeMs ?? Infinity;
    return one.events().filter(({ kind, timeMs }) => kind === "deletion" && timeMs < endMs);
  });
  const deaths = deletions.flatMap(({ timeMs, cells }) =>
    cells.map((cell) => ({ timeS: timeMs / 1000, cell })),
  );
  const { sampleTimesMs } = runs[0];
  const before = sampleTimesMs.findLastIndex((timeMs) => timeMs < 1000 * deaths[0].timeS);
  const start = living(runs[0], isE, before);
  const end = living(run, isE, run.sampleTimesMs.length - 1);
  return {
    seed: seeds.wiringSeed,
    scaling: parameters.scaling.value,
    stimulation_mv: parameters.stimulation.value ? parameters.stimulationWeightMv.value : 0,
    ...Object.fromEntries(rules.map((rule) => [rule, parameters[rule].value])),
    simulated_s: simulatedMs / 1000,
    activity_before_hz: start.activityHz,
    activity_end_hz: end.activityHz,
    mean_scale_factor: end.meanFactor,
    median_scale_factor: end.medianFactor,
    living_e: end.cells,
    dead_e: deaths.filter(({ cell }) => isE[cell]).length,
    dead_i: deaths.filter(({ cell }) => !isE[cell]).length,
    dead_by_own_activity: deletions.filter(({ probability }) => probability !== undefined).length,
    ...Object.fromEntries(
      countedAtS.map((atS) => [
        `dead_at_${atS}_s`,
        1000 * atS <= simulatedMs ? deaths.filter(({ timeS }) => timeS <= atS).length : "",
      ]),
    ),
    ...Object.fromEntries(
      places.map((place) => [`death_${place}_s`, deaths[place - 1]?.timeS ?? ""]),
    ),
  };
}

const rows = process.argv.slice(2).map(row);
const text = (value) => (typeof value === "number" ? Number(value.toPrecision(5)) : value);
console.log(Object.keys(rows[0]).join(","));
for (const one of rows) console.log(Object.values(one).map(text).join(","));
