import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import type { TimeRange } from "../../src/recording/time-range.ts";
import { recordSmallRun } from "../recording/small-run.ts";

const store = new MemoryStore();
recordSmallRun(store);

/** The small recorded run: 20 000 spikes of 6 cells, two samples, two records of gains. */
export const smallRun = new RunReader(store);

export const smallExcerpt = (range?: TimeRange): RunExcerpt => new RunExcerpt(smallRun, range);

/** An empty folder for all tests of a file. */
export function exportFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-export-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
