import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import { RunLocationError } from "../../src/recording/errors.ts";
import { openRun } from "../../src/runs/opening.ts";
import { type RunRequest, recordRun } from "../../src/runs/recorded.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-run-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const parameters = resolveParameters({
  protocol: "training",
  baselineDurationS: 0.2,
  learningDurationS: 0,
  recallDurationS: 0,
});

const request = (label: string, overwrite = false) => ({
  directory: join(home, "run"),
  overwrite,
  preset: null,
  label,
  parameters,
});

const observer = { onReport: () => {}, signal: new AbortController().signal };

it("records a run, and what came of it", async () => {
  const summary = await recordRun(request("first"), observer);
  const record = openRun(summary.directory);
  expect(record.verify()).toEqual([]);
  expect(record.manifest.label).toBe("first");
  expect(summary).toMatchObject({ status: "complete", simulatedMs: 200, livingCells: 470 });
  expect(summary.spikes).toBe(record.spikeCount);
});

it("replaces a run only where that is allowed", async () => {
  await recordRun(request("first"), observer);
  await expect(recordRun(request("second"), observer)).rejects.toThrow(RunLocationError);
  expect(openRun(join(home, "run")).manifest.label).toBe("first");
  await recordRun(request("third", true), observer);
  expect(openRun(join(home, "run")).manifest.label).toBe("third");
});

it.each([
  ["gains after its end", { gainTimesMs: [300] }, /Plastic gains at 0.3 s/],
  ["a checkpoint at no time", { checkpointTimesMs: [Number.NaN] }, /A checkpoint at NaN s/],
  ["potentials of no cell", { cells: [] }, /potentials: cells: .* got none/],
  ["potentials of a cell it has not", { cells: [469, 470] }, /from 0 to 469; got 470/],
  ["potentials of a cell twice", { cells: [3, 3] }, /potentials: cells: .* got 3/],
  ["potentials at no interval", { everyMs: 0 }, /potentials: every: expected at least/],
  ["potentials until before they begin", { fromMs: 100, untilMs: 50 }, /potentials: until:/],
  ["no number of threads", { threads: 1.5 }, /threads = 1.5: expected a whole number/],
  ["overrides alone", { parameters: { sizeFactor: 0.3 } }, InvalidParametersError],
])("refuses to record %s, and keeps the earlier run", async (_, asked, error) => {
  await recordRun(request("first"), observer);
  const potentials = { cells: [0], everyMs: 1, fromMs: 0, untilMs: 200, ...asked };
  const given = { ...request("second", true), ...asked, potentials };
  await expect(recordRun(given as RunRequest, observer)).rejects.toThrow(error);
  expect(openRun(join(home, "run")).manifest.label).toBe("first");
});

it("notes that an entry has fewer living cells than it is to delete", async () => {
  const notes: string[] = [];
  const entries = [
    { at: "50 ms", delete: { cells: "L4", fraction: 0.5 } },
    { id: "rest", at: "100 ms", delete: { cells: "all", fraction: 1 } },
  ];
  const onNote = (text: string) => notes.push(text);
  const { livingCells } = await recordRun({ ...request("run"), entries }, { ...observer, onNote });
  expect(notes).toEqual([
    `rest has no effect from 0.1 s on: 470 cells to delete, ${livingCells} alive.`,
  ]);
});

it("touches nothing when stopped before it begins", async () => {
  const stopped = { ...observer, signal: AbortSignal.abort() };
  await expect(recordRun(request("first"), stopped)).rejects.toThrow(/abort/);
  expect(existsSync(join(home, "run"))).toBe(false);
  await recordRun(request("first"), observer);
  await expect(recordRun(request("second", true), stopped)).rejects.toThrow(/abort/);
  expect(openRun(join(home, "run")).manifest.label).toBe("first");
});
