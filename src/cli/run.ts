import { join } from "node:path";
import { type Command, Option } from "commander";
import type { EngineName } from "../simulation/advance.ts";
import {
  addSchedule,
  checkTimes,
  potentialsOf,
  type ScheduleOptions,
  scheduleOf,
} from "./arguments/checkpoint-options.ts";
import { addEntryOption } from "./arguments/entry-option.ts";
import { collect, seed } from "./arguments/option-values.ts";
import { helpExamples } from "./help-examples.ts";
import type { EndFigure, RecordingOptions } from "./recording.ts";

interface RunOptions extends RecordingOptions, ScheduleOptions {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly seed?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly plot?: boolean;
  readonly engine: EngineName;
}

const engines: readonly EngineName[] = ["compiled", "reference"];

const figures: readonly EndFigure[] = [{ kind: "raster" }, { kind: "activity" }, { kind: "scale" }];

export function defineCommand(command: Command): void {
  command
    .description(
      "Simulates an experiment and records spikes, samples of all cells and plastic gains. " +
        "Ctrl-C stops it; isocortex resume continues it, also after a crash.",
    )
    .argument("<preset|file>", "an experiment (isocortex list experiments) or an experiment file")
    .option(
      "--set <name=value>",
      "change a parameter (isocortex's or the original's name); repeatable",
      collect,
    );
  addEntryOption(command)
    .option("--seed <n>", "seed of another network and input; 0: the published ones", seed)
    .option("--out <dir>", "directory of the run (default: runs/NAME, or runs/NAME-seedN)")
    .option("--overwrite", "replace an existing run");
  addSchedule(command)
    .addOption(
      new Option(
        "--engine <name>",
        "reference: the plain engine to which the compiled one is compared; the same bits, " +
          "several hundred times slower",
      )
        .choices(engines)
        .default("compiled"),
    )
    .option("--plot", "plot raster, activity and scale factors at the end")
    .option("--quiet", "show no progress")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex run training-with-scaling-quick --plot", "a short run with figures"],
        [
          "isocortex run training --set plasticIncrementEE=0.005 --out runs/faster",
          "figure 4's experiment with five times the STDP step",
        ],
        ["isocortex run scaling --seed 3", "another network, in runs/scaling-seed3"],
        [
          'isocortex run baseline-quick --add "at 60 s: delete { cells: L4, fraction: 0.5 }"',
          "the effect of losing half of layer 4",
        ],
        ["isocortex run rescue.yaml", "your own experiment (isocortex show prints an example)"],
      ]),
    )
    .action(runExperiment);
}

async function runExperiment(given: string, options: RunOptions): Promise<void> {
  const { addedEntries, namedExperiment } = await import("./arguments/named-experiment.ts");
  const { parseAssignments } = await import("../model/overrides.ts");
  const { checkCheckpointTimes, checkGainTimes } = await import("../experiment/schedule.ts");
  const { checkOutput } = await import("./arguments/output-directory.ts");
  const { execute } = await import("./recording.ts");
  const { name, experiment } = await namedExperiment(given, {
    seed: options.seed,
    changes: parseAssignments(options.set ?? []),
    added: await addedEntries(options.add),
  });
  const { parameters, entries, preset } = experiment;
  const engine = options.engine === "reference" ? options.engine : undefined;
  if (engine && options.threads) {
    const { EngineThreadsError } = await import("../threads/starting.ts");
    throw new EngineThreadsError();
  }
  checkTimes("--gains-at", () => checkGainTimes(parameters, options.gainsAt));
  checkTimes("--checkpoint-at", () => checkCheckpointTimes(parameters, options.checkpointAt));
  const suffix = options.seed === undefined ? "" : `-seed${options.seed}`;
  const directory = options.out ?? join("runs", `${name}${suffix}`);
  const overwrite = options.overwrite ?? false;
  checkOutput(directory, overwrite, "another directory with --out");
  const schedule = scheduleOf(options);
  const asked = await potentialsOf(options, parameters);
  const request = {
    directory,
    overwrite,
    preset,
    label: `${name}${suffix}`,
    parameters,
    entries,
    engine,
    potentials: asked ?? experiment.potentials,
    ...schedule,
    gainTimesMs: schedule.gainTimesMs ?? experiment.gainTimesMs,
  };
  await execute(request, options.plot ? figures : [], options);
}
