import { join } from "node:path";
import { type Command, Option } from "commander";
import { type PictureFormat, pictureFormats } from "../pictures/formats.ts";
import type { Study } from "../study/folder.ts";
import { addEntryOption } from "./arguments/entry-option.ts";
import { collect, wholeNumber } from "./arguments/option-values.ts";
import { addWorkOptions, type WorkOptions } from "./arguments/work-options.ts";
import { exitCodes, UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

interface ReplicateOptions extends WorkOptions {
  readonly seeds: number;
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly out?: string;
  readonly format?: PictureFormat;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const MOST_SEEDS = 100_000;

export function defineCommand(command: Command): void {
  command
    .description(
      "Repeats an experiment in independent networks with independent input, each without and " +
        "with scaling, on all cores. Draws every time course with its median over networks and, for " +
        "each of the paper's claims, gives the number of networks in which it holds and an " +
        "effect. Repeating the command runs missing simulations; more seeds add networks.",
    )
    .argument("<preset>", "an experiment (isocortex list experiments), with or without scaling")
    .requiredOption(
      "--seeds <n>",
      "number of networks, with seeds 1 to n",
      wholeNumber(1, MOST_SEEDS),
    )
    .option(
      "--set <name=value>",
      "change a parameter (isocortex's or the original's name); repeatable",
      collect,
    )
    .option("--out <dir>", "directory of the study (default: replicates/PRESET)");
  addWorkOptions(addEntryOption(command))
    .addOption(
      new Option("--format <format>", "format of the figure")
        .choices(pictureFormats)
        .default("svg"),
    )
    .option("--dry-run", "print the runs with estimated time and disk space; write nothing")
    .option("--quiet", "show no progress")
    .option("--json", "print the claims as JSON")
    .addHelpText(
      "after",
      helpExamples([
        [
          "isocortex replicate training-quick --seeds 9",
          "a few minutes, in replicates/training-quick",
        ],
        ["isocortex replicate training-quick --seeds 20", "eleven more"],
        [
          "isocortex replicate training --seeds 10 --set plasticIncrementEE=0.005 --out faster",
          "the published experiment with five times the STDP step",
        ],
      ]),
    )
    .action(replicate);
}

async function replicate(preset: string, options: ReplicateOptions): Promise<void> {
  const { pairName, planReplication } = await import("../replication/plan.ts");
  const { estimateStudies } = await import("../study/estimate.ts");
  const { checkStudyRoom, keepStudy, planWork } = await import("../study/work.ts");
  const { executeHere, checkStudyDirectory } = await import("./study-run.ts");
  const { LiveTable } = await import("../terminal/live-table.ts");
  const { planText } = await import("../terminal/sweep.ts");
  const { defaultWorkers } = await import("../executors/workers/pool.ts");
  const { parseAssignments } = await import("../model/overrides.ts");
  const { planNotes } = await import("../study/planning/notes.ts");
  const { writeNotes } = await import("./recording.ts");
  const { addedEntries } = await import("./arguments/named-experiment.ts");
  const changes = parseAssignments(options.set ?? []);
  if (changes.scaling !== undefined) {
    throw new UsageError(
      "Each network is run without and with scaling: leave scaling out of --set.",
    );
  }
  const added = await addedEntries(options.add);
  const plan = planReplication({ preset, changes, added, seeds: options.seeds });
  const directory = options.out ?? join("replicates", pairName(preset));
  checkStudyDirectory(directory);
  writeNotes(planNotes(plan));
  const planned = planWork(directory, plan);
  if (!options.json) {
    const [estimated] = estimateStudies([planned]);
    process.stdout.write(planText(estimated!, options.workers ?? defaultWorkers()));
  }
  if (options.dryRun) return;
  checkStudyRoom(planned);
  const kept = keepStudy(planned);
  const table = new LiveTable({ quiet: options.quiet });
  const outcome = await executeHere([kept], options, table);
  if (outcome.kind !== "done") {
    process.stderr.write("Interrupted. All work is kept; repeat the command to continue.\n");
    process.exitCode = exitCodes.interrupted;
    return;
  }
  await report(kept.study, options);
  if (outcome.failed > 0) {
    process.stderr.write(`${outcome.failed} tasks failed. Repeat the command to run them again.\n`);
  }
}

async function report(study: Study, { format, json }: ReplicateOptions): Promise<void> {
  const { numberJson } = await import("../encoding/number-json.ts");
  const { writeReplication } = await import("../replication/files.ts");
  const { reportDamaged } = await import("./sweep/collect.ts");
  const { replicationText } = await import("../terminal/replication.ts");
  const replication = await writeReplication(study, format);
  const text = json
    ? `${numberJson({ directory: study.directory, ...replication }, 2)}\n`
    : replicationText(replication);
  process.stdout.write(text);
  reportDamaged(replication.damaged);
}
