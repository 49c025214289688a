import type { Command } from "commander";
import type { Study } from "../../study/folder.ts";
import type { StateCounts, StudyStatus, TaskProgress, TaskStatus } from "../../study/status.ts";
import { percentText } from "../../terminal/progress-line.ts";
import { countText } from "../../terminal/quantities.ts";
import { type Palette, palette, printJson } from "../../terminal/streams.ts";
import { textTable } from "../../terminal/text-table.ts";
import { wholeNumber } from "../arguments/option-values.ts";
import { exitCodes } from "../failure.ts";
import { helpExamples } from "../help-examples.ts";

interface StatusOptions {
  readonly plan?: number;
  readonly json?: boolean;
}

const MOST_PLANS = 1_000_000;

/** Tasks of one kind that are listed at most. */
const SHOWN_TASKS = 20;

export function defineCommand(command: Command): void {
  command
    .description(
      "Shows the progress of a study: completed, running, waiting, failed and damaged runs, with " +
        "reasons; exit code 1 if any run is damaged. Reads the runs' directories and does not " +
        "query a scheduler, so it works wherever these are accessible.",
    )
    .argument("<dir>", "directory of the study")
    .option("--plan <n>", "number of the plan (default: the newest)", wholeNumber(1, MOST_PLANS))
    .option("--json", "print as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep status sweeps/stdp-step", "now"],
        ["watch isocortex sweep status sweeps/stdp-step", "continuously"],
      ]),
    )
    .action(showStatus);
}

async function showStatus(directory: string, { plan, json }: StatusOptions): Promise<void> {
  const { openStudy } = await import("../../study/folder.ts");
  const { studyStatus } = await import("../../study/status.ts");
  const study = openStudy(directory, plan);
  const status = studyStatus(study);
  if (json) printJson(statusJson(study, status));
  else process.stdout.write(statusText(study, status, palette(process.stdout)));
  if (status.runs.damaged + status.baselines.damaged > 0) process.exitCode = exitCodes.failed;
}

const statusJson = ({ directory, planNumber, plan }: Study, status: StudyStatus) => ({
  directory,
  plan: planNumber,
  name: plan.header.name,
  runs: status.runs,
  baselines: status.baselines,
  tasks: status.notable.map(({ task, state: { kind, ...details } }) => ({
    task: task.index,
    kind: task.kind,
    hash: task.hash,
    seed: task.seed,
    settings: task.settings,
    state: kind,
    ...details,
  })),
});

const total = (counts: StateCounts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

function statusText(study: Study, status: StudyStatus, paint: Palette): string {
  const { header } = study.plan;
  const { runs, baselines, notable } = status;
  const damaged = runs.damaged + baselines.damaged > 0;
  const pasts =
    total(baselines) > 0
      ? `, common baselines: ${countText(baselines.done)} of ${countText(total(baselines))} done`
      : "";
  const kinds = [
    "done",
    "running",
    "waiting",
    "failed",
    ...(damaged ? (["damaged"] as const) : []),
  ] as const;
  const lines = kinds.map((kind) => `  ${kind.padEnd(8)}${countText(runs[kind]).padStart(9)}\n`);
  const sections = [
    `${header.name}: ${countText(total(runs))} runs${pasts}\n${lines.join("")}`,
    ...(["running", "waiting", "failed", "damaged"] as const).map((kind) => {
      const own = notable.filter(({ state }) => state.kind === kind);
      return own.length > 0 ? section(study, kind, own, paint) : "";
    }),
  ];
  return sections.filter((text) => text !== "").join("\n");
}

const headings = {
  running: "at work",
  waiting: "begun and waiting",
  failed: "failed",
  damaged: "damaged (the same sweep command repeats them)",
} as const;

function section(
  study: Study,
  kind: keyof typeof headings,
  all: readonly TaskStatus[],
  paint: Palette,
): string {
  const { varied } = study.plan.header;
  const rest = all.length - SHOWN_TASKS;
  const columns = ["task", ...varied, "seed", ""];
  const table = textTable(
    columns.map((heading) => ({ heading, align: heading === "" ? "left" : "right" })),
    all.slice(0, SHOWN_TASKS).map(({ task, state }) => [
      String(task.index),
      // What a baseline has of the varied parameters is not yet of any effect.
      ...varied.map((name) => (task.kind === "run" ? String(task.settings[name]) : "–")),
      String(task.seed),
      detailOf(state),
    ]),
    paint.bold,
  );
  const more = rest > 0 ? `… and ${countText(rest)} more\n` : "";
  return `${headings[kind]}\n${table}${more}`;
}

function detailOf(state: TaskStatus["state"]): string {
  switch (state.kind) {
    case "running":
      return `${progressText(state.progress)}  process ${state.holder.pid} on ${state.holder.host}`;
    case "waiting":
      return state.progress ? progressText(state.progress) : "";
    case "failed":
      return state.failure.reason.split("\n")[0]!;
    case "damaged":
      return `${state.damage.file}: ${state.damage.reason.split("\n")[0]!}`;
    case "done":
      return "";
  }
}

const progressText = ({ startMs, simulatedMs, endMs }: TaskProgress): string =>
  percentText(simulatedMs - startMs, endMs - startMs);
