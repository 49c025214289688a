import type { TimeAxis } from "./time-axis.ts";

/** One of the runs that a figure shows. */
export interface ShownRun {
  readonly label?: string;
  readonly branchMs?: number;
}

/** Says which runs are compared; nothing for a single one. */
export const comparisonSentence = (runs: readonly ShownRun[]): string =>
  runs.length === 1 ? "" : ` Compared: ${runs.map(({ label }) => label ?? "").join(", ")}.`;

/** Says what is grey; nothing where no run shows its past. */
export function pastSentence(time: TimeAxis, runs: readonly ShownRun[]): string {
  const branched = runs.filter(({ branchMs }) => branchMs !== undefined);
  if (branched.length === 0) return "";
  const texts = branched.map(({ label, branchMs }) => {
    const whose = runs.length > 1 ? ` of ${label ?? ""}` : "";
    return `the past${whose}, before it branched off at ${time.moment(branchMs!)}`;
  });
  return ` Grey: ${texts.join("; ")}.`;
}
