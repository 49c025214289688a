import type { EstimatedStudy } from "../study/estimate.ts";
import type { WorkOutcome } from "../study/executor.ts";
import type { Plan, PlanTask } from "../study/planning/plan.ts";
import { bytesText, countText, durationWords, secondsText } from "./quantities.ts";
import { textTable } from "./text-table.ts";

/** Rows of a plan that are shown at most. */
const SHOWN_RUNS = 30;

/** A study's plan: its runs in a table, and what is left of them will take. */
export function planText(planned: EstimatedStudy, workers: number): string {
  const { study, pending, estimate, memoryBytes } = planned;
  const { header, tasks } = study.plan;
  const runs = tasks.filter(({ kind }) => kind === "run");
  const baselines = tasks.filter(({ kind }) => kind === "baseline");
  const rest = runs.length - SHOWN_RUNS;
  const shared = [...new Set(baselines.map(({ untilMs }) => untilMs!))].map(secondsText);
  const left = pending.runs.length;
  const lines = [
    `${header.name}: ${header.preset.name}, ${countText(runs.length)} runs`,
    ...(header.description ? [header.description.trim()] : []),
    "",
    planTable(study.plan, runs.slice(0, SHOWN_RUNS), new Set(pending.runs)),
    ...(rest > 0 ? [`… and ${countText(rest)} more`] : []),
    ...(baselines.length > 0
      ? [
          `${countText(baselines.length)} common ` +
            `${baselines.length === 1 ? "baseline" : "baselines"} (${shared.join(", ")}), each ` +
            "simulated once",
        ]
      : []),
    left === 0
      ? "All runs are complete."
      : `${countText(left)} remaining: about ${durationWords(wallMs(estimate, workers))} on ` +
        `${workers} ${workers === 1 ? "core" : "cores"}, ${bytesText(estimate.bytes)} in ` +
        `${study.directory}; up to ${bytesText(memoryBytes)} of memory each`,
    ...(left === 0 ? [] : ["(without hyperactivity, which takes 15 to 30 times as long)"]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Not less than the longest task, nor than all work shared out evenly. */
const wallMs = ({ totalMs, longestMs }: EstimatedStudy["estimate"], workers: number): number =>
  Math.max(longestMs, totalMs / workers);

function planTable(
  { header, tasks }: Plan,
  runs: readonly PlanTask[],
  pending: ReadonlySet<PlanTask>,
): string {
  const columns = ["task", ...header.varied, "seed", "from", ""];
  return textTable(
    columns.map((heading) => ({ heading, align: heading === "" ? "left" : "right" })),
    runs.map((run) => [
      String(run.index),
      ...header.varied.map((name) => String(run.settings[name])),
      String(run.seed),
      run.baseline === null ? "0 s" : secondsText(tasks[run.baseline]!.untilMs!),
      pending.has(run) ? "" : "done",
    ]),
  ).trimEnd();
}

/** Text about the result of the work, and possible next steps. */
export function outcomeText(
  outcome: WorkOutcome,
  directories: readonly string[],
  files: readonly string[],
): string {
  const where = directories.join(", ");
  if (outcome.kind === "submitted") return `Submitted: ${outcome.jobs.join(", ")}\n`;
  const { kind, complete, failed } = outcome;
  const lost = failed > 0 ? `, ${countText(failed)} failed` : "";
  const again =
    kind === "interrupted"
      ? "Interrupted. All work is kept; repeat the command to continue.\n"
      : failed > 0
        ? "Repeat the command to run them again.\n"
        : "";
  const collected = files.map((file) => `  ${file}\n`).join("");
  return `${countText(complete)} tasks done${lost}, in ${where}\n${collected}${again}`;
}
