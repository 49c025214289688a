import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readExperiment } from "../../src/index.ts";
import { runSweep } from "../../src/node/sweep.ts";
import { temporaryFolder } from "../cli/command.ts";

it("a sweep with one run that no computer can hold is refused before anything is written", async () => {
  const directory = join(temporaryFolder(), "large");
  const text =
    "preset: baseline-quick\nset: { connectionFactor: 1 }\nvary: { sizeFactor: [1, 500] }";
  await expect(runSweep(text, directory)).rejects.toThrow(/takes [\d.]+ GB of contiguous memory/);
  expect(existsSync(directory)).toBe(false);
});

it("a run that an entry ends at 0 s has no rates, and the sweep is complete", async () => {
  const ended = readExperiment(`
duration: 5 s
parameters: { sizeFactor: 0.25 }
timeline:
  - { id: stop, at: 0 s, end: {} }
`);
  const text = "experiment: ended\nvary: { stop.at: [0 s, 2 s] }";
  const options = { processes: 0, experiments: { ended } };
  const { runs, missing } = await runSweep(text, join(temporaryFolder(), "ended"), options);
  expect(missing).toBe(0);
  const measured = runs.map(({ measures }) => [measures["spikes"], measures["meanRateEHz"]]);
  expect(measured).toEqual([
    [0, null],
    [expect.any(Number), expect.any(Number)],
  ]);
  expect(runs.map(({ measures }) => measures["hyperactivityOnsetS"])).toEqual([null, null]);
});
