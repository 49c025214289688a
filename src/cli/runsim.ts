import { mkdirSync, rmdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import { type Model, models } from "../model/parameter-definition.ts";
import { makeFolders } from "../store/folder-creation.ts";
import {
  addCheckpointInterval,
  addThreads,
  type ScheduleOptions,
  scheduleOf,
} from "./arguments/checkpoint-options.ts";
import { collect } from "./arguments/option-values.ts";
import { addSignalOptions, type SignalOptions, signalOf } from "./arguments/signal-file.ts";
import { UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";
import type { EndFigure, RecordingOptions } from "./recording.ts";

interface RunsimOptions extends RecordingOptions, ScheduleOptions, SignalOptions {
  readonly model: `${Model}`;
  readonly c?: readonly string[];
  readonly plots: boolean;
  readonly overwrite?: boolean;
}

/** Figures that the original's script draws at the end of each run. */
const defaultFigures: readonly EndFigure[] = [
  { kind: "activity", selection: "excitatory" },
  { kind: "scale", selection: "excitatory" },
  { kind: "raster" },
  { kind: "power" },
];

export function defineCommand(command: Command): void {
  command
    .description(
      "Runs the model like the original's runsim.sh: its default experiment (cell deletion with " +
        "scaling), changed by overrides in its notation, hoc, followed by its default plots. " +
        "Overrides without -c take precedence over those of -c.",
    )
    .argument(
      "[dir]",
      "directory of the run (default: data/YYYY-MM-DD_HH-MM-SS); write ./a=1 for a name that " +
        "looks like an override",
    )
    .argument(
      "[overrides...]",
      'name=value or "{name=value name=value}", with our names or the original\'s; values may be expressions',
    )
    .addOption(
      new Option("--model <year>", "model of the original's scripts")
        .choices(models.map(String))
        .default("2013"),
    )
    .option("-c <overrides>", "overrides in NEURON's form; repeatable", collect);
  addSignalOptions(command, "useinfosignal")
    .option("--no-plots", "no plots at the end")
    .option("--overwrite", "replace an existing run in DIR");
  addThreads(addCheckpointInterval(command))
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
          'isocortex runsim data/step "plastEEinc=0.005" -c {stdpsim=1} -c {scaling=0}',
          "as in the original's batch scripts",
        ],
        [
          'isocortex runsim --model 2014 data/fig6 "{prosfreq=10}"',
          "electrostimulation of the 2014 model, as in its figure 6",
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
  const { resolveParameters } = await import("../model/derived-defaults.ts");
  const { readOriginalCommand } = await import("../model/overrides.ts");
  const { checkOutput } = await import("./arguments/output-directory.ts");
  const { execute, writeNotes } = await import("./recording.ts");
  const othersFollow = others.length > 0 || !!options.c;
  const hasDirectory = first !== undefined && (await isDirectory(first, othersFollow));
  const given = hasDirectory || first === undefined ? others : [first, ...others];
  const { overrides, notes } = readOriginalCommand([...(options.c ?? []), ...given]);
  const parameters = resolveParameters({ model: options.model, ...overrides });
  const hasSignal = parameters.model === "2014" && parameters.informationSignal;
  if (options.signal !== undefined && !hasSignal) {
    throw new UsageError("--signal requires --model 2014 and useinfosignal=1.");
  }
  const { entriesFor } = await signalOf(options);
  const entries = entriesFor?.(parameters) ?? [];
  const overwrite = options.overwrite ?? false;
  const schedule = scheduleOf(options);
  if (hasDirectory) checkOutput(first, overwrite, "another directory");
  const directory = hasDirectory ? first : claimFolder("data", new Date());
  const request = {
    directory,
    overwrite,
    preset: null,
    label: basename(directory),
    parameters,
    entries,
    ...schedule,
  };
  writeNotes(notes);
  try {
    await execute(request, options.plots ? defaultFigures : [], options);
  } catch (error) {
    if (!hasDirectory) releaseFolder(directory);
    throw error;
  }
}

/**
 * True if the first argument is the run's directory, as in the original always, or an override
 * already: it may contain "=", but does not begin as hoc does that sets a parameter.
 */
async function isDirectory(first: string, othersFollow: boolean): Promise<boolean> {
  const { findParameter } = await import("../model/parameter-names.ts");
  const [, name] = /^\s*([A-Za-z_]\w*)\s*[-+*/]?=/.exec(first) ?? [];
  if (name !== undefined) return othersFollow && findParameter(name) === undefined;
  return !/^\s*(?:$|\{|\/[/*]|strdef\s)/.test(first);
}

/** Makes a folder named after the time, as the original does, with a number where there is one already. */
export function claimFolder(parent: string, time: Date): string {
  makeFolders(parent);
  for (let number = 1; ; number++) {
    const folder = join(parent, `${timeStamp(time)}${number === 1 ? "" : `-${number}`}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Removes a claimed folder if nothing has been written into it. */
function releaseFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds a run, or is gone.
  }
}

/** Local time as the original names its folders: 2013-04-01_09-30-00. */
export function timeStamp(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day}_${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join("-")}`;
}
