import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";

const folder = new URL("../reference/training-with-scaling-20s/", import.meta.url);

function tableRows(name: string): string[][] {
  const bytes = readFileSync(new URL(name, folder));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
}

describe("the network of the original's first training run", () => {
  const network = buildNetwork(resolveParameters({ protocol: "training" }));

  it("has the original's cells at the original's places", () => {
    const rows = tableRows("positions.tsv");
    expect(network.cellCount).toBe(rows.length);
    for (const [cell, population, x, y, z] of rows) {
      const index = Number(cell);
      expect(network.populations[network.populationOfCell[index]!]!.name).toBe(population);
      expect(Math.abs(network.xUm[index]! - Number(x))).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(network.yUm[index]! - Number(y))).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(network.zUm[index]! - Number(z))).toBeLessThanOrEqual(1e-12);
    }
  });

  it("has the original's synapses in the original's order", () => {
    const rows = tableRows("network.tsv.gz");
    expect(network.synapseCount).toBe(11_699);
    expect(rows.length).toBe(network.synapseCount);
    let worstDelayMs = 0;
    let worstWeight = 0;
    rows.forEach(([pre, post, delayMs, distal, fast, slow], synapse) => {
      const cell = Number(pre);
      expect(synapse).toBeGreaterThanOrEqual(network.firstSynapse[cell]!);
      expect(synapse).toBeLessThan(network.firstSynapse[cell + 1]!);
      expect(network.postsynaptic[synapse]).toBe(Number(post));
      expect(network.distal[synapse]).toBe(Number(distal));
      worstDelayMs = Math.max(worstDelayMs, Math.abs(network.delayMs[synapse]! - Number(delayMs)));
      worstWeight = Math.max(
        worstWeight,
        relativeDifference(network.fastWeightMv[synapse]!, Number(fast)),
        relativeDifference(network.slowWeightMv[synapse]!, Number(slow)),
      );
    });
    expect(worstDelayMs).toBeLessThanOrEqual(1e-12);
    expect(worstWeight).toBeLessThanOrEqual(1e-12);
  });
});

function relativeDifference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
