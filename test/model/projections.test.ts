import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cellCounts } from "../../src/model/cell-counts.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { type CellClass, populations } from "../../src/model/populations.ts";
import {
  projectionGain,
  projections,
  searchRadiusUm,
  wiredProjections,
} from "../../src/model/projections.ts";

const published = resolveParameters();

function wired(presynaptic: string, postsynaptic: string, overrides: ParameterOverrides = {}) {
  return wiredProjections(resolveParameters(overrides)).find(
    (projection) =>
      projection.presynaptic === presynaptic && projection.postsynaptic === postsynaptic,
  );
}

test("the table has 72 projections in population order", () => {
  expect(projections).toHaveLength(72);
  const order = populations.map(({ name }) => name);
  const ranks = projections.map(
    ({ presynaptic, postsynaptic }) =>
      order.indexOf(presynaptic) * order.length + order.indexOf(postsynaptic),
  );
  expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
});

test.each<[CellClass, CellClass, number]>([
  ["E", "E", 5.45455],
  ["E", "FS", 15],
  ["E", "LTS", 7.5],
  ["FS", "E", 5.45455],
  ["FS", "FS", 5.45455],
  ["FS", "LTS", 5.45455],
  ["LTS", "E", 2.727275],
  ["LTS", "FS", 2.727275],
  ["LTS", "LTS", 5.45455],
])("the gain from %s to %s is %d", (presynaptic, postsynaptic, gain) => {
  expect(projectionGain(published, presynaptic, postsynaptic)).toBe(gain);
});

test("the four gains and connection factors act on their own pathways", () => {
  const changed = {
    gainEE: 1,
    gainEI: 2,
    gainIE: 3,
    gainII: 4,
    weightFactor: 10,
    connectionFactor: 0.5,
    connectionFactorEE: 0.1,
    connectionFactorEI: 0.2,
    connectionFactorIE: 0.3,
    connectionFactorII: 0.4,
  };
  expect(wired("E2", "E2", changed)?.weightMv).toBeCloseTo(7.8, 12);
  expect(wired("E2", "I2", changed)?.weightMv).toBeCloseTo(4.6, 12);
  expect(wired("I2", "E2", changed)?.weightMv).toBeCloseTo(45, 12);
  expect(wired("I2", "I2", changed)?.weightMv).toBeCloseTo(60, 12);
  expect(wired("E2", "E2", changed)?.probability).toBeCloseTo(0.00935, 12);
  expect(wired("E2", "I2", changed)?.probability).toBeCloseTo(0.043, 12);
  expect(wired("I2", "E2", changed)?.probability).toBeCloseTo(0.066, 12);
  expect(wired("I2", "I2", changed)?.probability).toBeCloseTo(0.124, 12);
});

test("a larger column connects more sparsely", () => {
  expect(wired("E2", "E2", { sizeFactor: 3 })?.probability).toBe(0.187 * 0.333333);
});

test("projections without probability or weight are not wired", () => {
  expect(wired("E2", "E2", { gainEE: 0 })).toBeUndefined();
  expect(wired("E2", "E2", { connectionFactorEE: 0 })).toBeUndefined();
  expect(wired("E2", "I2", { gainEE: 0, connectionFactorEE: 0 })).toBeDefined();
  expect(wiredProjections(resolveParameters({ weightFactor: 0 }))).toEqual([]);
});

test("only I→E projections reach across the whole column", () => {
  expect(searchRadiusUm(published, "FS", "E")).toBe(30);
  expect(searchRadiusUm(published, "LTS", "E")).toBe(30);
  expect(searchRadiusUm(published, "E", "E")).toBe(15);
  expect(searchRadiusUm(published, "E", "FS")).toBe(15);
  expect(searchRadiusUm(published, "LTS", "FS")).toBe(15);
});

test("the squared radius of another column has six digits", () => {
  const parameters = resolveParameters({ columnSideUm: 100 / 3 });
  expect(searchRadiusUm(parameters, "FS", "E")).toBe(Math.sqrt(1111.11));
  expect(searchRadiusUm(parameters, "E", "E")).toBe(Math.sqrt(277.778));
});

interface Statistics {
  synapses: number;
  weightSum: number;
  minDelayMs: number;
  maxDelayMs: number;
  distal: Set<string>;
}

/** Statistics of the original's network by projection, from its own record. */
function referenceProjections(): Map<string, Statistics> {
  const path = new URL("../reference/training-with-scaling-20s/network.tsv.gz", import.meta.url);
  const rows = gunzipSync(readFileSync(path)).toString().trim().split("\n").slice(1);
  const names = Object.entries(cellCounts(1)).flatMap(([name, count]) => Array(count).fill(name));
  const found = new Map<string, Statistics>();
  for (const row of rows) {
    const [pre, post, delayText, distal, weightText] = row.split("\t") as [
      string,
      string,
      string,
      string,
      string,
    ];
    const key = `${names[Number(pre)]}→${names[Number(post)]}`;
    const delayMs = Number(delayText);
    const entry = found.get(key) ?? {
      synapses: 0,
      weightSum: 0,
      minDelayMs: delayMs,
      maxDelayMs: delayMs,
      distal: new Set(),
    };
    entry.synapses++;
    entry.weightSum += Number(weightText);
    entry.minDelayMs = Math.min(entry.minDelayMs, delayMs);
    entry.maxDelayMs = Math.max(entry.maxDelayMs, delayMs);
    entry.distal.add(distal);
    found.set(key, entry);
  }
  return found;
}

test("the original's network has these projections, delays, sides and mean weights", () => {
  const reference = referenceProjections();
  const wiredPublished = wiredProjections(published);
  // Two projections are so sparse that the published network may lack them; none is beyond the table.
  const keys = wiredPublished.map((p) => `${p.presynaptic}→${p.postsynaptic}`);
  expect([...reference.keys()].filter((key) => !keys.includes(key))).toEqual([]);
  expect(reference.size).toBeGreaterThanOrEqual(69);
  for (const projection of wiredPublished) {
    const entry = reference.get(`${projection.presynaptic}→${projection.postsynaptic}`);
    if (entry === undefined) continue;
    expect([...entry.distal]).toEqual([projection.location === "distal" ? "1" : "0"]);
    expect(entry.minDelayMs).toBeGreaterThanOrEqual(projection.minDelayMs);
    expect(entry.maxDelayMs).toBeLessThanOrEqual(projection.maxDelayMs);
    // Weights are drawn with a variance of their mean (and cut at 0, which raises small ones a bit).
    const meanMv = entry.weightSum / entry.synapses;
    const standardErrorMv = Math.sqrt(projection.weightMv / entry.synapses);
    const cutBiasMv = projection.weightMv < 4 ? 0.15 : 0;
    expect(Math.abs(meanMv - projection.weightMv)).toBeLessThan(4 * standardErrorMv + cutBiasMv);
  }
});
