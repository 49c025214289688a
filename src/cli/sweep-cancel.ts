import type { Command } from "commander";
import { writeNote } from "../terminal/streams.ts";
import { helpExamples } from "./help-examples.ts";

export function defineCommand(command: Command): void {
  command
    .description(
      "Ends all jobs of a study, waiting and at work. What they have done is kept: the same sweep " +
        "command as before goes on from there.",
    )
    .argument("<dir>", "directory of the study")
    .addHelpText(
      "after",
      helpExamples([["isocortex sweep cancel sweeps/stdp-step", "end its jobs"]]),
    )
    .action(cancelSweep);
}

async function cancelSweep(directory: string): Promise<void> {
  const { cancelStudy } = await import("../executors/clusters/continuation.ts");
  const ended = await cancelStudy(directory, { onNote: writeNote });
  const text =
    ended.length > 0 ? `Ended: ${ended.join(", ")}` : "No job of it was waiting or at work";
  process.stdout.write(`${text}. What is done is kept.\n`);
}
