import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { RunLocationError } from "../../src/recording/errors.ts";
import { openRun } from "../../src/runs/opening.ts";
import { recordRun } from "../../src/runs/recorded.ts";

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

it("touches nothing when stopped before it begins", async () => {
  const stopped = { ...observer, signal: AbortSignal.abort() };
  await expect(recordRun(request("first"), stopped)).rejects.toThrow(/abort/);
  expect(existsSync(join(home, "run"))).toBe(false);
  await recordRun(request("first"), observer);
  await expect(recordRun(request("second", true), stopped)).rejects.toThrow(/abort/);
  expect(openRun(join(home, "run")).manifest.label).toBe("first");
});
