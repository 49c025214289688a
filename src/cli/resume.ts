import type { Command } from "commander";
import type { RunSummary } from "../runs/summary.ts";
import { countText, secondsText } from "../terminal/quantities.ts";
import { printJson, writeNote } from "../terminal/streams.ts";
import {
  addCheckpointInterval,
  addThreads,
  type ScheduleOptions,
} from "./arguments/checkpoint-options.ts";
import { helpExamples } from "./help-examples.ts";
import type { RecordingOptions } from "./recording.ts";

type ResumeOptions = RecordingOptions & Pick<ScheduleOptions, "checkpointEvery" | "threads">;

export function defineCommand(command: Command): void {
  command
    .description(
      "Continues a stopped, killed or crashed run from its last checkpoint. The record becomes " +
        "identical, bit for bit, to that of an uninterrupted run. Damaged files are reported and " +
        "restored by simulating again; a complete run is verified.",
    )
    .argument("<dir>", "directory of the run");
  addThreads(addCheckpointInterval(command))
    .option("--quiet", "show no progress")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      helpExamples([["isocortex resume runs/training", "continue after Ctrl-C or a crash"]]),
    )
    .action(resume);
}

async function resume(directory: string, options: ResumeOptions): Promise<void> {
  const { completeRun, resumeRun } = await import("../runs/resumed.ts");
  const complete = completeRun(directory, writeNote);
  if (complete) {
    if (options.json) printJson(complete);
    else process.stdout.write(`${completeText(complete)}\n`);
    return;
  }
  const { checkpointEvery: checkpointIntervalMs, threads = "auto" } = options;
  const pace = { checkpointIntervalMs, threads };
  const { showRecording } = await import("./recording.ts");
  await showRecording(
    { directory, label: directory, threads },
    (observer) => resumeRun(directory, pace, observer),
    [],
    options,
  );
}

const completeText = ({ directory, simulatedMs, spikes }: RunSummary): string =>
  `${directory} is complete and undamaged: ${secondsText(simulatedMs)}, ${countText(spikes)} ` +
  "spikes.";
