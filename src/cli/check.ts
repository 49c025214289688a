import type { Command } from "commander";
import { columnsOf, palette } from "../terminal/streams.ts";
import { addEntryOption } from "./arguments/entry-option.ts";
import { helpExamples } from "./help-examples.ts";

export function defineCommand(command: Command): void {
  command
    .description(
      "Checks an experiment file and draws its timeline, or reports all errors with lines and keys.",
    )
    .argument("<file>", "an experiment file or a preset");
  addEntryOption(command)
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex check rescue.yaml", "draw its timeline"],
        ["isocortex check deletion-quick", "draw the timeline of a preset"],
      ]),
    )
    .action(check);
}

async function check(given: string, { add }: { readonly add?: readonly string[] }) {
  const { addedEntries, namedExperiment } = await import("./arguments/named-experiment.ts");
  const { timelineOf } = await import("../experiment/definition.ts");
  const { durationMs } = await import("../model/timeline.ts");
  const { timelineText } = await import("../terminal/timeline.ts");
  const { name, experiment } = await namedExperiment(given, { added: await addedEntries(add) });
  const { timeline } = timelineOf(experiment);
  const paint = palette(process.stdout);
  const title = [name, experiment.description].filter((text) => text !== "").join(": ");
  const width = Math.min(columnsOf(process.stdout), 100);
  const picture =
    timeline.length > 0
      ? timelineText(timeline, durationMs(experiment.parameters), width, paint)
      : "It has no interventions.\n";
  process.stdout.write(`${paint.bold(title)}\n\n${picture}`);
}
