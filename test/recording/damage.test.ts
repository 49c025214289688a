import { describe, expect, test } from "vitest";
import { BlockFileReader } from "../../src/recording/block-file.ts";
import { DamagedFileError, FormatVersionError } from "../../src/recording/errors.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { binaryFilesOf, fileKinds, runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { filesIn } from "./files-in.ts";
import { recordSmallRun, smallSpikes } from "./small-run.ts";

/** Those of one column, with potentials. */
const files = binaryFilesOf({ potentials: {} });
const paths = files.map((file) => runFiles[file]);
const growing = [
  runFiles.spikes,
  runFiles.samples,
  runFiles.gains,
  runFiles.events,
  runFiles.potentials,
];

function recorded(): MemoryStore {
  const store = new MemoryStore();
  recordSmallRun(store);
  return store;
}

function damageOf(action: () => unknown): DamagedFileError {
  try {
    action();
  } catch (error) {
    if (error instanceof DamagedFileError) return error;
    throw error;
  }
  throw new Error("no damage was noticed");
}

/** Reads all that a run holds. */
function readAll(store: MemoryStore): void {
  const reader = new RunReader(store);
  reader.spikes();
  reader.samples();
  reader.gainTimesMs.forEach((_, index) => {
    reader.gains(index);
  });
  reader.potentials?.readings();
  reader.events();
  reader.positions();
  reader.synapses();
}

/** Offsets all over a file: every one of the first 64, then some hundred, and the last. */
function offsets(size: number): number[] {
  const step = Math.max(7, Math.floor(size / 100));
  const all = Array.from({ length: size }, (_, at) => at);
  return all.filter((at) => at < 64 || at % step === 0 || at === size - 1);
}

describe.each(files)("%s", (file) => {
  const path = runFiles[file];

  test("with any bit flipped is refused by name, at the block that has it", () => {
    const store = recorded();
    const bytes = store.read(path);
    const starts = new BlockFileReader(store, path, fileKinds[file]).blocks.map(
      ({ offset }) => offset,
    );
    for (const at of offsets(bytes.length)) {
      const changed = bytes.slice();
      changed[at] = changed[at]! ^ (1 << (at % 8));
      store.replace(path, changed);
      if (at >= 12 && at < 16) {
        expect(() => readAll(store)).toThrow(FormatVersionError);
        continue;
      }
      const block = starts.filter((start) => start <= at).at(-1) ?? 0;
      expect(damageOf(() => readAll(store))).toMatchObject({ path, offset: block });
      const found = new RunReader(store, "cut").verify();
      expect(found).toMatchObject([{ path, offset: block }]);
    }
  });

  test("that is missing is refused by name", () => {
    const store = recorded();
    const copy = new MemoryStore();
    for (const other of filesIn(store)) {
      if (other !== path) copy.replace(other, store.read(other));
    }
    expect(damageOf(() => readAll(copy))).toMatchObject({ path, reason: "the file is missing" });
  });
});

describe.each(growing)("%s", (path) => {
  test("that ends anywhere before its end is refused, unless what is left is asked for", () => {
    const store = recorded();
    const bytes = store.read(path);
    for (const length of offsets(bytes.length)) {
      store.replace(path, bytes.subarray(0, length));
      expect(damageOf(() => new RunReader(store)).path).toBe(path);
      expect(new RunReader(store, "cut").damage).toMatchObject([{ path }]);
    }
  });
});

describe("of a cut file of spikes", () => {
  const store = recorded();
  const { blocks } = new BlockFileReader(store, runFiles.spikes, "spikes");
  const third = blocks[2]!.offset;

  test.each([
    ["in a payload", third + 1000, third, "the last block is incomplete"],
    ["in a header", third + 20, third, "the last block is incomplete"],
    ["between blocks", third, third, "it contains 16384 spikes, but the manifest states 20000"],
  ])("%s, everything before is read", (_, length, offset, reason) => {
    const cut = recorded();
    cut.truncate(runFiles.spikes, length);
    const reader = new RunReader(cut, "cut");
    expect(reader.damage).toMatchObject([{ path: runFiles.spikes, offset, reason }]);
    expect(reader.spikes().timesMs).toEqual(smallSpikes.timesMs.subarray(0, 16_384));
  });

  test("blocks before a damaged one are read, and its place is in the message", () => {
    const damaged = recorded();
    const bytes = damaged.read(runFiles.spikes);
    bytes[third + 500]! ^= 1;
    damaged.replace(runFiles.spikes, bytes);
    const reader = new RunReader(damaged);
    expect(reader.spikes({ endMs: blocks[2]!.firstMs }).cells).toHaveLength(16_384);
    expect(() => reader.spikes()).toThrow(
      `spikes/spikes.bin is damaged from byte ${third} on: block 2 (spikes) does not match its checksum. ` +
        "All data before that byte are intact.",
    );
  });
});

test.each([runFiles.positions, runFiles.synapses])("%s without its block is noticed", (path) => {
  const store = recorded();
  store.truncate(path, 32);
  expect(new RunReader(store, "cut").verify()).toMatchObject([{ path, offset: 32 }]);
});

test("a file of version 0, which there never was, is noticed", () => {
  const store = recorded();
  const bytes = store.read(runFiles.gains);
  bytes[12]! ^= 2;
  store.replace(runFiles.gains, bytes);
  expect(damageOf(() => new RunReader(store))).toMatchObject({ path: runFiles.gains, offset: 0 });
});

test("a block that is repeated or left out is noticed", () => {
  const store = recorded();
  const bytes = store.read(runFiles.samples);
  const [first, second] = new BlockFileReader(store, runFiles.samples, "sample").blocks;
  const blockAt = (from: number, to?: number) => bytes.subarray(from, to);
  const place = first!.offset;

  store.truncate(runFiles.samples, place);
  store.append(runFiles.samples, blockAt(second!.offset));
  expect(damageOf(() => new RunReader(store))).toMatchObject({
    offset: place,
    reason: "block 1 stands in the place of 0",
  });
  store.truncate(runFiles.samples, place);
  store.append(runFiles.samples, blockAt(place, second!.offset));
  store.append(runFiles.samples, blockAt(place, second!.offset));
  expect(damageOf(() => new RunReader(store)).offset).toBe(second!.offset);
});

test("a file of another kind in a file's place is noticed", () => {
  const store = recorded();
  store.replace(runFiles.positions, store.read(runFiles.synapses));
  expect(damageOf(() => new RunReader(store).positions())).toMatchObject({
    path: runFiles.positions,
    reason: 'it is a file of "synapses", expected "positions"',
  });
});

test("resuming from a position beyond a file's end is refused, and nothing is changed", () => {
  const store = new MemoryStore();
  const { position } = recordSmallRun(store);
  const before = store.read(runFiles.manifest);
  store.truncate(runFiles.gains, 100);
  const sizes = paths.map((path) => store.size(path));
  expect(damageOf(() => RunWriter.resume(store, position))).toMatchObject({
    path: runFiles.gains,
    offset: 94,
  });
  expect(paths.map((path) => store.size(path))).toEqual(sizes);
  expect(store.read(runFiles.manifest)).toEqual(before);
});
