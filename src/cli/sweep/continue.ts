import type { Command } from "commander";
import { shellLine } from "../../host/shell-words.ts";
import type { Study } from "../../study/folder.ts";
import { countText } from "../../terminal/quantities.ts";
import { writeNote } from "../../terminal/streams.ts";
import { wholeNumber } from "../arguments/option-values.ts";
import { exitCodes } from "../failure.ts";
import { helpExamples } from "../help-examples.ts";

const MOST_ROUNDS = 1_000_000;

export function defineCommand(command: Command): void {
  command
    .description(
      "Submits the missing runs of a study again, with the options of its first submission, or " +
        "collects the results if all are complete. The last job of each submission does this; it " +
        "is safe at any other time. Gives up after three rounds without progress.",
    )
    .argument("<dir>", "directory of the study")
    .option("--round <n>", "the completed round (default: the newest)", wholeNumber(1, MOST_ROUNDS))
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep continue sweeps/stdp-step", "after the cluster lost its jobs"],
      ]),
    )
    .action(continueSweep);
}

async function continueSweep(
  directory: string,
  { round }: { readonly round?: number },
): Promise<void> {
  const { continueStudy } = await import("../../executors/clusters/continuation.ts");
  const { roundText } = await import("./submit.ts");
  const result = await continueStudy(directory, round, { onNote: writeNote });
  switch (result.kind) {
    case "at work":
    case "submitted":
      process.stdout.write(roundText(directory, result.round, result.kind));
      return;
    case "complete":
      await collectAll(result.study);
      return;
    case "given up":
      await collectAll(result.study);
      process.stderr.write(
        `error: ${countText(result.missing.length)} runs are missing, and three rounds have brought nothing. ` +
          `See ${shellLine(["isocortex", "sweep", "status", directory])}; once that is mended, the sweep command goes on.\n`,
      );
      process.exitCode = exitCodes.failed;
  }
}

/** Gathers what is complete of a study, as `sweep collect` does by default. */
async function collectAll(study: Study): Promise<void> {
  const { collectStudy } = await import("../../study/collection.ts");
  const { collectionText, reportDamaged } = await import("./collect.ts");
  const collection = await collectStudy(study, { format: "svg", figures: true });
  process.stdout.write(collectionText(collection));
  reportDamaged(collection.damaged);
}
