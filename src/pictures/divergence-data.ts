import { spikeDivergence } from "../analysis/firing/divergence.ts";
import { type Interval, IntervalError, overlap } from "../analysis/firing/interval.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { StepCourse } from "../figures/step-courses.ts";
import { type DrawnRun, identityOf } from "./drawn-run.ts";
import type { FigureRequest } from "./request.ts";

/** Width of the windows in which a cell's spikes are counted, ms. */
const WINDOW_MS = 5;

/** Bins of a page's width. */
const MOST_BINS = 400;

/** The run that others are held against, which comes last. */
export function divergingRuns(
  runs: readonly DrawnRun[],
  { againstLast }: FigureRequest,
): { readonly runs: readonly DrawnRun[]; readonly other: DrawnRun } {
  const other = runs.at(-1);
  if (againstLast && other && runs.length > 1) return { runs: runs.slice(0, -1), other };
  throw new FigureDataError(
    "A divergence is that from another run, such as the parent of a branch: name it with --against.",
  );
}

/** Divergence of a run's spike trains from those of another, over the time that both have. */
export function divergenceRun(run: DrawnRun, other: DrawnRun, shown: Interval): StepCourse {
  const [cells, others] = [run, other].map((one) => one.history.record.manifest.network.cellCount);
  if (cells !== others) {
    throw new FigureDataError(
      `${run.label} has ${cells} cells and ${other.label} ${others}: expected runs of one network.`,
    );
  }
  const interval = overlap(shown, overlap(run.history.interval, other.history.interval));
  const { startMs, endMs } = interval;
  if (startMs >= endMs) {
    throw new IntervalError(`${run.label} and ${other.label} have no time in common there.`);
  }
  const binMs = WINDOW_MS * Math.max(1, Math.ceil((endMs - startMs) / MOST_BINS / WINDOW_MS));
  const { edgesMs, divergence } = spikeDivergence(
    run.history.spikeBlocks(interval),
    other.history.spikeBlocks(interval),
    { ...interval, binMs, windowMs: WINDOW_MS },
  );
  // Each bin's value holds to its end.
  const values = Float64Array.from(edgesMs, (_, k) => divergence[k] ?? divergence.at(-1)!);
  return { ...identityOf(run, shown), timesMs: edgesMs, values: { all: values } };
}
