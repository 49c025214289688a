import { basename } from "node:path";
import { type Command, Option } from "commander";
import { type Model, models } from "../model/parameter-definition.ts";
import { ProgressLine, percentText } from "../terminal/progress-line.ts";
import { palette, printJson } from "../terminal/streams.ts";
import { verificationText } from "../terminal/verification.ts";
import { durationMs } from "./arguments/option-values.ts";
import { exitCodes } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

export function defineCommand(command: Command): void {
  command
    .description(
      "Replays runs of the original models (ModelDB 147141 and 154096 under NEURON) and compares " +
        "every spike, plastic gain, sensor, membrane and death. Exit code 0 if all agree, " +
        "otherwise 1.",
    )
    .addOption(
      new Option("--model <year>", "included runs of this model")
        .choices(models.map(String))
        .default("2013"),
    )
    .option("--columns", "of the included runs of the 2013 model, those of several columns")
    .option(
      "--published",
      "published runs of hours, as digests of each 100 s; minutes each, unless --until ends them",
    )
    .option(
      "--until <s>",
      "of published runs, compare only the first so many simulated s",
      durationMs,
    )
    .option("--against <dir>", "a reference run, or a folder of them, instead of the included ones")
    .option("--json", "print all comparisons as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex verify", "replay the nine included runs of the 2013 model"],
        ["isocortex verify --columns", "replay the four of them with several columns"],
        ["isocortex verify --model 2014", "replay the nine of the 2014 model"],
        ["isocortex verify --published --until 400", "the first 400 s of the published runs"],
        ["isocortex verify --against neuron-runs", "replay your own runs of the original"],
      ]),
    )
    .action(verifyRuns);
}

interface VerifyOptions {
  readonly model: `${Model}`;
  readonly against?: string;
  readonly columns?: boolean;
  readonly published?: boolean;
  readonly until?: number;
  readonly json?: boolean;
}

async function verifyRuns(options: VerifyOptions): Promise<void> {
  const { verify } = await import("../simulation/verification.ts");
  const { verifyPublished } = await import("../simulation/published-verification.ts");
  const { isPublishedRun, readPublishedRun, readReferenceRun } = await import(
    "../runs/reference.ts"
  );
  const { includedReferences, referenceFolders } = await import("../runs/reference-folder.ts");
  const places = options.against ? [options.against] : includedReferences(options);
  const folders = places.flatMap(referenceFolders);
  const progress = new ProgressLine();
  const reports = folders.map((folder, index) => {
    const place = `run ${index + 1} of ${folders.length}`;
    const onProgress = (simulatedMs: number, endMs: number) => {
      progress.show([`${percentText(simulatedMs, endMs)}  ${basename(folder)}`, place]);
    };
    return isPublishedRun(folder)
      ? verifyPublished(readPublishedRun(folder), options.until, onProgress)
      : verify(readReferenceRun(folder), onProgress);
  });
  progress.clear();
  if (options.json) printJson(reports);
  else process.stdout.write(verificationText(reports, palette(process.stdout)));
  if (reports.some(({ passed }) => !passed)) process.exitCode = exitCodes.failed;
}
