import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { segmentsOf } from "../../src/export/original-files.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { exportRun } from "../../src/runs/export.ts";
import {
  description,
  progressAt,
  sampleOf,
  smallNetwork,
  smallSpikes,
} from "../recording/small-run.ts";
import { exportFolder } from "./recorded-excerpt.ts";

const folder = exportFolder();

/** A recorded run of 20 s, or of the part that was reached. */
function recorded(overrides: ParameterOverrides, reachedMs = 20_000): RunExcerpt {
  const store = new MemoryStore();
  const parameters = resolveParameters({ samplingIntervalMs: 5000, ...overrides });
  const writer = RunWriter.create(store, { ...description, parameters }, smallNetwork);
  const { timesMs, cells } = smallSpikes;
  writer.appendSpikes(timesMs, cells, timesMs.filter((timeMs) => timeMs < reachedMs).length);
  for (const k of [1, 2]) writer.appendSample(5000 * k, sampleOf(6, k));
  writer.finish(reachedMs < 20_000 ? "interrupted" : "complete", progressAt(reachedMs));
  return new RunExcerpt(new RunReader(store));
}

const text = (name: string) => readFileSync(join(folder, name), "utf8");

/** The segments that the index lists, read as the original's grvec does. */
function segments() {
  const bytes = readFileSync(join(folder, "spks"));
  return text(".spks")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, kind, step, label, size, place] =
        /^\/\/b(\d) (\S+) (\S+) (\d+) (\d+)$/.exec(line) ?? [];
      expect([kind, step]).toEqual(["9", "-2"]); // doubles, with times of their own
      const [count, offset] = [Number(size), Number(place)];
      const doubles = (from: number) =>
        Array.from({ length: count }, (_, k) => bytes.readDoubleLE(from + 8 * k));
      return { label, timesMs: doubles(offset), cells: doubles(offset + 8 * count) };
    });
}

describe("the original's files", () => {
  beforeAll(async () => {
    const run = recorded({ protocol: "training", bufferIntervalMs: 6000 });
    const files = await exportRun(run, { format: "neuron", path: folder });
    expect(files).toEqual(["spks", ".spks", "aux", "vars"].map((name) => join(folder, name)));
  });

  it("have every spike with its cell, cell 0 included, by the original's flushes", () => {
    const found = segments();
    // 20 s by 6 s leaves 2 s, which come first.
    expect(found.map(({ label }) => label)).toEqual(["t8.00", "t14.00", "t20.00"]);
    expect(found.flatMap(({ timesMs }) => timesMs)).toEqual([...smallSpikes.timesMs]);
    expect(found.flatMap(({ cells }) => cells)).toEqual([...smallSpikes.cells]);
    expect(found[0]!.cells).toContain(0);
    expect(found[1]!.timesMs.every((timeMs) => timeMs >= 8000 && timeMs < 14_000)).toBe(true);
  });

  it("have a block of lines for each sample", () => {
    const lines = text("aux").trimEnd().split("\n");
    expect(lines).toHaveLength(2 * 7);
    expect(lines[7]).toBe("t = 10000.000000");
    const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = sampleOf(6, 2);
    lines.slice(8).forEach((line, cell) => {
      const values = [sensedRateKhz, targetRateKhz, scaleFactor].map((all) =>
        all[cell]!.toFixed(6),
      );
      const type = [8, 8, 8, 9, 9, 11][cell];
      expect(line).toBe([cell, type, ...values, 1 - alive[cell]!].join(","));
    });
  });

  it("have the variables of a training run", () => {
    expect(text("vars")).toBe(
      [
        "# ************* Runtime params *************",
        "buffertime=6000",
        "numcells=6",
        "scaling=1",
        "scalingstart=800000",
        "recording_interval=5000",
        "t_start=5000",
        "activitytau=1.000000e+05",
        "activitybeta=4.000000e-08",
        "activitygamma=1.000000e-10",
        "",
        "# Cell ID, cell type, activity sensor, target activity, scaling factor, is-dead",
        "# Recorded every 5000 ms",
        "",
      ].join("\n"),
    );
  });

  it("have those of a deletion run", async () => {
    const path = join(folder, "deletion");
    const run = recorded({ protocol: "deletion", deletionStepCells: 3, scaling: false });
    await exportRun(run, { format: "neuron", path });
    const variables = readFileSync(join(path, "vars"), "utf8").split("\n").slice(1, 16);
    expect(variables).toEqual([
      "buffertime=800000",
      "numcells=6",
      "scaling=0",
      "scalingstart=800000",
      "scaleexternal=1",
      "scaleexternalrate=0.250000",
      "randomdelete=1",
      "deletionstep=3",
      "segmentlength=800000",
      "infotriallength=80000",
      "recording_interval=5000",
      "t_start=5000",
      "activitytau=1.000000e+05",
      "activitybeta=4.000000e-08",
      "activitygamma=1.000000e-10",
    ]);
  });
});

describe("segments", () => {
  const endsOf = (run: RunExcerpt) => segmentsOf(run).map(({ endMs }) => endMs);

  it("end where the original flushes, the last with the run", () => {
    expect(endsOf(recorded({ bufferIntervalMs: 5000 }))).toEqual([5000, 10_000, 15_000, Infinity]);
    expect(endsOf(recorded({ bufferIntervalMs: 6000 }))).toEqual([8000, 14_000, Infinity]);
  });

  it("are one where the original would not have flushed yet", () => {
    expect(endsOf(recorded({ bufferIntervalMs: 800_000 }))).toEqual([Infinity]);
    expect(endsOf(recorded({ bufferIntervalMs: 6000 }, 12_000))).toEqual([8000, Infinity]);
  });
});

it("refuses segments that would not end, with their number", () => {
  expect(() =>
    segmentsOf(recorded({ bufferIntervalMs: 1e-13, deletionIntervalMs: 800_000 })),
  ).toThrow(/2\.00e\+17 segments/);
});
