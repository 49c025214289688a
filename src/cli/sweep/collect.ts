import { type Command, Option } from "commander";
import { type MeasureName, measureNames } from "../../measures/quantities.ts";
import { type PictureFormat, pictureFormats } from "../../pictures/formats.ts";
import type { Collection } from "../../study/collection.ts";
import type { TaskFileError } from "../../study/task-records.ts";
import { countText } from "../../terminal/quantities.ts";
import { printJson } from "../../terminal/streams.ts";
import { wholeNumber } from "../arguments/option-values.ts";
import { exitCodes, UsageError } from "../failure.ts";
import { helpExamples } from "../help-examples.ts";

interface CollectOptions {
  readonly plan?: number;
  readonly measures?: readonly string[];
  readonly format?: PictureFormat;
  readonly figures: boolean;
  readonly json?: boolean;
}

const MOST_PLANS = 1_000_000;

export function defineCommand(command: Command): void {
  command
    .description(
      "Collects the complete runs of a study in one table, DIR/results/runs.csv and " +
        "runs.parquet, and plots the measures against each varied parameter, maps of the measures " +
        "for every two parameters, and the activity of the runs.",
    )
    .argument("<dir>", "directory of the study")
    .option("--plan <n>", "number of the plan (default: the newest)", wholeNumber(1, MOST_PLANS))
    .option("--measures <name,name…>", "measures to plot (default: as in the sweep file)", names)
    .addOption(
      new Option("--format <format>", "of pictures").choices(pictureFormats).default("svg"),
    )
    .option("--no-figures", "write only the table")
    .option("--json", "print the written files as JSON")
    .addHelpText("after", `\nMeasures: ${measureNames.join(", ")}`)
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep collect sweeps/stdp-step", "table and figures"],
        [
          "isocortex sweep collect sweeps/stdp-step --measures spectrumPeakHz,spikes --format pdf",
          "other measures, for print",
        ],
      ]),
    )
    .action(collect);
}

const names = (text: string): string[] => text.split(",").map((name) => name.trim());

async function collect(directory: string, options: CollectOptions): Promise<void> {
  const measures = options.measures?.map(measureOf);
  const { openStudy } = await import("../../study/folder.ts");
  const { collectStudy } = await import("../../study/collection.ts");
  const study = openStudy(directory, options.plan);
  const { format, figures } = options;
  const collection = await collectStudy(study, { measures, format, figures });
  if (options.json) printJson(collection);
  else process.stdout.write(collectionText(collection));
  reportDamaged(collection.damaged);
}

/** Names files that are not what was written; with any, the command ends with 1. */
export function reportDamaged(damaged: readonly TaskFileError[]): void {
  for (const { message } of damaged) process.stderr.write(`damaged: ${message}\n`);
  if (damaged.length > 0) process.exitCode = exitCodes.failed;
}

function measureOf(name: string): MeasureName {
  const found = measureNames.find((one) => one === name);
  if (found) return found;
  throw new UsageError(
    `Unknown measure "${name}". Expected measures from ${measureNames.join(", ")}.`,
  );
}

/** Text about the collected files and their place. */
export function collectionText(collection: Collection): string {
  const { complete, missing, damaged, outsideRange, notFinite, files } = collection;
  const rest =
    (missing > 0 ? `, ${countText(missing)} are not complete` : "") +
    (damaged.length > 0 ? `, ${countText(damaged.length)} are damaged` : "");
  const left =
    outsideRange > 0 || notFinite > 0
      ? `  scale factors left 0.01 to 100 in ${countText(outsideRange)} of them, and ${countText(notFinite)} turned infinite or not a number\n`
      : "";
  return `${countText(complete)} runs collected${rest}\n${left}${files.map((file) => `  ${file}\n`).join("")}`;
}
