import { describe, expect, it } from "vitest";
import { durationMs } from "../../src/model/timeline.ts";
import { runMemoryBytes } from "../../src/runs/memory.ts";
import { calibrate } from "../../src/study/calibration.ts";
import { estimateWork } from "../../src/study/estimate.ts";
import { keepPlan } from "../../src/study/folder.ts";
import { taskEndMs, taskParameters } from "../../src/study/planning/plan.ts";
import { pendingTasks, planWork, studyWork } from "../../src/study/work.ts";
import { temporaryFolder } from "../cli/command.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const calibration = { sizeFactor: 0.1, wallMsPerSimulatedMs: 0.5, spikesPerMs: 0.1 };

const estimateOf = (text: string) => {
  const planned = planWork(temporaryFolder(), planTiny(text));
  return { ...estimateWork(planned, calibration), memoryBytes: planned.memoryBytes };
};

/** Beginning a process, building the network and measuring, ms. */
const overheadMs = 800;

/** Training input would be counted as well. */
const quiet = "preset: tiny\nset: { trainingRateHz: 0 }";

describe("the estimate of a study's work", () => {
  it("adds up its runs, from where they branch off", () => {
    // Two baselines of 250 ms, and four branches of the remaining 750 ms.
    const { totalMs, longestMs } = estimateOf(`${quiet}\nvary: { scaling: [off, on] }\nseeds: 2`);
    expect(totalMs).toBeCloseTo(6 * overheadMs + 0.5 * (2 * 250 + 4 * 750), 6);
    expect(longestMs).toBeCloseTo(overheadMs + 0.5 * 750, 6);
  });

  it("knows what makes runs longer or larger", () => {
    const long = estimateOf(`${quiet}\nvary: { recallDurationS: [0.2, 10.2] }`);
    expect(long.totalMs).toBeCloseTo(2 * overheadMs + 0.5 * (1000 + 11_000), 6);
    expect(long.longestMs).toBeCloseTo(overheadMs + 0.5 * 11_000, 6);
    const [small, large] = ["0.1", "[0.1, 3]"].map((sizes) =>
      estimateOf(sizes === "0.1" ? quiet : `${quiet}\nvary: { sizeFactor: ${sizes} }`),
    );
    expect(large!.totalMs - small!.totalMs).toBeCloseTo(3 * overheadMs + 0.5 * 30 * 1000, 6);
    expect(large!.memoryBytes).toBeGreaterThan(small!.memoryBytes);
    expect(large!.bytes).toBeGreaterThan(10 * small!.bytes);
  });

  it.each([
    // Rounds from 5 ms on, so that the runs share no past.
    ["deletionStepCells", [0, 3], "preset: tiny-deletion\nset: { deletionIntervalMs: 5"],
    ["externalAmpaRateEHz", [300, 30_000], "preset: tiny\nset: { sizeFactor: 0.1"],
  ])("knows that %s makes runs differ in cost", (name, values, text) => {
    const [one, other] = values.map((value) => estimateOf(`${text}, ${name}: ${value} }`).totalMs);
    expect(one).not.toBe(other);
    const { totalMs } = estimateOf(`${text} }\nvary: { ${name}: [${values}] }`);
    expect(totalMs).toBeCloseTo(one! + other!, 6);
  });

  it("takes the memory of the largest task, unless the sweep says how much", () => {
    const text = "preset: tiny\nvary: { scaling: [off, on] }";
    const { study, memoryBytes } = planWork(temporaryFolder(), planTiny(text));
    const parameters = taskParameters(study.plan.header, study.task(1));
    expect(memoryBytes).toBe(runMemoryBytes(parameters, { isBranch: true }));
    expect(estimateOf(`${text}\nresources: { memory: 2 GB }`).memoryBytes).toBe(2e9);
  });
});

it("the work of a study is its pending tasks, and what one may need", () => {
  const text = "preset: tiny\nvary: { scaling: [off, on] }\nseeds: 2\nresources: { time: 2 h }";
  const study = keepPlan(temporaryFolder(), planTiny(text));
  const pending = pendingTasks(study);
  expect(studyWork({ study, pending, memoryBytes: 7 })).toEqual({
    directory: study.directory,
    planNumber: 1,
    baselines: [0, 1],
    runs: [2, 3, 4, 5],
    memoryBytes: 7,
    timeMs: 7_200_000,
  });
});

it("a task ends with its experiment, or where its baseline does", () => {
  const { header, tasks } = planTiny(`
preset: tiny
set: { baselineDurationS: 0.5 }
vary: { recallDurationS: [0.2, 3], scaling: [off, on] }
`);
  for (const task of tasks) {
    const endMs = task.untilMs ?? durationMs(taskParameters(header, task));
    expect(taskEndMs(header, task)).toBe(endMs);
  }
  expect(tasks.some(({ untilMs }) => untilMs !== null)).toBe(true);
});

it("calibration tells how fast an experiment is simulated, and how much it fires", () => {
  const { header, tasks } = planTiny("preset: tiny\nset: { recallDurationS: 1000 }");
  const parameters = taskParameters(header, tasks[0]!);
  const { wallMsPerSimulatedMs, spikesPerMs, sizeFactor } = calibrate(parameters);
  expect(sizeFactor).toBe(0.1);
  expect(wallMsPerSimulatedMs).toBeGreaterThan(0);
  // Some 43 cells at a few spikes a second.
  expect(spikesPerMs).toBeGreaterThan(0.01);
  expect(spikesPerMs).toBeLessThan(10);
});
