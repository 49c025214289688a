import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDrawnRuns } from "../../src/pictures/drawn-run.ts";
import { runFigure } from "../../src/pictures/run-figures.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { openHistory } from "../../src/runs/history.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import {
  description,
  progressAt,
  randomSpikes,
  sampleOf,
  smallNetwork,
} from "../recording/small-run.ts";

const folder = mkdtempSync(join(tmpdir(), "isocortex-history-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Recording {
  readonly createdAt: string;
  readonly startMs?: number;
  readonly parent?: string;
  readonly parentCreatedAt?: string;
  readonly deleted?: readonly number[];
}

/** Records a run of 20 s, or one that goes on from another; each kills a cell 1 s after its start. */
function record(name: string, { createdAt, startMs = 0, ...of }: Recording): void {
  const store = new FolderStore(join(folder, name));
  const ancestry = of.parent && {
    directory: `../${of.parent}`,
    label: of.parent,
    createdAt: of.parentCreatedAt!,
    networkHash: "0",
    timeMs: startMs,
    changes: {},
    scalingOn: false,
    deletedCells: [...(of.deleted ?? [])],
  };
  const writer = RunWriter.create(
    store,
    { ...description, label: name, createdAt, ...(ancestry && { ancestry }) },
    smallNetwork,
  );
  const { timesMs, cells } = randomSpikes(25_000, 6);
  const first = timesMs.findIndex((timeMs) => timeMs >= startMs);
  const end = timesMs.findIndex((timeMs) => timeMs >= 20_000);
  writer.appendSpikes(timesMs.slice(first, end), cells.slice(first, end), end - first);
  for (let timeMs = Math.ceil(startMs / 1000) * 1000; timeMs <= 20_000; timeMs += 1000) {
    writer.appendSample(timeMs, sampleOf(6, 1 + timeMs));
  }
  const cell = (of.deleted ?? []).length;
  writer.recordEvent({
    kind: "deletion",
    timeMs: startMs + 1000,
    cells: [cell],
    scaleFactors: [1],
    livingCount: 5 - cell,
  });
  writer.finish("complete", progressAt(20_000));
  store.close();
}

const created = (minute: number) => `2024-05-06T07:0${minute}:00.000Z`;
record("first", { createdAt: created(1) });
record("second", {
  createdAt: created(2),
  startMs: 8_000,
  parent: "first",
  parentCreatedAt: created(1),
  deleted: [0],
});
record("third", {
  createdAt: created(3),
  startMs: 14_500,
  parent: "second",
  parentCreatedAt: created(2),
  deleted: [0, 1],
});

const all = { startMs: 0, endMs: 20_000 };
const whole = openHistory(join(folder, "first"));
const third = openHistory(join(folder, "third"));
const timesOf = (history: typeof whole, shown = all) =>
  [...history.spikeBlocks(shown)].flatMap(({ timesMs }) => [...timesMs]);

describe("the history of a branch of a branch", () => {
  it("goes back to the beginning", () => {
    expect(third.interval).toEqual(all);
    expect(third.branchMs).toBe(14_500);
    expect(third.pastLabels).toEqual(["first", "second"]);
    expect(whole.branchMs).toBeUndefined();
  });

  it("has every spike and every sample once", () => {
    expect(timesOf(third)).toEqual(timesOf(whole));
    expect(timesOf(third, { startMs: 7_500, endMs: 15_000 })).toEqual(
      timesOf(whole, { startMs: 7_500, endMs: 15_000 }),
    );
    expect([...third.states(all)]).toEqual([...whole.states(all)]);
    const some = Array.from(third.states({ startMs: 3000, endMs: 17_000 }, 5));
    expect(some.map(({ timeMs }) => timeMs)).toEqual([3000, 8000, 13_000]);
  });

  it("knows when the cells died that its parents deleted", () => {
    expect([...third.deathTimesMs()].slice(0, 4)).toEqual([1000, 9000, 15_500, Infinity]);
    expect(third.events().map(({ timeMs }) => timeMs)).toEqual([1000, 9000, 15_500]);
  });

  it("is drawn with the past in grey", () => {
    const [run] = openDrawnRuns([join(folder, "third")]);
    for (const kind of ["raster", "rates", "activity", "scale"] as const) {
      const { caption, tables } = runFigure([run!], { kind });
      expect(caption).toContain("Grey: the past, before it branched off at 14.5 s.");
      expect(caption).toContain("past (first, second) 0 to 14.5 s");
      const column = (name: string) => tables[0]!.columns.find((one) => one.name === name);
      const times = column("time_ms") ?? column("start_ms");
      expect([...column("is_past")!.values]).toEqual(
        [...times!.values].map((timeMs) => +(timeMs < 14_500)),
      );
    }
    const { tables } = runFigure([run!], { kind: "power", segmentMs: 4000 });
    const names = tables[0]!.columns.map(({ name }) => name);
    expect(names.filter((name) => /^excitatory_from_\d+_ms_per_hz$/.test(name))).toEqual(
      [0, 4000, 8000, 14_500].map((startMs) => `excitatory_from_${startMs}_ms_per_hz`),
    );
  });

  it("is not drawn twice beside its parent", () => {
    const runs = openDrawnRuns([join(folder, "third"), join(folder, "second")]);
    expect(runs.map(({ history }) => history.branchMs)).toEqual([undefined, 8000]);
  });
});

describe("a history whose beginning is gone", () => {
  it("begins where the records do, and says so", () => {
    renameSync(join(folder, "first"), join(folder, "elsewhere"));
    const notes: string[] = [];
    const history = openHistory(join(folder, "third"), (text) => notes.push(text));
    expect(history.interval).toEqual({ startMs: 8_000, endMs: 20_000 });
    expect(notes.join()).toMatch(/second is a branch of first, .* there is no run/);
    record("first", { createdAt: created(9) });
    openHistory(join(folder, "third"), (text) => notes.push(text));
    expect(notes[1]).toMatch(/another run is there now/);
  });
});
