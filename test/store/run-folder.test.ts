import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { StorageError } from "../../src/store/errors.ts";
import { temporaryPath } from "../../src/store/replacement.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { testRecord } from "../recording/record-conformance.ts";
import { testStore } from "../recording/store-conformance.ts";

const made: string[] = [];
const stores: FolderStore[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-"));
  made.push(folder);
  return folder;
}

function createStore(directory = join(temporaryFolder(), "runs", "one")): FolderStore {
  const store = new FolderStore(directory);
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

testStore(createStore);
testRecord(createStore);

test("bytes are read into memory that is lent", () => {
  const store = createStore();
  store.append("a.bin", Uint8Array.of(1, 2, 3));
  const room = new Uint8Array(2);
  expect(store.read("a.bin", 1, 2, room).buffer).toBe(room.buffer);
  expect(room).toEqual(Uint8Array.of(2, 3));
  expect(store.read("a.bin", 0, 3, room).buffer).not.toBe(room.buffer);
});

test("a directory comes into being with its first file", () => {
  const folder = temporaryFolder();
  const store = createStore(join(folder, "runs", "one"));
  expect(store.size("a.bin")).toBeUndefined();
  expect(store.list("spikes")).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
  store.append("spikes/a.bin", Uint8Array.of(1));
  expect(readdirSync(join(folder, "runs", "one"))).toEqual(["spikes"]);
});

test("replacing leaves no temporary file, and ignores one that a crash left", () => {
  const store = createStore();
  store.replace("a/m.json", Uint8Array.of(1));
  const left = temporaryPath(join(store.directory, "a")).replace(/-\d+-/, "-1073741824-");
  writeFileSync(left, "half a manif");
  expect(store.list("a")).toEqual(["m.json"]);
  store.replace("a/m.json", Uint8Array.of(2));
  expect(readdirSync(join(store.directory, "a"))).toEqual(["m.json"]);
});

test("a replacement that fails leaves the old contents and no temporary file", () => {
  const store = createStore();
  // A folder cannot be replaced by a file.
  mkdirSync(join(store.directory, "m.json", "inside"), { recursive: true });
  expect(() => store.replace("m.json", Uint8Array.of(1))).toThrow(StorageError);
  expect(readdirSync(store.directory)).toEqual(["m.json"]);
});

test("an error says what could not be done with which file, and why", () => {
  const store = createStore();
  mkdirSync(join(store.directory, "a.bin"), { recursive: true });
  const append = () => store.append("a.bin", Uint8Array.of(1));
  expect(append).toThrow(StorageError);
  expect(append).toThrow(/^Cannot write to a\.bin in .*one: .*a directory/);
});

test("two stores see each other's files", () => {
  const writing = createStore();
  const reading = createStore(writing.directory);
  writing.append("a.bin", Uint8Array.of(1));
  expect(reading.read("a.bin")).toEqual(Uint8Array.of(1));
  writing.append("a.bin", Uint8Array.of(2));
  expect(reading.read("a.bin")).toEqual(Uint8Array.of(1, 2));
  writing.replace("a.bin", Uint8Array.of(3));
  expect(reading.read("a.bin")).toEqual(Uint8Array.of(3));
});
