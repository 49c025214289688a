import { cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import { type CellSelection, CellSelectionError } from "../analysis/state/sampled-variable.ts";
import { FourierInformation } from "../analysis/transmission/fourier-information.ts";
import { type Trial, wholeTrials } from "../analysis/transmission/trials.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { InformationFigureData } from "../figures/information.ts";
import { type DrawnRun, populationsOf } from "./drawn-run.ts";

/** Trials of each kind from which there is an estimate. */
const LEAST_TRIALS = 2;

/**
 * Information of a run's cells about their input: from the trials before the first deletion or, if
 * those are too few, from all trials of the shown time; of the cells that live through them.
 *
 * @throws {FigureDataError} when there are too few trials
 */
export function informationRun(
  run: DrawnRun,
  shown: Interval,
  selection: CellSelection = "all",
): InformationFigureData {
  const trials = chosenTrials(run, shown);
  const [startMs, endMs] = [trials[0]!.startMs, trials.at(-1)!.endMs];
  const deathTimesMs = run.history.deathTimesMs();
  const cells = selectedCells(run, selection).filter((cell) => deathTimesMs[cell]! >= endMs);
  const own = new Set(cells);
  const groups = populationsOf(run)
    .map((population) => ({
      population,
      members: cellsOf([population]).filter((cell) => own.has(cell)),
    }))
    .filter(({ members }) => members.length > 0);
  const trains = [
    ...Array.from(cells, (cell) => Uint32Array.of(cell)),
    ...groups.map(({ members }) => members),
  ];
  const information = new FourierInformation(trains, trials);
  for (const spikes of run.history.spikeBlocks({ startMs, endMs })) information.add(spikes);
  return {
    result: information.result(),
    cells,
    populations: groups.map(({ population }) => population),
    startMs,
    endMs,
    trialMs: trials[0]!.endMs - trials[0]!.startMs,
    deletedCount: deathTimesMs.filter((timeMs) => timeMs >= startMs && timeMs < endMs).length,
  };
}

function chosenTrials({ history }: DrawnRun, shown: Interval): Trial[] {
  const events = history.events();
  const inside = wholeTrials(events, history.interval.endMs).filter(
    ({ startMs, endMs }) => startMs >= shown.startMs && endMs <= shown.endMs,
  );
  const firstDeletionMs =
    events.find(({ kind, timeMs }) => kind === "deletion" && timeMs > shown.startMs)?.timeMs ??
    Number.POSITIVE_INFINITY;
  const before = inside.filter(({ endMs }) => endMs <= firstDeletionMs);
  if (areEnough(before)) return before;
  if (areEnough(inside)) return inside;
  throw new FigureDataError(
    `There are ${inside.length} whole trials of external input from ${shown.startMs / 1000} to ${shown.endMs / 1000} s, and ` +
      "an estimate of information needs two with unique and two with repeated input. Deletion runs have trials; choose a longer stretch of time or set a shorter trialDurationMs.",
  );
}

const areEnough = (trials: readonly Trial[]): boolean =>
  (["unique", "repeat"] as const).every(
    (input) => trials.filter((trial) => trial.input === input).length >= LEAST_TRIALS,
  );

function selectedCells(run: DrawnRun, selection: CellSelection): Uint32Array {
  const all = cellsOf(populationsOf(run));
  if (selection === "excitatory") return cellsOf(populationsOf(run), isExcitatory);
  if (typeof selection === "string") return all;
  for (const cell of selection) {
    if (cell < all.length) continue;
    throw new CellSelectionError(
      `There is no cell ${cell}; cells are numbered 0 to ${all.length - 1}.`,
    );
  }
  return Uint32Array.from(selection).sort();
}
