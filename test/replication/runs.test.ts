import { expect, it } from "vitest";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { figure2013 } from "../../src/paper/figures-2013.ts";
import { figure2014 } from "../../src/paper/figures-2014.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { planReplication } from "../../src/replication/plan.ts";
import { planPaperRuns } from "../../src/replication/runs.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { temporaryFolder } from "../cli/command.ts";
import { description as smallDescription, smallNetwork } from "../recording/small-run.ts";

/** The tasks for figure 6, training without and with scaling: of what kind, and from when on. */
function tasksWith(changes: ParameterOverrides) {
  const directory = temporaryFolder();
  const request = { directory, isQuick: true, changes };
  return planPaperRuns(figure2013(6), request).tasks.map(({ label, fromMs, work }) => [
    label.replace("-quick", ""),
    work.kind,
    fromMs,
  ]);
}

it("runs of a figure branch where the runs of replicates do", () => {
  const { tasks } = planReplication({ preset: "training-quick", changes: {}, seeds: 1 });
  const timeMs = tasks[0]!.untilMs;
  expect(timeMs).toBe(80e3);
  expect(tasksWith({})).toEqual([
    ["baseline", "run", 0],
    ["training", "branch", timeMs],
    ["training-with-scaling", "branch", timeMs],
  ]);
});

it("runs of a figure branch before all that happens to either", () => {
  const branches = (timeMs: number) => [
    ["baseline", "run", 0],
    ["training", "branch", timeMs],
    ["training-with-scaling", "branch", timeMs],
  ];
  expect(tasksWith({ scalingStartMs: 30e3 })).toEqual(branches(30e3));
  expect(tasksWith({ scalingStartMs: 300e3 })).toEqual(branches(80e3));
  expect(tasksWith({ trainingStartMs: 40e3 })).toEqual(branches(40e3));
  // Without volleys, nothing begins with them.
  expect(tasksWith({ trainingStartMs: 40e3, trainingRateHz: 0 })).toEqual(branches(80e3));
});

it("a recorded signal is an entry of each run that it is for, and a run without it is refused", () => {
  const directory = temporaryFolder();
  const entry = { id: "electrostimulation", at: "1 s", external: 0.5 };
  const request = { directory, isQuick: true, seeds: [1, 2], changes: {} };
  const plan = planPaperRuns(figure2014(10), { ...request, entriesFor: () => [entry] });
  const entries = plan.tasks.map(({ work }) => work.kind === "run" && work.request.entries);
  expect(entries).toEqual([[entry], [entry]]);
  const [run] = plan.runs;
  const { parameters, preset } = run!;
  const description = { ...smallDescription, parameters, preset, entries: [entry] };
  RunWriter.create(new FolderStore(run!.directory), description, smallNetwork);
  expect(() =>
    planPaperRuns(figure2014(10), { ...request, entriesFor: () => [entry] }),
  ).not.toThrow();
  expect(() => planPaperRuns(figure2014(10), request)).toThrow(/different entries of the timeline/);
});

it("runs of a figure begin at 0 where their past is too short", () => {
  expect(tasksWith({ scalingStartMs: 0, plasticityStartMs: 0 })).toEqual([
    ["training", "run", 0],
    ["training-with-scaling", "run", 0],
  ]);
  expect(tasksWith({ learningDurationS: 0 }).map(([, kind]) => kind)).toEqual(["run", "run"]);
});
