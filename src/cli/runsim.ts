import { basename, join } from "node:path";
import type { Command } from "commander";
import { resolveParameters } from "../model/derived-defaults.ts";
import { parseOriginalOverrides } from "../model/overrides.ts";
import { addCheckpointInterval, type ScheduleOptions, scheduleOf } from "./checkpoint-options.ts";
import { helpExamples } from "./help-examples.ts";
import { checkOutput } from "./output-directory.ts";
import { carryOut, type EndFigure, type RecordingOptions } from "./recording.ts";

interface RunsimOptions extends RecordingOptions, ScheduleOptions {
  readonly plots: boolean;
  readonly overwrite?: boolean;
}

/** What the original's script draws at the end of each run. */
const defaultFigures: readonly EndFigure[] = [
  { kind: "activity", selection: "excitatory" },
  { kind: "scale", selection: "excitatory" },
  { kind: "raster" },
  { kind: "power" },
];

export function addRunsim(program: Command): void {
  const command = program
    .command("runsim")
    .summary("run as the original's script does, with any of its overrides")
    .description(
      "Runs the model as the original's runsim.sh does: its default experiment (cell deletion " +
        "with scaling), changed by overrides in its notation, and then its default plots.",
    )
    .argument("[dir]", "directory of the run (default: data/YYYY-MM-DD_HH-MM-SS)")
    .argument("[overrides...]", '"{name=value name=value}", with our names or the original\'s')
    .option("--no-plots", "draw nothing at the end")
    .option("--overwrite", "replace a run that is in DIR already");
  addCheckpointInterval(command)
    .option("--quiet", "show no progress")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      helpExamples([
        [
          'isocortex runsim data/fig5 "{stdpsim=1 scaling=1}"',
          "training with scaling, as in figure 5",
        ],
        [
          'isocortex runsim "{deletionstep=3 PreDur=160000 LearnDur=0 PostDur=0}"',
          "deletion alone, in a folder named after the time",
        ],
      ]),
    )
    .action(runsim);
}

async function runsim(
  first: string | undefined,
  others: readonly string[],
  options: RunsimOptions,
): Promise<void> {
  const hasDirectory = first !== undefined && !/[={]/.test(first);
  const directory = hasDirectory ? first : join("data", timeStamp(new Date()));
  const overrides = (hasDirectory ? others : [first ?? "", ...others]).join(" ").trim();
  const parameters = resolveParameters(parseOriginalOverrides(overrides));
  const overwrite = options.overwrite ?? false;
  checkOutput(directory, overwrite, "another directory");
  const request = {
    directory,
    overwrite,
    preset: null,
    label: basename(directory),
    parameters,
    ...scheduleOf(options),
  };
  await carryOut(request, options.plots ? defaultFigures : [], options);
}

/** Local time as the original names its folders: 2013-04-01_09-30-00. */
export function timeStamp(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day}_${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join("-")}`;
}
