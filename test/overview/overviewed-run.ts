import { overviewSteps } from "../../src/overview/building.ts";
import { Overview } from "../../src/overview/reader.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import type { RunStore } from "../../src/recording/run-store.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import {
  description,
  progressAt,
  randomNumbers,
  sampleOf,
  smallNetwork,
} from "../recording/small-run.ts";

/** A record of 400 s of the small network: quiet, then active for 100 s, then quiet again. */
export function eventfulRecord(): MemoryStore {
  const store = new MemoryStore();
  const { potentials: _, ...run } = { ...description, durationMs: 400_000 };
  const writer = RunWriter.create(store, run, smallNetwork);
  const random = randomNumbers(3);
  const timesMs: number[] = [];
  for (let timeMs = 0; timeMs < 400_000; ) {
    const isActive = timeMs > 150_000 && timeMs < 250_000;
    timeMs += random() * (isActive ? 0.6 : 40);
    if (timeMs < 400_000) timesMs.push(timeMs);
  }
  const cells = Uint32Array.from(timesMs, () => Math.floor(6 * random()));
  writer.appendSpikes(Float64Array.from(timesMs), cells, cells.length);
  for (const timeMs of [0, 100_000, 200_000]) writer.appendSample(timeMs, sampleOf(6, timeMs));
  writer.appendGains(0, Float64Array.of(1, 1, 1, 1));
  writer.appendGains(300_000, Float64Array.of(3, 1, 2, 1));
  writer.finish("complete", progressAt(400_000));
  return store;
}

/** The overview of a record, with how many times its file was read. */
export function overviewOf(store: RunStore) {
  const parts = new MemoryStore();
  const file = { bytes: new Uint8Array(0) };
  const write = (at: number, bytes: Uint8Array) => {
    if (at + bytes.length > file.bytes.length) {
      const larger = new Uint8Array(at + bytes.length);
      larger.set(file.bytes);
      file.bytes = larger;
    }
    file.bytes.set(bytes, at);
  };
  const done: number[] = [];
  const steps = overviewSteps(store, new RunReader(store), write);
  for (const part of { [Symbol.iterator]: () => steps }) done.push(part);
  parts.append("overview", file.bytes);
  const overview = new Overview((at, length) => parts.read("overview", at, length));
  return { overview, done, bytes: file.bytes };
}
