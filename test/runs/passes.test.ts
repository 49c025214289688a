import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import { openRun } from "../../src/runs/opening.ts";
import { groupsBeside } from "../../src/runs/passes/groups.ts";
import { passesOver, threadsBeside } from "../../src/runs/passes/thread.ts";
import { recordHyperactivity } from "../cli/hyperactive-record.ts";

const directory = join(mkdtempSync(join(tmpdir(), "isocortex-passes-")), "run");
recordHyperactivity(directory, 300_000);
const history = new RunHistory(openRun(directory));

test.each([{}, { fromMs: 1000 }, { fromMs: 500, toMs: 4000 }])(
  "statistics of %o are the same in one, two and three threads",
  (request) => {
    const alone = runStatistics(history, request);
    for (const threads of [0, 1, 2]) {
      expect(
        runStatistics(
          history,
          request,
          groupsBeside(directory, () => threads),
        ),
      ).toEqual(alone);
    }
  },
);

const groups = [Uint32Array.of(0, 1, 2), Uint32Array.from({ length: 100 }, (_, k) => 300 + k)];
const interval = { startMs: 500, endMs: 3500 };
const spectrograms = groups.map((cells) => ({ cells, interval, options: { segmentMs: 700 } }));
const segments = [500, 1500, 2500].map((startMs) => ({ startMs, endMs: startMs + 1000 }));
const powers = groups.map((cells) => ({ cells, segments, bandHz: 2 }));

test("spectra are the same in one, two and three threads", () => {
  const [alone, ...others] = [0, 1, 2].map((threads) => ({
    spectrogram: passesOver(directory, history, "spectrogram", spectrograms, threads),
    power: passesOver(directory, history, "power", powers, threads),
  }));
  for (const other of others) expect(other).toEqual(alone);
  expect(alone!.spectrogram[1]!.density).toHaveLength(4);
  expect(alone!.power[1]!).toHaveLength(3);
});

test("what a thread cannot read is computed without it, and a warning says why", () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  const missing = `${directory}-missing`;
  const made = runStatistics(
    history,
    {},
    groupsBeside(missing, () => 2),
  );
  expect(made).toEqual(runStatistics(history));
  expect(passesOver(missing, history, "power", powers, 1)).toEqual(
    passesOver(undefined, history, "power", powers),
  );
  const warnings = warn.mock.calls.map(([text]) => String(text));
  expect(warnings).toHaveLength(3);
  for (const text of warnings) expect(text).toContain(`There is no directory ${missing}`);
  warn.mockRestore();
});

test("damage that a thread meets is reported", () => {
  const damaged = new RunHistory(openRun(directory));
  const damage = new DamagedFileError("spikes/spikes.bin", 32, "as in this test");
  damaged.lentSpikeBlocks = () => {
    throw damage;
  };
  const missing = `${directory}-missing`;
  expect(() => passesOver(missing, damaged, "power", powers, 1)).toThrow(damage);
});

test("few spikes need no thread", () => {
  expect(threadsBeside(history)).toBe(0);
});
