// Scale factors that have collapsed, and whether their cells keep their target rates: a row for each
// run and time, of the cells that live.
//
//   node collapse.mjs RUN… > collapse.csv
import { analysis } from "isocortex";
import { openRun } from "isocortex/node";

/** Scale factor below which it has collapsed. */
const COLLAPSED = 0.01;
const timesS = [40_000, 60_000, 80_000, 100_000, 120_000, 140_000, 160_000];

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function* rows(run) {
  const { populations, label } = run.manifest;
  const all = analysis.cellsOf(populations, ({ cellClass }) => cellClass === "E");
  const { sampleTimesMs } = run;
  for (const timeS of timesS) {
    const place = sampleTimesMs.findLastIndex((timeMs) => timeMs <= 1000 * timeS);
    const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = run.sample(place);
    const excitatory = all.filter((cell) => alive[cell]);
    const isCollapsed = (cell) => scaleFactor[cell] < COLLAPSED;
    const relativeRate = (cells) =>
      median(Array.from(cells, (cell) => sensedRateKhz[cell] / targetRateKhz[cell]));
    const collapsed = excitatory.filter(isCollapsed);
    const others = excitatory.filter((cell) => !isCollapsed(cell));
    yield {
      run: label,
      time_s: sampleTimesMs[place] / 1000,
      excitatory_cells: excitatory.length,
      collapsed: collapsed.length,
      relative_rate_collapsed: relativeRate(collapsed),
      relative_rate_others: relativeRate(others),
      median_factor_others: median(Array.from(others, (cell) => scaleFactor[cell])),
      largest_factor: Math.max(...Array.from(excitatory, (cell) => scaleFactor[cell])),
    };
  }
}

const all = process.argv.slice(2).flatMap((directory) => [...rows(openRun(directory))]);
const text = (value) =>
  typeof value === "number" ? (Number.isNaN(value) ? "" : String(+value.toPrecision(4))) : value;
console.log(Object.keys(all[0]).join(","));
for (const row of all) console.log(Object.values(row).map(text).join(","));
