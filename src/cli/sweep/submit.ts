import { relative } from "node:path";
import { ClusterExecutor, type SubmissionPreview } from "../../executors/clusters/executor.ts";
import type { RoundRecord } from "../../executors/clusters/round-record.ts";
import { roundFolder } from "../../executors/clusters/rounds.ts";
import { schedulers } from "../../executors/clusters/submission.ts";
import { shellLine } from "../../host/shell-words.ts";
import { rangeTexts } from "../../numeric/ranges.ts";
import type { StudyWork } from "../../study/executor.ts";
import { countText } from "../../terminal/quantities.ts";
import { printJson, writeNote } from "../../terminal/streams.ts";
import type { JobCommandOptions } from "../arguments/job-options.ts";
import { jobOptionsOf } from "../arguments/requested-jobs.ts";

/** Checks that studies can be submitted, before anything is written. */
export async function checkSubmissions(
  executor: ClusterExecutor["name"],
  work: readonly StudyWork[],
  options: JobCommandOptions,
): Promise<void> {
  await new ClusterExecutor(executor, jobOptionsOf(options), { onNote: writeNote }).check(work);
}

/** Submits studies to a scheduler, and says what has become of each. */
export async function submitStudies(
  executor: ClusterExecutor["name"],
  work: readonly StudyWork[],
  options: JobCommandOptions & { readonly json?: boolean },
): Promise<void> {
  const rounds: object[] = [];
  const submitted = new ClusterExecutor(executor, jobOptionsOf(options), {
    onNote: writeNote,
    onRound: (directory, round, state) => {
      rounds.push({ directory, state, ...round });
      if (!options.json) process.stdout.write(roundText(directory, round, state));
    },
  });
  await submitted.execute(work);
  if (options.json) printJson(rounds);
}

/** Prints exactly what would be submitted. */
export async function showSubmissions(
  executor: ClusterExecutor["name"],
  work: readonly StudyWork[],
  options: JobCommandOptions,
): Promise<void> {
  const previewing = new ClusterExecutor(executor, jobOptionsOf(options), { onNote: writeNote });
  for (const one of work) {
    if (one.runs.length === 0) continue;
    process.stdout.write(previewText(await previewing.preview(one)));
  }
}

/** Text about submitted jobs, and possible next steps. */
export function roundText(
  directory: string,
  round: RoundRecord,
  state: "submitted" | "at work",
): string {
  const { title } = schedulers[round.scheduler];
  const arrays = round.jobs.slice(0, -1).map(({ id }) => id);
  const following = round.jobs.at(-1)!.id;
  const work = `${countText(round.rows)} ${round.rows === 1 ? "run" : "runs"}`;
  const where = shortPath(directory);
  const folder = shortPath(roundFolder(directory, round.round));
  const quoted = shellLine([where]);
  return [
    state === "submitted"
      ? `${where}: ${work} submitted to ${title}, round ${round.round}`
      : `${where}: round ${round.round}, of ${work}, is still running on ${title}; nothing was ` +
        "submitted",
    `  arrays    ${arrays.join(", ")}`,
    `  then      ${following}, which submits missing runs again or collects the results`,
    `  scripts   ${folder}`,
    `  status    isocortex sweep status ${quoted}`,
    `  to stop   isocortex sweep cancel ${quoted}`,
    "",
  ].join("\n");
}

/** A path from here, unless it leads out of here. */
function shortPath(path: string): string {
  const short = relative("", path) || ".";
  return short.startsWith("..") ? path : short;
}

function previewText({ folder, scripts }: SubmissionPreview): string {
  const texts = scripts.map(({ script, command }) => {
    const rows = script.rows
      ? [
          `# ${script.rows.file}: rows ${rangeTexts(script.rows.indices).join(", ")} of the plan, one per line`,
        ]
      : [];
    return [`# ${script.file}`, ...rows, `# ${shellLine(command)}`, "", script.text].join("\n");
  });
  return `\nTo be submitted in ${shellLine([folder])}:\n\n${texts.join("\n")}`;
}
