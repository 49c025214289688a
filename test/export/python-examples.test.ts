import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exportRun } from "../../src/runs/export.ts";
import { sampleOf, smallSpikes } from "../recording/small-run.ts";
import { pythonWith } from "./python.ts";
import { exportFolder, smallExcerpt } from "./recorded-excerpt.ts";

const folder = exportFolder();
const page = readFileSync(new URL("../../docs/export.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code]) => code!);

/** Runs the example that has a text in it, in the folder of the exports; what it prints. */
function outputOf(part: string, module: string): string {
  const code = examples.find((one) => one.includes(part))!;
  const python = pythonWith(module)!;
  const { stdout, stderr } = spawnSync(python, ["-c", code], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
}

beforeAll(async () => {
  for (const [format, name] of [
    ["csv", "spikes.csv"],
    ["npz", "run.npz"],
    ["nwb", "run.nwb"],
    ["sonata", "sonata"],
    ["neuron", "neuron"],
  ] as const) {
    await exportRun(smallExcerpt(), { format, path: join(folder, name) });
  }
});

const spikesOf = (...cells: number[]) =>
  smallSpikes.cells.filter((cell) => cells.includes(cell)).length;

describe("the Python in docs/export.md", () => {
  it.skipIf(!pythonWith("csv"))("reads CSV", () => {
    expect(outputOf("spikes.csv", "csv")).toBe("20000 spikes\n");
  });

  it.skipIf(!pythonWith("numpy"))("reads NPZ", () => {
    const e6 = spikesOf(0, 1, 2);
    expect(outputOf("run.npz", "numpy")).toBe(
      `20000 spikes, ${e6} of them in E6\nSTDP step 0.001\n`,
    );
  });

  it.skipIf(!pythonWith("h5py"))("reads SONATA", () => {
    const output = outputOf("sonata/spikes.h5", "h5py");
    const factors = [...sampleOf(6, 2).scaleFactor];
    const mean = Number(/^20000 spikes; last mean scale factor (.*)\n$/.exec(output)![1]);
    expect(mean).toBeCloseTo(factors.reduce((sum, factor) => sum + factor) / 6, 6);
  });

  it.skipIf(!pythonWith("h5py"))("reads NWB", () => {
    expect(outputOf("of_cell_3", "h5py")).toBe(`${spikesOf(3)} spikes of cell 3 in I6\n`);
  });

  it.skipIf(!pythonWith("numpy"))("reads the original's files", () => {
    expect(outputOf("neuron/.spks", "numpy")).toBe("t20.00 20000 spikes\n");
  });
});
