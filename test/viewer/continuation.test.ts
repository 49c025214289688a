import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { program } from "../../src/host/package.ts";
import { type EntrySource, readExperiment } from "../../src/index.ts";
import { planBranch, recordBranch, recordRun } from "../../src/node/index.ts";
import { checkpointFiles } from "../../src/recording/checkpoint-files.ts";
import { openHistory } from "../../src/runs/history.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { ContinuationError, continuedColumn } from "../../src/viewer/worker/continuation.ts";
import { SpikeList } from "../live/session.ts";

const observer = { onReport: () => {}, signal: new AbortController().signal };
const shared = { overwrite: false, preset: null };

let folder: string;
const at = (name: string) => join(folder, name);

/** A run that learns from 0.5 s on, a state of which is kept at 1 s. */
const experiment = readExperiment(`
duration: 2 s
parameters: { sizeFactor: 0.3, sensorTimeConstantMs: 500 }
timeline: [{ id: learning, at: 500 ms, plasticity: on }]
record: { gains: [2 s] }
`);

async function branched(parent: string, timeMs: number, added: EntrySource[], name: string) {
  const request = { parent: at(parent), timeMs, changes: {}, added, overwrite: false };
  const plan = planBranch({ ...request, directory: at(name), label: name, gainTimesMs: [2000] });
  await recordBranch(plan, observer);
}

beforeAll(async () => {
  vi.stubGlobal("PROGRAM", program);
  folder = mkdtempSync(join(tmpdir(), "isocortex-continuation-"));
  const run = { ...experiment, ...shared, directory: at("run"), label: "run" };
  await recordRun({ ...run, checkpointTimesMs: [1000] }, observer);
  await branched("run", 1200, [{ at: "1.2 s", external: 1.5 }], "driven");
});

afterAll(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

const recorded = (name: string) => ({
  history: openHistory(at(name)),
  store: new FolderStore(at(name)),
});

/** What goes on live from a moment, after something is done there. */
function live(name: string, timeMs: number, what: EntrySource) {
  const column = continuedColumn(recorded(name), timeMs);
  const fromMs = column.timeMs;
  column.advance(timeMs);
  column.touch(what);
  const list = new SpikeList();
  column.advance(2000, list);
  return { fromMs, spikes: list.spikes, gains: column.simulation.plasticGains(), column };
}

/** What the branch has recorded. */
function branch(name: string) {
  const { record } = openHistory(at(name));
  const { timesMs, cells } = record.spikes();
  const spikes = Array.from(timesMs, (timeMs, k) => [timeMs, cells[k]]);
  return { spikes, gains: record.gains(record.gainTimesMs.length - 1) };
}

describe("a recorded run, continued live", () => {
  it.each([
    ["from the last state before the moment", "run", 1500, 1000],
    ["from the beginning, where no state is kept before", "run", 700, 0],
    ["where it is a branch itself", "driven", 1500, 1200],
  ])("equals its branch to the bit, %s", async (_, parent, timeMs, fromMs) => {
    const name = `${parent}-${timeMs}`;
    await branched(parent, timeMs, [{ at: `${timeMs} ms`, scaling: "on" }], name);
    const found = live(parent, timeMs, { scaling: "on" });
    const expected = branch(name);
    expect(found.fromMs).toBe(fromMs);
    expect(found.spikes.length).toBeGreaterThan(50);
    expect(found.spikes).toEqual(expected.spikes);
    expect(found.gains).toEqual(expected.gains);
  });

  it("goes back no further than to the state that it began with", () => {
    const { column, spikes } = live("run", 1500, { scaling: "on" });
    column.goTo(200);
    expect(column.timeMs).toBe(1000);
    const list = new SpikeList();
    column.goTo(1500);
    column.advance(2000, list);
    expect(list.spikes).toEqual(spikes);
  });

  it("ignores damaged states, and says why it cannot be", () => {
    const { store, history } = recorded("run");
    const { path } = checkpointFiles(store).find(({ timeMs }) => timeMs === 1000)!;
    const bytes = store.read(path);
    store.replace(path, bytes.subarray(0, -1));
    expect(continuedColumn({ store, history }, 1500).timeMs).toBe(0);
    store.replace(path, bytes);
    store.close();
    expect(() => continuedColumn(recorded("run"), 2000)).toThrow("The experiment ends here.");
    expect(() => continuedColumn(recorded("driven"), 1100)).toThrow(/in the past of the run/);
    vi.stubGlobal("PROGRAM", { ...program, version: "9.9.9" });
    expect(() => continuedColumn(recorded("run"), 1500)).toThrow(ContinuationError);
    vi.stubGlobal("PROGRAM", program);
  });
});
