import type { Command } from "commander";
import { ProgressLine, runProgress } from "../../terminal/progress-line.ts";
import { timeMs, wholeNumber } from "../arguments/option-values.ts";
import { exitCodes } from "../failure.ts";
import { helpExamples } from "../help-examples.ts";

interface TaskOptions {
  readonly plan?: number;
  readonly checkpointEvery?: number;
  readonly quiet?: boolean;
}

const MOST_TASKS = 10_000_000;

export function defineCommand(command: Command): void {
  command
    .description(
      "Runs one task of a study's plan, for schedulers and workflow managers. Exit code 0 only " +
        "if the task is complete, 130 if stopped by SIGINT, SIGTERM, SIGHUP, SIGUSR1 or SIGUSR2, " +
        "with a checkpoint. Can be repeated at any time, also while the same task runs elsewhere.",
    )
    .argument("<dir>", "directory of the study")
    .argument("<index>", "number of the task in the plan", wholeNumber(0, MOST_TASKS))
    .option("--plan <n>", "number of the plan (default: the newest)", wholeNumber(1, MOST_TASKS))
    .option(
      "--checkpoint-every <s>",
      "wall time between checkpoints, from which it can be continued, s (default: 30)",
      timeMs,
    )
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      helpExamples([["isocortex sweep task sweeps/stdp-step 7", "task 7 of plan-0001.csv"]]),
    )
    .action(runTask);
}

async function runTask(directory: string, index: number, options: TaskOptions): Promise<void> {
  const { heedScheduler } = await import("../../host/interruption.ts");
  const interruption = heedScheduler();
  const progress = new ProgressLine({ quiet: options.quiet });
  try {
    const { openStudy } = await import("../../study/folder.ts");
    const { executeTask } = await import("../../study/task.ts");
    const result = await executeTask(
      openStudy(directory, options.plan),
      index,
      {
        ...interruption,
        onReport: (report) => progress.show(runProgress(report)),
        onNote: (text) => progress.note(`note: ${text}`),
      },
      { checkpointIntervalMs: options.checkpointEvery },
    );
    if (result === "interrupted") process.exitCode = exitCodes.interrupted;
  } finally {
    interruption.release();
    progress.clear();
  }
}
