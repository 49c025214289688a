import { type Command, Option } from "commander";
import { helpExamples } from "./help-examples.ts";

interface ShowOptions {
  readonly format: "yaml" | "json";
}

export function defineCommand(command: Command): void {
  command
    .description(
      "Prints an experiment as a file with its complete timeline, as a template for your own. " +
        "isocortex run of the file gives the same spikes; of a branch, it gives a run that was so " +
        "from the beginning.",
    )
    .argument("<preset|file|dir>", "an experiment, a file, or the directory of a run")
    .addOption(
      new Option("--format <name>", "format of the file").choices(["yaml", "json"]).default("yaml"),
    )
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex show deletion-quick > mine.yaml", "a preset as a template"],
        ["isocortex show runs/baseline --format json", "the experiment of a recorded run"],
      ]),
    )
    .action(show);
}

async function show(given: string, { format }: ShowOptions): Promise<void> {
  const { experimentContents, experimentText } = await import("../experiment/text.ts");
  const { holdsRun } = await import("../runs/directory.ts");
  const { leadsToFolder } = await import("../store/file-entry.ts");
  const { namedExperiment, recordedExperiment } = await import("./arguments/named-experiment.ts");
  const isRun = leadsToFolder(given) && holdsRun(given);
  const { experiment } = isRun
    ? { experiment: recordedExperiment(given) }
    : await namedExperiment(given);
  const text =
    format === "json"
      ? `${JSON.stringify(experimentContents(experiment), null, 2)}\n`
      : experimentText(experiment);
  process.stdout.write(text);
}
