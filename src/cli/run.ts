import { join } from "node:path";
import { type Command, Option } from "commander";
import { findPreset } from "../experiment/presets.ts";
import { checkpointTimes, gainTimes } from "../experiment/schedule.ts";
import { type EngineName, engineNames } from "../experiment/simulation.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { parseAssignments } from "../model/overrides.ts";
import { seedOverrides } from "../model/seeds.ts";
import { EngineThreadsError } from "../node/worker/team-threads.ts";
import { addSchedule, checkTimes, type ScheduleOptions, scheduleOf } from "./checkpoint-options.ts";
import { helpExamples } from "./help-examples.ts";
import { collect, seed } from "./option-values.ts";
import { checkOutput } from "./output-directory.ts";
import { carryOut, type EndFigure, type RecordingOptions } from "./recording.ts";

interface RunOptions extends RecordingOptions, ScheduleOptions {
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly plot?: boolean;
  readonly engine: EngineName;
}

const figures: readonly EndFigure[] = [{ kind: "raster" }, { kind: "activity" }, { kind: "scale" }];

export function addRun(program: Command): void {
  const command = program
    .command("run")
    .summary("simulate an experiment and record it")
    .description(
      "Simulates an experiment and records its spikes, samples of all cells and plastic gains. " +
        "Ctrl-C stops it; isocortex resume continues it, after a crash, too.",
    )
    .argument("<preset>", "an experiment (isocortex list experiments)")
    .option(
      "--set <name=value>",
      "change a parameter, ours or the original's name; may be repeated",
      collect,
    )
    .option("--seed <n>", "another network and input; 0 for the published ones", seed)
    .option("--out <dir>", "directory of the run (default: runs/PRESET, or runs/PRESET-seedN)")
    .option("--overwrite", "replace a run that is there already");
  addSchedule(command)
    .addOption(
      new Option(
        "--engine <name>",
        "reference: the plain engine that the compiled one is held to; the same bits, some hundred times slower",
      )
        .choices(engineNames)
        .default("compiled"),
    )
    .option("--plot", "draw raster, activity and scale factors at the end")
    .option("--quiet", "show no progress")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex run training-with-scaling-quick --plot", "a first run, with its figures"],
        [
          "isocortex run training --set plasticIncrementEE=0.005 --out runs/faster",
          "figure 4's experiment with five times the STDP step",
        ],
        ["isocortex run scaling --seed 3", "the same on another network, in runs/scaling-seed3"],
      ]),
    )
    .action(runPreset);
}

async function runPreset(name: string, options: RunOptions): Promise<void> {
  const preset = findPreset(name);
  const parameters = resolveParameters({
    ...preset.overrides,
    ...seedOverrides(options.seed ?? 0),
    ...parseAssignments(options.set ?? []),
  });
  const engine = options.engine === "reference" ? options.engine : undefined;
  if (engine && options.threads) throw new EngineThreadsError();
  checkTimes("--gains-at", () => gainTimes(parameters, options.gainsAt));
  checkTimes("--checkpoint-at", () => checkpointTimes(parameters, options.checkpointAt));
  const suffix = options.seed === undefined ? "" : `-seed${options.seed}`;
  const directory = options.out ?? join("runs", `${preset.name}${suffix}`);
  const overwrite = options.overwrite ?? false;
  checkOutput(directory, overwrite, "another directory with --out");
  const request = {
    directory,
    overwrite,
    preset: preset.name,
    label: `${preset.name}${suffix}`,
    parameters,
    engine,
    ...scheduleOf(options),
  };
  await carryOut(request, options.plot ? figures : [], options);
}
