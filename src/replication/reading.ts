import type { Figure } from "../drawing/figure.ts";
import { runEvidence } from "../measures/evidence.ts";
import { pairedGains } from "../measures/paired-gains.ts";
import { measuredReplicate } from "../measures/replicate-evidence.ts";
import { calmUntilMs, type Evidence, judge } from "../paper/claims.ts";
import { judge2014 } from "../paper/claims-2014.ts";
import type { PaperFigure, PaperFigure2013, PaperFigure2014 } from "../paper/figure.ts";
import type { Verdict } from "../paper/verdict.ts";
import { openDrawnRuns } from "../pictures/drawn-run.ts";
import { openHistory } from "../runs/history.ts";
import { drawPaperFigure, type PaperDrawingOptions, type PaperRuns } from "./drawing.ts";
import { drawReplicatedFigure } from "./drawing-2014.ts";
import type { PlannedRun } from "./runs.ts";

/** Verdicts on a figure's claims by its complete runs, and its picture. */
export interface PaperReading {
  readonly verdicts: readonly Verdict[];
  readonly draw: (caption: string, options: PaperDrawingOptions) => Figure;
}

/** Measures the complete runs of a figure. */
export const readPaperRuns = (figure: PaperFigure, runs: readonly PlannedRun[]): PaperReading =>
  figure.paper === "2013" ? readPair(figure, runs) : readReplicates(figure, runs);

function readPair(figure: PaperFigure2013, planned: readonly PlannedRun[]): PaperReading {
  const runs: PaperRuns = Object.fromEntries(
    planned.map(({ role, directory }) => {
      const [run] = openDrawnRuns([directory]);
      return [role, { run: run!, evidence: runEvidence(run!.history) }] as const;
    }),
  );
  const alone: Evidence = Object.fromEntries(
    Object.entries(runs).map(([role, run]) => [role, run.evidence]),
  );
  const { withoutScaling, withScaling } = runs;
  const evidence = {
    ...alone,
    learning:
      withoutScaling && withScaling
        ? pairedGains(withoutScaling.run.history, withScaling.run.history, calmUntilMs(alone))
        : null,
  };
  return {
    verdicts: figure.claims.map((id) => judge(id, evidence)),
    draw: (caption, options) => drawPaperFigure(figure, runs, caption, options),
  };
}

function readReplicates(figure: PaperFigure2014, planned: readonly PlannedRun[]): PaperReading {
  const places = Object.values(figure.segments ?? {});
  const runs = figure.conditions.map((condition) => ({
    condition,
    replicates: planned
      .filter(({ role }) => role === condition.role)
      .map(({ directory, seed }) => measuredReplicate(openHistory(directory), seed, places)),
  }));
  const evidence = new Map(
    runs.map(({ condition, replicates }) => [
      condition.role,
      replicates.map((one) => one.evidence),
    ]),
  );
  return {
    verdicts: figure.claims.map((id) => judge2014(id, evidence)),
    draw: (caption, options) => drawReplicatedFigure(figure, runs, caption, options),
  };
}
