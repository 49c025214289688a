import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { type Interval, overlap } from "../analysis/firing/interval.ts";
import type { CoherenceFigureData } from "../figures/coherence.ts";
import { SegmentedCoherence } from "../spectra/coherence.ts";
import { type DrawnRun, populationsOf } from "./drawn-run.ts";

/** Coherence of each of several runs or, of a single one, of each of its phases in the shown time. */
export function coherenceRuns(runs: readonly DrawnRun[], shown: Interval): CoherenceFigureData {
  const [run, ...others] = runs as [DrawnRun, ...DrawnRun[]];
  const known = overlap(shown, run.history.interval);
  const phases = others.length > 0 ? [] : run.history.phasesWithin(known);
  return {
    stretches:
      phases.length > 1
        ? phases.map(({ name, ...phase }) => ({ label: name, ...coherenceOf(run, phase) }))
        : runs.map((each) => ({ label: each.label, ...coherenceOf(each, shown) })),
  };
}

function coherenceOf(run: DrawnRun, shown: Interval) {
  const populations = populationsOf(run);
  const interval = overlap(shown, run.history.interval);
  const [E, I] = [isExcitatory, isInhibitory].map((passes) => cellsOf(populations, passes));
  const coherence = new SegmentedCoherence(E!, I!, interval);
  for (const spikes of run.history.lentSpikeBlocks(interval)) coherence.add(spikes);
  return coherence.result();
}
