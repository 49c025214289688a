import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { buildNetwork } from "../../src/network/network.ts";
import { trainingInput } from "../../src/network/training-input.ts";

const folder = new URL("../reference/training-with-scaling-20s/", import.meta.url);

describe("training input", () => {
  it("reaches the cells of the original's run at the same times", () => {
    const { original } = JSON.parse(readFileSync(new URL("run.json", folder), "utf8"));
    const parameters = resolveParameters(parseOriginalOverrides(original));
    const input = trainingInput(parameters, buildNetwork(parameters));
    const rows = gunzipSync(readFileSync(new URL("training-input.tsv.gz", folder)))
      .toString()
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t").map(Number) as [cell: number, timeMs: number])
      .sort(([, a], [, b]) => a - b);
    expect(input.timeMs.length).toBe(rows.length);
    rows.forEach(([cell, timeMs], k) => {
      expect(input.cell[k]).toBe(cell);
      expect(Math.abs(input.timeMs[k]! - timeMs)).toBeLessThanOrEqual(1e-12 * timeMs);
    });
  });

  it("keeps each cell's number of inputs when shuffled, and spreads them over the learning phase", () => {
    const settings = { protocol: "training", baselineDurationS: 1, learningDurationS: 10 } as const;
    const plain = resolveParameters(settings);
    const shuffled = resolveParameters({ ...settings, trainingShuffled: true });
    const network = buildNetwork(plain);
    const before = trainingInput(plain, network);
    const after = trainingInput(shuffled, network);
    expect(Array.from(after.cell).sort()).toEqual(Array.from(before.cell).sort());
    expect(after.timeMs[0]).toBeGreaterThanOrEqual(1000);
    expect(after.timeMs.at(-1)).toBeLessThan(11_000);
    const inVolleys = after.timeMs.filter((timeMs) => timeMs % 125 < 1).length;
    expect(inVolleys).toBeLessThan(0.05 * after.timeMs.length);
  });

  it("is empty without a learning phase", () => {
    const parameters = resolveParameters({ protocol: "training", learningDurationS: 0 });
    expect(trainingInput(parameters, buildNetwork(parameters)).timeMs.length).toBe(0);
  });
});
