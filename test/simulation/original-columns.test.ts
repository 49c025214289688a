import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readReferenceRun } from "../../src/runs/reference.ts";
import { referenceFolders } from "../../src/runs/reference-folder.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { replay, verify } from "../../src/simulation/verification.ts";

const root = fileURLToPath(new URL("../reference-columns", import.meta.url));
const folders = referenceFolders(root);

it("there are four runs of the original with several columns", () => {
  expect(folders).toHaveLength(4);
});

it.each(folders)("equals %s spike for spike, with its final state", (folder) => {
  const report = verify(readReferenceRun(folder));
  expect(report.firstDifference).toBeUndefined();
  expect(report.identicalSpikes).toBe(report.spikes);
  expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
});

it("the reference engine fires the spikes of the first 700 ms of four columns", () => {
  const reference = readReferenceRun(join(root, "four-columns-5s"));
  const { spikeTimesMs, spikeCells } = reference;
  const simulation = replay(reference, "reference");
  const fired: number[] = [];
  simulation.advance(700, (timesMs, cells, count) => {
    for (let k = 0; k < count; k++) {
      const spike = fired.length;
      expect(Math.abs(timesMs[k]! - spikeTimesMs[spike]!)).toBeLessThan(1e-6);
      fired.push(cells[k]!);
    }
  });
  expect(fired.length).toBeGreaterThan(1000);
  expect(fired).toEqual(Array.from(spikeCells).slice(0, fired.length));
});

describe("a run in which spikes are under way between columns", () => {
  const reference = readReferenceRun(join(root, "two-columns-deletion-8s"));

  /** All spikes from a time on, and the state at the end. */
  function restOf(simulation: Simulation, untilMs: number) {
    const spikes: number[] = [];
    simulation.advance(untilMs, (timesMs, cells, count) => {
      for (let k = 0; k < count; k++) spikes.push(timesMs[k]!, cells[k]!);
    });
    return { spikes, state: simulation.snapshot() };
  }

  it("goes on from a snapshot to the same bits, and as a branch", () => {
    const begun = replay(reference);
    begun.advance(2003.7, () => {});
    const snapshot = begun.snapshot();
    const resumed = new Simulation(begun.parameters, { network: begun.network });
    resumed.restore(snapshot);
    const branch = new Simulation(begun.parameters, { network: begun.network });
    branch.branchFrom(begun);
    const expected = restOf(begun, 2600);
    expect(expected.spikes.length).toBeGreaterThan(1000);
    expect(restOf(resumed, 2600)).toEqual(expected);
    expect(restOf(branch, 2600)).toEqual(expected);
  });
});
