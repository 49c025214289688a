import { basename } from "node:path";
import type { Command } from "commander";
import type { BranchChanges } from "../experiment/branch-file.ts";
import type { RunObserver } from "../runs/session.ts";
import {
  addSchedule,
  checkTimes,
  potentialsOf,
  type ScheduleOptions,
  scheduleOf,
} from "./arguments/checkpoint-options.ts";
import { addEntryOption } from "./arguments/entry-option.ts";
import { collect } from "./arguments/option-values.ts";
import { UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";
import type { RecordingOptions } from "./recording.ts";

interface BranchOptions extends RecordingOptions, ScheduleOptions {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly fromFile?: string;
  readonly out: string;
  readonly overwrite?: boolean;
}

export function defineCommand(command: Command): void {
  command
    .description(
      "Starts a new run from the exact state of an earlier run at a simulated time, with changed " +
        "parameters and interventions. Without changes, it equals the earlier run bit for bit. " +
        "Parameters that determine the network cannot be changed.",
    )
    .argument("<dir@s>", "directory of the earlier run, and the time in simulated seconds")
    .requiredOption("--out <dir>", "directory of the new run")
    .option(
      "--set <name=value>",
      "change a parameter (isocortex's or the original's name); repeatable",
      collect,
    )
    .option("--overwrite", "replace an existing run in --out");
  addEntryOption(command).option(
    "--from-file <file>",
    "parameters, interventions and recordings of a file, for the new run; its entries replace " +
      "those with the same id",
  );
  addSchedule(command)
    .option("--quiet", "show no progress")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      helpExamples([
        [
          "isocortex branch runs/training@800 --set scaling=on --set scalingStartMs=800e3 --out runs/scaled",
          "scaling from the start of learning",
        ],
        [
          'isocortex branch runs/deletion-quick@100 --add "remove loss" --add "at 120 s: scaling on" --out runs/spared',
          "no further loss of cells, and scaling from 120 s",
        ],
        [
          "isocortex branch runs/training@9600 --set recallDurationS=2000 --out runs/longer",
          "continue beyond the end of a run",
        ],
      ]),
    )
    .action(branch);
}

async function branch(source: string, options: BranchOptions): Promise<void> {
  const { planBranch, recordBranch } = await import("../runs/branched.ts");
  const { runNotes } = await import("../experiment/run-notes.ts");
  const { checkCheckpointTimes, checkGainTimes } = await import("../experiment/schedule.ts");
  const { checkOutput } = await import("./arguments/output-directory.ts");
  const { showRecording, writeNotes } = await import("./recording.ts");
  const [, parent, seconds] = /^(.+)@([^@]+)$/.exec(source) ?? [];
  const timeMs = 1000 * Number(seconds?.trim() || Number.NaN);
  if (parent === undefined || !Number.isFinite(timeMs)) {
    throw new UsageError(`"${source}": expected a run and a time in s, such as runs/training@800.`);
  }
  const directory = options.out;
  const overwrite = options.overwrite ?? false;
  const { potentials, gainTimesMs, ...changes } = await branchChanges(parent, timeMs, options);
  const schedule = scheduleOf(options);
  const plan = planBranch({
    parent,
    timeMs,
    ...changes,
    directory,
    overwrite,
    label: basename(directory),
    ...schedule,
    gainTimesMs: schedule.gainTimesMs ?? gainTimesMs,
  });
  const { parameters } = plan;
  checkTimes("--gains-at", () => checkGainTimes(parameters, options.gainsAt, timeMs));
  checkTimes("--checkpoint-at", () =>
    checkCheckpointTimes(parameters, options.checkpointAt, timeMs),
  );
  checkOutput(directory, overwrite, "another directory with --out");
  writeNotes(runNotes([plan]));
  const asked = (await potentialsOf(options, parameters, timeMs)) ?? potentials;
  const request = { ...plan.request, potentials: asked };
  const record = (observer: RunObserver) => recordBranch({ ...plan, request }, observer);
  await showRecording(request, record, [], options);
}

/** Changes of a file combined with those of the options, which take precedence. */
async function branchChanges(
  directory: string,
  timeMs: number,
  { set = [], add, fromFile }: BranchOptions,
): Promise<BranchChanges> {
  const { readBranch } = await import("../experiment/branch-file.ts");
  const { parseAssignments } = await import("../model/overrides.ts");
  const { prepareTrainFiles } = await import("../runs/trains/files.ts");
  const { addedEntries, experimentFileText, readFrom, recordedExperiment } = await import(
    "./arguments/named-experiment.ts"
  );
  const changes = parseAssignments(set);
  const entries = await addedEntries(add);
  const text = fromFile === undefined ? "" : experimentFileText(fromFile);
  await prepareTrainFiles(text, JSON.stringify(entries));
  if (fromFile === undefined) return { changes, added: entries };
  const parent = recordedExperiment(directory);
  const file = readFrom(fromFile, () => readBranch(text, fromFile, { parent, timeMs }));
  const others = file.added.filter(
    ({ id }) => id === undefined || entries.every((one) => one["id"] !== id),
  );
  return { ...file, changes: { ...file.changes, ...changes }, added: [...others, ...entries] };
}
