import { phasesOf } from "../../src/experiment/phases.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { examineRun } from "../../src/recording/recovery.ts";
import { resumeRecord } from "../../src/recording/resumption.ts";
import type { RunDescription } from "../../src/recording/run-description.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import type { RunStore } from "../../src/recording/run-store.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { Simulation, type SimulationOptions } from "../../src/simulation/advance.ts";
import { run } from "../../src/simulation/recorder.ts";
import { filesIn } from "../recording/files-in.ts";

/** Every rule at work in a small column: learning, training, scaling, deletion, trials. */
export const everything: ParameterOverrides = {
  protocol: "deletion",
  sizeFactor: 0.1,
  baselineDurationS: 0.2,
  learningDurationS: 0.6,
  recallDurationS: 0.2,
  scalingStartMs: 250,
  scalingBeta: 4e-5,
  scalingGamma: 1e-7,
  plasticIncrementEE: 0.05,
  plasticIncrementEI: 0.02,
  deletionIntervalMs: 170,
  deletionStepCells: 4,
  trialDurationMs: 130,
  samplingStartMs: 50,
  samplingIntervalMs: 110,
};

/** The same in half a second. */
export const everythingShort: ParameterOverrides = {
  ...everything,
  baselineDurationS: 0.1,
  learningDurationS: 0.3,
  recallDurationS: 0.1,
  scalingStartMs: 125,
  deletionIntervalMs: 120,
  trialDurationMs: 160,
  samplingStartMs: 30,
  samplingIntervalMs: 130,
};

const parameters = resolveParameters(everythingShort);

/** A clock that counts stretches of simulation, and nobody waits. */
function environment() {
  let stretches = 0;
  return {
    monotonicMs: () => stretches,
    date: () => new Date(0),
    yieldTurn: async () => {
      stretches++;
    },
  };
}

/** How often checkpoints are taken: some ten times in the run, or where they were asked for. */
export type Checkpoints = "often" | "as asked";

const optionsFor = (checkpoints: Checkpoints) => ({
  environment: environment(),
  checkpointIntervalMs: checkpoints === "often" ? 60 : Number.POSITIVE_INFINITY,
});

const description: RunDescription = {
  program: { name: "isocortex", version: "1.2.3" },
  preset: null,
  label: "tiny",
  parameters,
  phases: phasesOf(parameters),
  durationMs: 500,
  createdAt: "2024-05-06T07:08:09.000Z",
  gainTimesMs: [150, 350],
  checkpointTimesMs: [200],
  potentials: { cells: [0, 7, 30], everyMs: 0.7, fromMs: 20, untilMs: 480 },
};

/** Records the tiny run to its end. */
export async function recordTinyRun(
  store: RunStore,
  checkpoints: Checkpoints = "often",
  changes: Partial<RunDescription> = {},
  options: SimulationOptions = {},
): Promise<void> {
  const described = { ...description, ...changes };
  const simulation = new Simulation(described.parameters, options);
  const writer = RunWriter.create(store, described, simulation.network);
  await run(simulation, writer, optionsFor(checkpoints)).finally(() => simulation.release());
}

/** Continues it, wherever it was cut off; from the very beginning where nothing was recorded. */
export async function resumeTinyRun(
  store: RunStore,
  checkpoints: Checkpoints = "often",
  changes: Partial<RunDescription> = {},
  options: SimulationOptions = {},
): Promise<void> {
  if (store.size(runFiles.manifest) === undefined) {
    return recordTinyRun(store, checkpoints, changes, options);
  }
  const simulation = new Simulation(changes.parameters ?? parameters, options);
  const recovery = examineRun(store);
  if (recovery.checkpoint) simulation.restore(recovery.checkpoint.state);
  const writer = resumeRecord(store, recovery, simulation.network);
  await run(simulation, writer, optionsFor(checkpoints)).finally(() => simulation.release());
}

/**
 * Every file of a record, by path; as text, which is compared much faster than arrays. How long a
 * run took depends on how often it was cut off, and with it the manifest's checksum.
 */
export const recordOf = (store: RunStore): Record<string, string> =>
  Object.fromEntries(
    filesIn(store).map((path) => {
      const text = Buffer.from(store.read(path)).toString("latin1");
      return [
        path,
        path === runFiles.manifest ? text.replace(/"(wallSeconds|crc32)": .*/g, "") : text,
      ];
    }),
  );
