import { type Command, Option } from "commander";
import type { ExecutorName } from "../study/planning/schema.ts";
import { addJobOptions } from "./arguments/job-options.ts";
import { addWorkOptions } from "./arguments/work-options.ts";
import { addCommands } from "./commands.ts";
import { helpExamples } from "./help-examples.ts";
import type { SweepOptions } from "./sweep/run.ts";

const executors: readonly ExecutorName[] = ["local", "slurm", "gridengine"];

export async function defineCommand(command: Command): Promise<void> {
  command
    .enablePositionalOptions()
    .description(
      "Plans and runs a study defined by a file: an experiment, varied parameters, and seeds. " +
        "Uses all cores; Ctrl-C keeps all work. Repeating the command runs missing and changed " +
        "simulations. A common beginning of several runs is simulated once.",
    )
    .argument("<path>", "a sweep file (YAML), or a directory of such files")
    .option(
      "--out <dir>",
      "directory of the study (default: sweeps/NAME); for several studies, their common parent",
    )
    .addOption(new Option("--executor <name>", "where to run").choices(executors))
    .addOption(
      new Option("--engine <name>", "earlier name of --executor")
        .choices(executors)
        .conflicts("executor")
        .hideHelp(),
    );
  addWorkOptions(command)
    .option("--dry-run", "print the plan with estimated time and disk space; write nothing")
    .option("--no-collect", "do not collect results at the end")
    .option("--plan-only", "write the plan without running it")
    .option("--quiet", "show no progress")
    .option("--json", "print the plan or the final result as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep examples/sweeps/stdp-step-quick.yaml --dry-run", "print the plan"],
        [
          "isocortex sweep examples/sweeps/stdp-step-quick.yaml",
          "run it in sweeps/stdp-step-quick",
        ],
        ["isocortex sweep examples/sweeps --dry-run", "all studies in a directory"],
      ]),
    )
    .action(async (path: string, options: SweepOptions) => {
      const { runSweeps } = await import("./sweep/run.ts");
      await runSweeps(path, options);
    });
  addJobOptions(command);
  await addCommands(command, {
    status: ["show the progress of a study", () => import("./sweep/status.ts")],
    collect: [
      "collect the runs of a study in one table, with figures",
      () => import("./sweep/collect.ts"),
    ],
    task: ["run one task of a study's plan", () => import("./sweep/task.ts")],
    continue: [
      "resubmit the missing runs of a study on a cluster",
      () => import("./sweep/continue.ts"),
    ],
    cancel: ["cancel the jobs of a study on a cluster", () => import("./sweep/cancel.ts")],
  });
}
