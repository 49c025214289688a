import { type Command, Option } from "commander";
import { type EngineName, engineNames } from "../study/planning/schema.ts";
import { addCommands } from "./commands.ts";
import { helpExamples } from "./help-examples.ts";
import { addJobOptions, type JobCommandOptions } from "./job-options.ts";
import { addWorkOptions, type WorkOptions } from "./work-options.ts";

/** How sweeps are carried out, and shown. */
export interface SweepOptions extends JobCommandOptions, WorkOptions {
  readonly out?: string;
  readonly engine?: EngineName;
  readonly dryRun?: boolean;
  readonly collect: boolean;
  readonly planOnly?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function defineCommand(command: Command): Promise<void> {
  command
    .enablePositionalOptions()
    .description(
      "Plans and runs a study from its file: an experiment, the parameters that are varied in it, and " +
        "seeds. Runs on all cores; Ctrl-C keeps all work. Called again, it runs what is missing or " +
        "changed. A past that several runs have in common is simulated once.",
    )
    .argument("<path>", "a sweep's file (YAML), or a directory of such files")
    .option(
      "--out <dir>",
      "directory of the study (default: sweeps/NAME); of several, the one that holds theirs",
    )
    .addOption(new Option("--engine <name>", "where it runs").choices(engineNames));
  addWorkOptions(command)
    .option("--dry-run", "show the plan and what it will take, and write nothing")
    .option("--no-collect", "do not gather the runs into a table and pictures at the end")
    .option("--plan-only", "write the plan, and leave its tasks to others")
    .option("--quiet", "show no progress")
    .option("--json", "print the plan or, at the end, the outcome as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex sweep examples/sweeps/stdp-step-quick.yaml --dry-run", "what it would run"],
        [
          "isocortex sweep examples/sweeps/stdp-step-quick.yaml",
          "run it, in sweeps/stdp-step-quick",
        ],
        ["isocortex sweep examples/sweeps --dry-run", "all studies of a directory"],
      ]),
    )
    .action(async (path: string, options: SweepOptions) => {
      const { runSweeps } = await import("./sweep-run.ts");
      await runSweeps(path, options);
    });
  addJobOptions(command);
  await addCommands(command, {
    status: ["tell how a study stands", () => import("./sweep-status.ts")],
    collect: [
      "gather a study's runs into one table and pictures",
      () => import("./sweep-collect.ts"),
    ],
    task: ["carry out one task of a study's plan", () => import("./sweep-task.ts")],
    continue: ["see to it that a study on a cluster goes on", () => import("./sweep-continue.ts")],
    cancel: ["end the jobs of a study on a cluster", () => import("./sweep-cancel.ts")],
  });
}
