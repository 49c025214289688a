import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { program } from "../../src/host/package.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { finishBranch, finishRun } from "../../src/runs/finished.ts";
import { openHistory } from "../../src/runs/history.ts";
import { openRun } from "../../src/runs/opening.ts";
import { keepPlan } from "../../src/study/folder.ts";
import { onsetsOf } from "../../src/study/onsets.ts";
import { planSweep } from "../../src/study/planning/plan.ts";
import { readSweep } from "../../src/study/planning/sweep-file.ts";
import { collectRuns } from "../../src/study/table.ts";
import { executeTask } from "../../src/study/task.ts";
import type { EntrySource } from "../../src/timeline/entry.ts";
import { expectContinuation, expectSameRecord, sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";

const home = sharedFolder();
const observer = { onReport: () => {}, signal: new AbortController().signal };

/** Ends the run at the look after the third deletion. */
const end = { id: "end", when: { measure: "living", below: 0.8 }, once: true, end: {} };
const endMs = 600;

const request = (directory: string, entries: readonly EntrySource[] = [end]) => ({
  directory: join(home, directory),
  overwrite: false,
  preset: null,
  label: "run",
  parameters: resolveParameters(everything),
  entries,
});

const opened = (name: string) => openRun(join(home, name));

beforeAll(async () => {
  await finishRun(request("whole", []), observer);
  await finishRun(request("ended"), observer);
});

const branch = (directory: string, timeMs: number, added: readonly EntrySource[]) => ({
  parent: join(home, "ended"),
  ...{ directory: join(home, directory), timeMs, added },
  ...{ changes: {}, overwrite: false, label: "run" },
});

describe("a run that an entry ends", () => {
  it("is complete, and until then the run without the entry", () => {
    const [ended, whole] = [opened("ended"), opened("whole")];
    expect(ended.manifest).toMatchObject({ status: "complete", simulatedMs: endMs });
    expect(ended.verify()).toEqual([]);
    expect(ended.spikes()).toEqual(whole.spikes({ endMs }));
    expect(ended.spikeCount).toBeGreaterThan(20);
    expect([...ended.sampleTimesMs]).toEqual([...whole.sampleTimesMs].filter((t) => t <= endMs));
    expect(ended.events().at(-1)).toEqual({
      ...{ kind: "intervention", timeMs: endMs, entry: "end", what: "end", phase: "done" },
    });
    expect(openHistory(join(home, "ended")).interval).toEqual({ startMs: 0, endMs });
  });

  it("is noted as ended, and by which entry, unless it lasts as long as planned", async () => {
    const notesOf = async (name: string, entries: readonly EntrySource[]) => {
      const notes: string[] = [];
      await finishRun(request(name, entries), { ...observer, onNote: (text) => notes.push(text) });
      return notes.filter((text) => text.includes("ended"));
    };
    const { durationMs } = opened("whole").manifest;
    const planned = durationMs / 1000;
    expect(await notesOf("noted", [end])).toEqual([
      `end ended the run at 0.6 s of ${planned} s. ` +
        'A branch from there goes on without it: --add "remove end".',
    ]);
    const last = { id: "last", at: `${durationMs} ms`, end: {} };
    expect(await notesOf("not noted", [last])).toEqual([]);
  });

  it("has the gains of its end, once", async () => {
    const gainTimesMs = [300, endMs];
    await finishRun({ ...request("due", []), gainTimesMs }, observer);
    await finishRun({ ...request("due and ended"), gainTimesMs }, observer);
    expect([...opened("due and ended").gainTimesMs]).toEqual(gainTimesMs);
    expect(opened("ended").gainTimesMs.at(-1)).toBe(endMs);
    const due = opened("due").gains(1);
    expect(Math.max(...due)).toBeGreaterThan(1);
    for (const name of ["ended", "due and ended"]) {
      const run = opened(name);
      expect(run.gains(run.gainTimesMs.length - 1)).toEqual(due);
    }
  });

  it("is the same if it is interrupted, and left as it is if it is to go on", async () => {
    for (const untilMs of [300, endMs, 700]) {
      await finishRun({ ...request("parts"), untilMs }, observer);
    }
    expectSameRecord(home, "parts", "ended");
    expect(await finishRun(request("parts"), observer)).toMatchObject({ durationMs: endMs });
  });

  it("goes on in a branch from its end without the entry, or with a later one", async () => {
    await finishBranch(branch("longer", endMs, [{ id: "end", remove: true }]), observer);
    expectContinuation(home, "longer", "whole", endMs);
    await finishBranch(branch("later", endMs, [{ id: "end", at: "900 ms", end: {} }]), observer);
    expect(opened("later").manifest).toMatchObject({ status: "complete", simulatedMs: 900 });
    expect(opened("later").spikes()).toEqual(opened("longer").spikes({ endMs: 900 }));
  });

  it("ends at once in a branch from its end with the entry, which has its gains", async () => {
    const learned = opened("ended").gains(opened("ended").gainTimesMs.length - 1);
    await finishBranch(branch("over", endMs, []), observer);
    const over = opened("over");
    expect(over.manifest).toMatchObject({ status: "complete", simulatedMs: endMs });
    expect(over.verify()).toEqual([]);
    expect([...over.gainTimesMs]).toEqual([endMs]);
    expect(over.gains(0)).toEqual(learned);
  });

  it("cannot be branched after its end, known or not", async () => {
    const refusal = /at 0\.7 s: expected a time from 0 to 0\.6 s/;
    await expect(finishBranch(branch("after", 700, []), observer)).rejects.toThrow(refusal);
    await finishRun({ ...request("begun"), untilMs: 500 }, observer);
    const unknown = { ...branch("after", 700, []), parent: join(home, "begun") };
    await expect(finishBranch(unknown, observer)).rejects.toThrow(refusal);
  });

  it("counts in a sweep as long as it lasts, and shares a past only until it can end", async () => {
    const presets = [{ name: "ended", overrides: everything, entries: [end] }];
    const text = "preset: ended\nvary: { scalingBeta: [4e-5, 4e-3] }";
    const plan = planSweep(readSweep(text, "ended.yaml", "ended", presets), program);
    expect(plan.tasks.map(({ kind }) => kind)).toEqual(["run", "run"]);
    const study = keepPlan(join(home, "study"), plan);
    for (const { index } of plan.tasks) await executeTask(study, index, observer);
    const { survival, endS } = onsetsOf(collectRuns(study).runs);
    expect(endS).toBe(endMs / 1000);
    expect([...survival.times]).toEqual([0]);
  });
});
