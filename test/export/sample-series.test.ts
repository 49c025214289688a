import { expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { sampleQuantities } from "../../src/export/sample-quantities.ts";
import { sampleSeries } from "../../src/export/sample-series.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { description, progressAt, sampleOf, smallNetwork } from "../recording/small-run.ts";

const COUNT = 12;

/** Samples of which some quantities stay as they are, for a while or for good. */
const samples = Array.from({ length: COUNT }, (_, k) => ({
  ...sampleOf(6, k + 1),
  targetRateKhz: new Float64Array(6).fill(k < 3 ? -1 : 0.005),
  // A zero of either sign is another value.
  scaleFactor: new Float64Array(6).fill([0, -0, 1, 1][k % 4]!),
  alive: new Uint8Array(6).fill(k < 7 ? 1 : 0),
}));

const store = new MemoryStore();
const writer = RunWriter.create(store, description, smallNetwork);
for (const [k, sample] of samples.entries()) writer.appendSample(1000 * (k + 1), sample);
writer.finish("complete", progressAt(20_000));

/** An excerpt, and how many samples were decoded of it. */
function counted() {
  const run = new RunExcerpt(new RunReader(store));
  const read = run.sample.bind(run);
  const count = { decoded: 0 };
  run.sample = (index) => {
    count.decoded++;
    return read(index);
  };
  return { run, count };
}

const rowBytes = 6 * 8;

it.each([
  ["all of the samples", 2 ** 20, COUNT],
  ["a part of them", 5 * rowBytes, undefined],
  ["none of them", 0, 4 * COUNT],
])("series of samples are those of the record with room for %s", (_, mostBytes, decoded) => {
  const { run, count } = counted();
  const quantities = sampleQuantities(run);
  for (const [place, { quantity, rows }] of sampleSeries(run, mostBytes).entries()) {
    expect(quantity).toBe(quantities[place]);
    expect([...rows()]).toEqual(samples.map(quantity.values));
  }
  if (decoded !== undefined) expect(count.decoded).toBe(decoded);
  else expect(count.decoded).toBeGreaterThan(COUNT);
  expect(count.decoded).toBeLessThanOrEqual(4 * COUNT);
  // Progress does not depend on what was kept.
  expect(run.rowsRead).toBe(4 * COUNT * 6);
});

it("values that stay the same take the room of one sample", () => {
  const { run, count } = counted();
  // Scale factors have nine different neighbours here, targets two, states of life two of six bytes.
  for (const { rows } of sampleSeries(run, (9 + 2) * rowBytes + 2 * 6)) for (const _ of rows());
  expect(count.decoded).toBe(COUNT);
});

it("series are read in any order and again", () => {
  const { run } = counted();
  const series = sampleSeries(run, 5 * rowBytes);
  for (const { quantity, rows } of [...series].reverse().concat(series)) {
    expect([...rows()]).toEqual(samples.map(quantity.values));
  }
});
