import { expect, it } from "vitest";
import { phasesOf } from "../../src/experiment/phases.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import type { RunDescription } from "../../src/recording/run-description.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { teamOf } from "../../src/threads/starting.ts";
import { Crash, CrashingStore } from "../recording/crashing-store.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { everythingShort, recordOf, recordTinyRun, resumeTinyRun } from "../simulation/tiny-run.ts";
import { erraticPacer } from "./erratic-pacer.ts";

/** Half a second of the 2014 model: scaling, growth, electrostimulation, deletion, dynamic death. */
const model2014: ParameterOverrides = {
  model: "2014",
  sizeFactor: 0.3,
  timelineUnitMs: 2.5,
  baselinePhaseMs: 100,
  deletionPhaseMs: 400,
  baselineDurationS: 0.5,
  deletionStartMs: 100,
  stimulationStartMs: 150,
  scalingStartMs: 60,
  bufferIntervalMs: 60,
  samplingIntervalMs: 45,
  sensorTimeConstantMs: 50,
  scalingBeta: 0.01,
};

/** Two threads serve two of the columns each; three share out all cells. */
const fourColumns: ParameterOverrides = {
  ...everythingShort,
  columnsX: 2,
  columnsY: 2,
  interColumnGainEE: 2,
  deletionColumns: "all",
};

function described(overrides: ParameterOverrides): Partial<RunDescription> {
  const parameters = resolveParameters(overrides);
  return { parameters, phases: phasesOf(parameters) };
}

it.each([
  ["2013", {}],
  ["2013, of four columns", described(fourColumns)],
  ["2014", described(model2014)],
  [
    "2014 with plasticity",
    described({ ...model2014, baselineDurationS: 0.2, learningDurationS: 0.3 }),
  ],
])("threads that part and join leave the record of one, killed or not: %s", async (_, changes) => {
  const whole = new CrashingStore();
  await recordTinyRun(whole, "often", changes);
  const expected = recordOf(whole);
  const events = new RunReader(whole).events();
  expect(events.filter(({ kind }) => kind === "deletion").length).toBeGreaterThan(1);

  const team = (seed: number) => teamOf(2 + (seed % 2), erraticPacer(seed));
  const unharmed = new MemoryStore();
  await recordTinyRun(unharmed, "often", changes, team(1));
  expect(recordOf(unharmed)).toEqual(expected);

  const random = randomNumbers(2);
  for (const seed of [3, 4]) {
    const crashing = new CrashingStore(Math.ceil(random() * whole.changes));
    const recording = recordTinyRun(crashing, "often", changes, team(seed));
    await expect(recording).rejects.toThrow(Crash);
    const disk = crashing.afterCrash("torn");
    await resumeTinyRun(disk, "often", changes, team(10 * seed));
    expect(recordOf(disk)).toEqual(expected);
  }
});
