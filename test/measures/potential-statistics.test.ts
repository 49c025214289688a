import { expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";
import { statisticsText } from "../../src/terminal/statistics.ts";

it("recorded potentials are summed up by groups, over the range that is asked for", async () => {
  const text = `duration: 3 s\nrecord: { potentials: { cells: ["0-4", I2L], every: 1 ms, from: 1 s } }`;
  const record = await runExperiment(readExperiment(text));
  const statistics = runStatistics(new RunHistory(record), { fromMs: 2000 });
  const { potentialMv } = record.potentials!.readings({ startMs: 2000, endMs: 3000 });
  const cells = record.potentials!.cells.length;
  const values = potentialMv.filter((_, k) => record.potentials!.cells[k % cells]! < 5);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const [excitatory, inhibitory] = statistics.potentials;
  expect(excitatory).toMatchObject({ group: "excitatory", cells: 5, readings: 5000 });
  expect(excitatory!.meanMv).toBeCloseTo(mean, 9);
  expect(excitatory!.standardDeviationMv).toBeCloseTo(Math.sqrt(variance), 9);
  expect(excitatory!.leastMv).toBe(Math.min(...values));
  expect(excitatory!.mostMv).toBe(Math.max(...values));
  expect(excitatory!.aboveThreshold).toBe(values.filter((value) => value > -40).length / 5000);
  expect(inhibitory).toMatchObject({ group: "inhibitory", cells: cells - 5 });
  expect(statisticsText("run", statistics)).toMatch(/membrane potential, mV +mean +SD +range/);
});

it("a run without recorded potentials has no section of them", async () => {
  const record = await runExperiment(readExperiment("duration: 1 s"));
  const statistics = runStatistics(new RunHistory(record));
  expect(statistics.potentials).toEqual([]);
  expect(statisticsText("run", statistics)).not.toContain("membrane");
});
