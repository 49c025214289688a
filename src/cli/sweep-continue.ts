import type { Command } from "commander";
import type { Study } from "../node/study/study.ts";
import { shellLine } from "../sweep/shell-words.ts";
import { exitCodes } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";
import { wholeNumber } from "./option-values.ts";
import { countText } from "./quantities.ts";
import { writeNote } from "./terminal.ts";

const MOST_ROUNDS = 1_000_000;

export function addSweepContinue(sweep: Command): void {
  sweep
    .command("continue")
    .summary("see to it that a study on a cluster goes on")
    .description(
      "Submits again what of a study is missing, with the options of its first submission, or collects " +
        "the results when nothing is. The last job of each submission does this; it does no harm " +
        "at any other time. Gives up when three rounds have brought nothing.",
    )
    .argument("<dir>", "directory of the study")
    .option(
      "--round <n>",
      "the round that has ended (default: the newest)",
      wholeNumber(1, MOST_ROUNDS),
    )
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep continue sweeps/stdp-step", "after the cluster lost its jobs"],
      ]),
    )
    .action(continueSweep);
}

export function addSweepCancel(sweep: Command): void {
  sweep
    .command("cancel")
    .summary("end the jobs of a study on a cluster")
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

async function continueSweep(
  directory: string,
  { round }: { readonly round?: number },
): Promise<void> {
  const { continueStudy } = await import("../node/study/study-continuation.ts");
  const { roundText } = await import("./sweep-submit.ts");
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
  const { collectStudy } = await import("../node/study/study-collection.ts");
  const { collectionText, reportDamaged } = await import("./sweep-collect.ts");
  const collection = await collectStudy(study, { format: "svg", figures: true });
  process.stdout.write(collectionText(collection));
  reportDamaged(collection.damaged);
}

async function cancelSweep(directory: string): Promise<void> {
  const { cancelStudy } = await import("../node/study/study-continuation.ts");
  const ended = await cancelStudy(directory, { onNote: writeNote });
  const text =
    ended.length > 0 ? `Ended: ${ended.join(", ")}` : "No job of it was waiting or at work";
  process.stdout.write(`${text}. What is done is kept.\n`);
}
