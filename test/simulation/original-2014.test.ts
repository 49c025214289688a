import { describe, expect, it } from "vitest";
import { readReferenceRun } from "../../src/runs/reference.ts";
import { referenceFolders, shippedReferenceFolders } from "../../src/runs/reference-folder.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { replay, verify } from "../../src/simulation/verification.ts";

const folders = shippedReferenceFolders[2014].flatMap(referenceFolders);
const named = (name: string) => folders.find((folder) => folder.endsWith(name))!;

it("there are nine runs of the original, with deaths in all but one", () => {
  const runs = folders.map(readReferenceRun);
  expect(runs).toHaveLength(9);
  expect(runs.filter(({ deaths }) => deaths!.length > 0)).toHaveLength(8);
});

it.each(folders)("equals %s spike for spike, with its deaths and final state", (folder) => {
  const report = verify(readReferenceRun(folder));
  expect(report.firstDifference).toBeUndefined();
  expect(report.identicalSpikes).toBe(report.spikes);
  expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(report.checks.length).toBeGreaterThan(16);
});

it("differs where one draw of one death does", () => {
  const reference = readReferenceRun(named("stdp-2014-30s"));
  const deaths = reference.deaths!.map((death) =>
    death.draw === undefined ? death : { ...death, draw: death.draw * (1 + 1e-6) },
  );
  const { passed, checks } = verify({ ...reference, deaths });
  expect(passed).toBe(false);
  expect(checks.find(({ passed: own }) => !own)?.quantity).toBe("draws of deaths (relative)");
});

describe("a run in the middle of stimulation and dynamic deaths", () => {
  const reference = readReferenceRun(named("prosthesis-all-60s"));

  /** All that a simulation does from a time on, and its state at the end. */
  function restOf(simulation: Simulation, untilMs: number) {
    const spikes: number[] = [];
    const events: unknown[] = [];
    simulation.advance(
      untilMs,
      (timesMs, cells, count) => {
        for (let k = 0; k < count; k++) spikes.push(timesMs[k]!, cells[k]!);
      },
      (event) => events.push(event),
    );
    return { spikes, events, cells: simulation.cellState(), draws: simulation.deathDraws };
  }

  it("goes on from a snapshot, and in a branch, to the same bits", () => {
    const simulation = replay(reference);
    // Between two pushes of stimuli, and between two updates of the growth factor.
    restOf(simulation, 26_500);
    const state = structuredClone(simulation.snapshot());
    const expected = restOf(simulation, 33_000);
    expect(expected.spikes.length).toBeGreaterThan(1000);
    expect(expected.events.length).toBeGreaterThan(2);
    const { parameters, network } = simulation;
    const restored = new Simulation(parameters, { network });
    restored.restore({ ...state, timeline: JSON.parse(JSON.stringify(state.timeline)) });
    expect(restOf(restored, 33_000)).toEqual(expected);
  });

  it("goes on in a branch to the same bits", () => {
    const parent = replay(reference);
    restOf(parent, 26_500);
    const { parameters, network } = parent;
    const branch = new Simulation(parameters, { network });
    branch.branchFrom(parent);
    expect(restOf(branch, 33_000)).toEqual(restOf(parent, 33_000));
  });
});
