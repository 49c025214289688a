import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import {
  description,
  progressAt,
  recordSmallRun,
  sampleOf,
  smallNetwork,
  smallSpikes,
} from "../recording/small-run.ts";

const store = new MemoryStore();
recordSmallRun(store);
const run = new RunExcerpt(new RunReader(store));

/** Header and rows of numbers, read back as any CSV reader would. */
function parsed(chunks: Iterable<string>) {
  const text = [...chunks].join("");
  expect(text.endsWith("\n")).toBe(true);
  const [header, ...lines] = text.slice(0, -1).split("\n");
  return { header, rows: lines.map((line) => line.split(",").map(Number)) };
}

describe("spikes as CSV", () => {
  it("read back to the same bits, in order", () => {
    const { header, rows } = parsed(csvText(run, "spikes"));
    expect(header).toBe("time_ms,cell");
    expect(rows.map(([timeMs]) => timeMs)).toEqual([...smallSpikes.timesMs]);
    expect(rows.map(([, cell]) => cell)).toEqual([...smallSpikes.cells]);
  });

  it("have 17 significant digits, or are whole numbers", () => {
    const times = [...csvText(run, "spikes")].join("").split("\n").slice(1, -1);
    for (const line of times) {
      const digits = line.split(",")[0]!.replace(".", "").replace(/e.*/, "").replace(/^0+/, "");
      expect(line.includes(".") ? digits.length : 17).toBe(17);
    }
  });

  it("come in pieces, so that no run is too long", () => {
    const pieces = [...csvText(run, "spikes")];
    expect(pieces.length).toBe(Math.ceil(smallSpikes.cells.length / 8192));
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(8193 * 32);
  });

  it("read back to the same bits whatever their times", () => {
    const anyTime = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyTime, { maxLength: 20 }), (times) => {
        const timesMs = Float64Array.from(times).sort();
        const durationMs = Math.ceil(Math.max(description.durationMs, ...timesMs));
        const record = new MemoryStore();
        const writer = RunWriter.create(record, { ...description, durationMs }, smallNetwork);
        writer.appendSpikes(timesMs, new Uint32Array(timesMs.length), timesMs.length);
        writer.finish("complete", progressAt(durationMs));
        const { rows } = parsed(csvText(new RunExcerpt(new RunReader(record)), "spikes"));
        expect(rows.map(([timeMs]) => timeMs)).toEqual([...timesMs]);
      }),
    );
  });
});

describe("samples of cells as CSV", () => {
  it("hold every variable of every cell at every time", () => {
    const { header, rows } = parsed(csvText(run, "cells"));
    expect(header).toBe("time_ms,cell,sensed_rate_khz,target_rate_khz,scale_factor,alive");
    const expected = [1, 2].flatMap((k) => {
      const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = sampleOf(6, k);
      return Array.from(alive, (living, cell) => [
        5000 * k,
        cell,
        sensedRateKhz[cell],
        targetRateKhz[cell],
        scaleFactor[cell],
        living,
      ]);
    });
    expect(rows).toEqual(expected);
  });
});

describe("plastic gains as CSV", () => {
  it("hold the synapses of excitatory cells, with their ends", () => {
    const { header, rows } = parsed(csvText(run, "weights"));
    expect(header).toBe("time_ms,presynaptic,postsynaptic,gain");
    expect(rows).toEqual([
      [10_000, 0, 1, 2],
      [10_000, 0, 5, 1.5],
      [10_000, 2, 3, 1.25],
      [20_000, 0, 1, 3],
      [20_000, 0, 5, 1.5],
      [20_000, 2, 3, 1.25],
    ]);
  });
});
