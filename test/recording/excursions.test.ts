import { describe, expect, test } from "vitest";
import type { CellSample } from "../../src/recording/cell-sample.ts";
import { ExcursionLog, excursionTexts, noExcursions } from "../../src/recording/excursions.ts";
import { readManifest, writeManifest } from "../../src/recording/manifest-file.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { description, progressAt, smallNetwork } from "./small-run.ts";

const { NaN: none } = Number;

/** Scale factors of the six cells; their rates are usual. */
function sample(scaleFactor: readonly number[], changes: Partial<CellSample> = {}): CellSample {
  return {
    sensedRateKhz: new Float64Array(6),
    targetRateKhz: new Float64Array(6).fill(-1),
    scaleFactor: Float64Array.from(scaleFactor),
    alive: new Uint8Array(6).fill(1),
    ...changes,
  };
}

/** Records a run in which cells leave the range one after the other. */
function recorded(store: MemoryStore): RunWriter {
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSample(1000, sample([1, 0.01, 100, 1, 1, 1]));
  writer.appendSample(2000, sample([1, 0.009, 100.1, 1, 1, 1]));
  writer.appendGains(2000, Float64Array.of(1, none, 1, Infinity));
  // Cell 5 is dead, and 1 comes back.
  const alive = Uint8Array.of(1, 1, 1, 1, 1, 0);
  const sensedRateKhz = Float64Array.of(0, 0, 0, Infinity, 0, 0);
  writer.appendSample(3000, sample([1, 1, Infinity, 1, 1, none], { alive, sensedRateKhz }));
  writer.recordEvent({
    kind: "deletion",
    timeMs: 3500,
    cells: [4],
    scaleFactors: [none],
    livingCount: 5,
  });
  return writer;
}

const expected = {
  scaleFactorRange: { least: 0.01, most: 100 },
  outsideRange: [
    { timeMs: 2000, cells: [1, 2] },
    { timeMs: 3500, cells: [4] },
  ],
  notFinite: [
    { timeMs: 3000, cells: [2, 3] },
    { timeMs: 3500, cells: [4] },
  ],
  gainsNotFinite: { timeMs: 2000, synapses: 2 },
};

describe("what left its range", () => {
  test("is in the manifest, from the first time that it was recorded", () => {
    const store = new MemoryStore();
    const writer = recorded(store);
    writer.finish("interrupted", progressAt(4000));
    expect(readManifest(store).excursions).toEqual(expected);
    expect(new RunReader(store).excursions()).toEqual(expected);
    expect(new RunReader(store).excursions(2500)).toEqual({
      ...expected,
      outsideRange: expected.outsideRange.slice(0, 1),
      notFinite: [],
    });
  });

  test("is known across an interruption, and the state at the very end counts", () => {
    const store = new MemoryStore();
    const { position } = recorded(store);
    const writer = RunWriter.resume(store, position, {
      ...readManifest(store),
      excursions: expected,
    });
    writer.noteState(5000, sample([200, 1, 1, 1, 1, 1]));
    writer.finish("complete", progressAt(5000));
    const atEnd = { timeMs: 5000, cells: [0] };
    const { outsideRange } = new RunReader(store).excursions();
    expect(outsideRange).toEqual([...expected.outsideRange, atEnd]);
  });

  test("is found in the record of a run whose manifest does not say", () => {
    const store = new MemoryStore();
    recorded(store).finish("complete", progressAt(4000));
    const { excursions: _, ...old } = readManifest(store);
    writeManifest(store, old);
    expect(new RunReader(store).excursions()).toEqual(expected);
    const resumed = RunWriter.resume(store, recorded(new MemoryStore()).position, old);
    resumed.finish("complete", progressAt(4000));
    // What is not known from the beginning on is not told.
    expect(readManifest(store).excursions).toBeUndefined();
  });

  test("is nothing in a run that keeps to the range", () => {
    const log = new ExcursionLog();
    log.addSample(0, sample([0.01, 100, 1, 1, 1, 1]));
    log.addGains(0, Float64Array.of(0, 1e300));
    expect(log.excursions).toEqual(noExcursions);
    expect(excursionTexts(log.excursions, 6)).toEqual([]);
  });

  test("is told to people in sentences with ranges of cells", () => {
    expect(excursionTexts(expected, 6)).toEqual([
      "Scale factors outside 0.01 to 100 from 2 s on: 3 of 6 cells (1–2, 4).",
      "Scale factors or rates not finite from 3 s on: 3 of 6 cells (2–4).",
      "Plastic gains not finite from 2 s on: 2 synapses.",
    ]);
    const many = [{ timeMs: 500, cells: [0, 2, 4, 6, 8, 10, 12] }];
    const [text] = excursionTexts({ ...noExcursions, outsideRange: many }, 470);
    expect(text).toContain("7 of 470 cells (0, 2, 4, 6, 8, 10, …)");
  });
});

test("events keep scale factors that JSON lacks; what earlier programs wrote for them is not a number", async () => {
  const { decodeEvent, encodeEvent } = await import("../../src/recording/run-event.ts");
  const scaleFactors = [Infinity, -Infinity, none, 1.5];
  const event = {
    kind: "deletion",
    timeMs: 1,
    cells: [0, 1, 2, 3],
    scaleFactors,
    livingCount: 2,
  } as const;
  expect(decodeEvent(encodeEvent(event), 6)).toEqual(event);
  const old = new TextEncoder().encode(JSON.stringify(event));
  expect(decodeEvent(old, 6)).toMatchObject({ scaleFactors: [none, none, none, 1.5] });
});

test("events keep a growth factor of 0/0, as before anything arrived", async () => {
  const { decodeEvent, encodeEvent } = await import("../../src/recording/run-event.ts");
  const event = {
    ...({ kind: "intervention", timeMs: 0, what: "growth", phase: "done" } as const),
    detail: { factor: none },
  };
  expect(decodeEvent(encodeEvent(event), 6)).toEqual(event);
});
