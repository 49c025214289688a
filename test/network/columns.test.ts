import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { neighbours } from "../../src/model/column-grid.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { buildNetwork, type Network } from "../../src/network/construction.ts";
import { columnCountOf } from "../../src/network/population-ranges.ts";

const folder = new URL("../reference-columns/", import.meta.url);

/** Rows of a table of the original's, numbers only. */
function tableOf(path: string): number[][] {
  const bytes = readFileSync(new URL(path, folder));
  const text = path.endsWith(".gz") ? gunzipSync(bytes).toString() : bytes.toString();
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t").map(Number));
}

/** By presynaptic cell, then ascending delay. */
const bySourceAndDelay = (rows: number[][]): number[][] =>
  rows.toSorted((a, b) => a[0]! - b[0]! || a[2]! - b[2]!);

function rowsOf(
  synapses: Pick<
    Network,
    "firstSynapse" | "postsynaptic" | "delayMs" | "fastWeightMv" | "slowWeightMv"
  >,
): number[][] {
  const { firstSynapse, postsynaptic, delayMs, fastWeightMv, slowWeightMv } = synapses;
  return Array.from(firstSynapse.subarray(0, -1)).flatMap((first, cell) =>
    Array.from({ length: firstSynapse[cell + 1]! - first }, (_, k) => [
      cell,
      postsynaptic[first + k]!,
      delayMs[first + k]!,
      fastWeightMv[first + k]!,
      slowWeightMv[first + k]!,
    ]),
  );
}

describe.each([
  ["two-columns-10s", "inter-column.tsv.gz", 2, 6605],
  ["four-columns-5s", "inter-column.tsv.gz", 4, 39_648],
] as const)("%s", (run, table, columns, connections) => {
  const { original } = JSON.parse(readFileSync(new URL(`${run}/run.json`, folder), "utf8"));
  const network = buildNetwork(resolveParameters(parseOriginalOverrides(original)));

  it("has the original's synapses between columns, to the bit", () => {
    expect(columnCountOf(network)).toBe(columns);
    const rows = rowsOf(network.interColumn!);
    expect(rows).toHaveLength(connections);
    expect(rows).toEqual(bySourceAndDelay(tableOf(`${run}/${table}`)));
  });

  it("has the original's synapses in every column; random weights are those of the first", () => {
    const rows = rowsOf(network);
    const expected = tableOf(`${run}/network.tsv.gz`);
    const isRandom = ([cell]: number[]) => cell! < network.cellCount / columns;
    expect(rows.filter((row) => !isRandom(row))).toEqual(expected.filter((row) => !isRandom(row)));
    const drawn = expected.filter(isRandom);
    expect(rows.filter(isRandom).map((row) => row.slice(0, 3))).toEqual(
      drawn.map((row) => row.slice(0, 3)),
    );
    // The original's logarithm differs in the last bit.
    for (const [k, [, , , fastMv]] of drawn.entries()) {
      expect(Math.abs(rows[k]![3]! - fastMv!)).toBeLessThanOrEqual(1e-15 * fastMv!);
    }
  });
});

it("randomizes the weights of all columns where that is asked for, those of the first as ever", () => {
  const grid = { columnsX: 2 } as const;
  const first = buildNetwork(resolveParameters(grid));
  const all = buildNetwork(resolveParameters({ ...grid, randomizedColumns: "all" }));
  const own = first.firstSynapse[470]!;
  expect(all.fastWeightMv.subarray(0, own)).toEqual(first.fastWeightMv.subarray(0, own));
  expect(new Set(first.fastWeightMv.subarray(own)).size).toBeLessThan(72);
  expect(new Set(all.fastWeightMv.subarray(own)).size).toBeGreaterThan(10_000);
});

it.each([
  ["a torus", true, [1, 3, 4, 5, 7, 8, 9, 11]],
  ["a sheet", false, [1, 4, 5]],
] as const)("knows the neighbours of a corner of %s of 4 × 3 columns", (_, torus, near) => {
  expect(neighbours(0, { columnsX: 4, columnsY: 3, torus })).toEqual(near);
});
