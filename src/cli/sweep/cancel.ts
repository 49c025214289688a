import type { Command } from "commander";
import { writeNote } from "../../terminal/streams.ts";
import { helpExamples } from "../help-examples.ts";

export function defineCommand(command: Command): void {
  command
    .description(
      "Cancels all waiting and running jobs of a study. Completed work is kept; the same sweep " +
        "command continues from there.",
    )
    .argument("<dir>", "directory of the study")
    .addHelpText(
      "after",
      helpExamples([["isocortex sweep cancel sweeps/stdp-step", "cancel its jobs"]]),
    )
    .action(cancelSweep);
}

async function cancelSweep(directory: string): Promise<void> {
  const { cancelStudy } = await import("../../executors/clusters/continuation.ts");
  const ended = await cancelStudy(directory, { onNote: writeNote });
  const text =
    ended.length > 0
      ? `Cancelled: ${ended.join(", ")}`
      : "The study has no waiting or running jobs";
  process.stdout.write(`${text}. Completed work is kept.\n`);
}
