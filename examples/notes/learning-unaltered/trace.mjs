// Two tables of the gains of E→E synapses in the runs of studies that differ in their training input
// or in scaling, at every time at which gains were recorded:
//
//   signal.csv    volleys against a control: the same inputs at random times, or none
//   scaling.csv   with scaling against without
//
//   node trace.mjs STUDY…
//
// They are written to the results of the first study.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRun } from "isocortex/node";

const studies = process.argv.slice(2);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rows of a table of a study as objects. */
function table(study, path) {
  const [header, ...rows] = readFileSync(join(study, path), "utf8").trimEnd().split("\n");
  const names = header.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((text, k) => [names[k], text])));
}

/** Training input of a run. */
function signalOf({ manifest: { timeline, parameters } }) {
  if (!timeline.some(({ id }) => id === "training")) return "none";
  return parameters.trainingShuffled.value ? "shuffled" : "volleys";
}

const varied = Object.keys(table(studies[0], "plan-0001.csv")[0]).slice(6);
const others = varied.filter((name) => name !== "trainingShuffled" && name !== "scaling");

const runs = studies.flatMap((study) =>
  table(study, "results/runs.csv").map((row) => {
    const run = openRun(join(study, "runs", row.hash.slice(0, 2), row.hash));
    return { ...row, run, signal: signalOf(run) };
  }),
);

/** Gains of all E→E synapses of a run at its times, and which of them are within E4. */
function gainsOf({ run }) {
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

/** The run that differs from a run in these settings alone. */
const partnerOf = (run, settings) =>
  runs.find((one) =>
    ["seed", "signal", "scaling", ...others].every(
      (key) => one[key] === (settings[key] ?? run[key]),
    ),
  );

/** Rows on two runs, one at each time of which both have gains. */
function pairs(run, partner, settings, measure) {
  if (!partner) return [];
  const [a, b] = [run, partner].map(gainsOf);
  const onsets = [run, partner].map((one) => Number(one.hyperactivityOnsetS || "Infinity"));
  return [...a.at].flatMap(([timeS, gains]) => {
    const other = b.at.get(timeS);
    if (!other || gains.every((gain) => gain === 1)) return [];
    return {
      seed: run.seed,
      ...Object.fromEntries(others.map((key) => [key, run[key]])),
      ...settings,
      ...measure(gains, other, a, timeS),
      time_s: timeS,
      is_before_onset: timeS < Math.min(...onsets),
      ...likeness(gains, other),
    };
  });
}

const signal = runs
  .filter((run) => run.signal === "volleys")
  .flatMap((run) =>
    ["shuffled", "none"].flatMap((control) => {
      const settings = { scaling: run.scaling, control };
      const partner = partnerOf(run, { signal: control });
      return pairs(run, partner, settings, (gains, other, volleys, timeS) => {
        const { forward, backward, rest } = volleys;
        const of = (places, all) => mean(places.map((place) => all[place]));
        return {
          growth_volleys: mean(gains) - 1,
          growth_control: mean(other) - 1,
          // How much more gains within E4 grow than others, and in the order of the volley than against it.
          within_e4_volleys: of([...forward, ...backward], gains) - of(rest, gains),
          within_e4_control: of([...forward, ...backward], other) - of(rest, other),
          order_volleys: of(forward, gains) - of(backward, gains),
          order_control: of(forward, other) - of(backward, other),
          scale_of_e4: volleys.scaleOfE4(timeS),
        };
      });
    }),
  );

const scaling = runs
  .filter((run) => run.scaling === "false")
  .flatMap((run) =>
    pairs(run, partnerOf(run, { scaling: "true" }), { signal: run.signal }, (gains, other) => ({
      growth_without: mean(gains) - 1,
      growth_with: mean(other) - 1,
    })),
  );

for (const [name, rows] of Object.entries({ signal, scaling })) {
  const header = Object.keys(rows[0] ?? {});
  const text = [header, ...rows.map((row) => header.map((key) => row[key]))]
    .map((row) =>
      row.map((one) => (typeof one === "number" ? Number(one.toPrecision(6)) : one)).join(","),
    )
    .join("\n");
  writeFileSync(join(studies[0], "results", `${name}.csv`), `${text}\n`);
}
