// Two tables of the gains of E→E synapses in the runs of a study that varies trainingShuffled and
// scaling, at every time at which gains were recorded:
//
//   signal.csv    volleys against the same inputs at random times
//   scaling.csv   with scaling against without
//
//   node trace.mjs STUDY
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRun } from "isocortex/node";

const [study] = process.argv.slice(2);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rows of a table as objects. */
function table(path) {
  const [header, ...rows] = readFileSync(join(study, path), "utf8").trimEnd().split("\n");
  const names = header.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((text, k) => [names[k], text])));
}

const varied = Object.keys(table("plan-0001.csv")[0]).slice(6);
const others = varied.filter((name) => name !== "trainingShuffled" && name !== "scaling");

/** Gains of all E→E synapses of a run at its times, and which of them are within E4. */
function gainsOf({ hash }) {
  const run = openRun(join(study, "runs", hash.slice(0, 2), hash));
  const { presynaptic, postsynaptic } = run.synapses();
  const { populations } = run.manifest;
  const populationOf = (cell) =>
    populations.find(
      ({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount,
    ).name;
  const excitatory = [...presynaptic.keys()].filter(
    (k) => populationOf(presynaptic[k])[0] === "E" && populationOf(postsynaptic[k])[0] === "E",
  );
  const isWithinE4 = (k) =>
    populationOf(presynaptic[k]) === "E4" && populationOf(postsynaptic[k]) === "E4";
  const places = (choose) => excitatory.flatMap((k, place) => (choose(k) ? [place] : []));
  const { firstCell, cellCount } = populations.find(({ name }) => name === "E4");
  return {
    /** Median scale factor of E4 cells in the last sample until a time. */
    scaleOfE4(timeS) {
      const index = run.sampleTimesMs.findLastIndex((timeMs) => timeMs <= 1000 * timeS);
      const factors = run.sample(index).scaleFactor.slice(firstCell, firstCell + cellCount);
      return factors.sort()[cellCount / 2];
    },
    // Volleys sweep across E4 in the order of its cells.
    forward: places((k) => isWithinE4(k) && presynaptic[k] < postsynaptic[k]),
    backward: places((k) => isWithinE4(k) && presynaptic[k] > postsynaptic[k]),
    rest: places((k) => !isWithinE4(k)),
    at: new Map(
      [...run.gainTimesMs].map((timeMs, index) => {
        const gains = run.gains(index);
        return [timeMs / 1000, excitatory.map((k) => gains[k])];
      }),
    ),
  };
}

/** Pearson's correlation, and the slope of y on x through the gain of 1 at the start. */
function likeness(x, y) {
  const [meanX, meanY] = [mean(x), mean(y)];
  const xx = mean(x.map((one) => (one - meanX) ** 2));
  const yy = mean(y.map((one) => (one - meanY) ** 2));
  const xy = mean(x.map((one, k) => (one - meanX) * (y[k] - meanY)));
  const slope =
    mean(x.map((one, k) => (one - 1) * (y[k] - 1))) / mean(x.map((one) => (one - 1) ** 2));
  return { correlation: xy / Math.sqrt(xx * yy), slope };
}

const runs = table("results/runs.csv");
const [signal, scaling] = [[], []];

/** A run's partner that differs from it in one setting alone. */
const partnerOf = (run, name) =>
  runs.find((one) =>
    ["seed", ...varied].every((key) => (one[key] === run[key]) === (key !== name)),
  );

function addPairs(rows, name, run, measure) {
  const partner = partnerOf(run, name);
  if (run[name] !== "false" || !partner) return;
  const [a, b] = [run, partner].map(gainsOf);
  const onsets = [run, partner].map((one) => Number(one.hyperactivityOnsetS || "Infinity"));
  for (const [timeS, gains] of a.at) {
    const other = b.at.get(timeS);
    if (!other || gains.every((gain) => gain === 1)) continue;
    rows.push({
      seed: run.seed,
      ...Object.fromEntries(others.map((key) => [key, run[key]])),
      ...measure(run, a, gains, other, timeS),
      time_s: timeS,
      is_before_onset: timeS < Math.min(...onsets),
      ...likeness(gains, other),
    });
  }
}

for (const run of runs) {
  addPairs(signal, "trainingShuffled", run, ({ scaling }, volleys, gains, other, timeS) => {
    const { forward, backward, rest } = volleys;
    const of = (places, all) => mean(places.map((place) => all[place]));
    return {
      scaling,
      growth_volleys: mean(gains) - 1,
      growth_shuffled: mean(other) - 1,
      // How much more gains within E4 grow than others, and in the order of the volley than against it.
      within_e4_volleys: of([...forward, ...backward], gains) - of(rest, gains),
      within_e4_shuffled: of([...forward, ...backward], other) - of(rest, other),
      order_volleys: of(forward, gains) - of(backward, gains),
      order_shuffled: of(forward, other) - of(backward, other),
      scale_of_e4: volleys.scaleOfE4(timeS),
    };
  });
  addPairs(scaling, "scaling", run, ({ trainingShuffled }, _, gains, other) => ({
    trainingShuffled,
    growth_without: mean(gains) - 1,
    growth_with: mean(other) - 1,
  }));
}

for (const [name, rows] of Object.entries({ signal, scaling })) {
  const header = Object.keys(rows[0] ?? {});
  const text = [header, ...rows.map((row) => header.map((key) => row[key]))]
    .map((row) =>
      row.map((one) => (typeof one === "number" ? Number(one.toPrecision(6)) : one)).join(","),
    )
    .join("\n");
  writeFileSync(join(study, "results", `${name}.csv`), `${text}\n`);
}
