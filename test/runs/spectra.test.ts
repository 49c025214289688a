import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { openRun } from "../../src/runs/opening.ts";
import { spectraBeside } from "../../src/runs/spectra/thread.ts";
import { recordHyperactivity } from "../cli/hyperactive-record.ts";

const directory = join(mkdtempSync(join(tmpdir(), "isocortex-spectra-")), "run");
recordHyperactivity(directory, 300_000);
const record = openRun(directory);

/** Statistics with spectra of a thread that reads a directory. */
const told = (place: string, request = {}) =>
  runStatistics(new RunHistory(record), request, spectraBeside(place, 0));

test.each([{}, { fromMs: 1000 }, { fromMs: 500, toMs: 4000 }])(
  "statistics of %o are the same with a thread for the spectra",
  (request) => {
    expect(told(directory, request)).toEqual(runStatistics(new RunHistory(record), request));
  },
);

test("what the thread cannot read is computed without it", () => {
  expect(told(`${directory}-missing`)).toEqual(runStatistics(new RunHistory(record)));
});

test("few spikes need no thread", () => {
  const spectra = spectraBeside(`${directory}-missing`);
  const interval = { startMs: 0, endMs: 4000 };
  const counted = spectra(record, [Uint32Array.of(0, 1)], interval, interval);
  for (const spikes of record.spikeBlocks(interval)) counted.add(spikes);
  expect(counted.results()[0]!.segmentCount).toBe(1);
});
