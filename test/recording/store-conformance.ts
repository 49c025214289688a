import { expect, test } from "vitest";
import { MissingFileError, type RunStore } from "../../src/recording/run-store.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

/** What every place for runs must do. */
export function testStore(create: () => RunStore): void {
  test("appended bytes are read back, from anywhere", () => {
    const store = create();
    store.append("a/b.bin", bytes(1, 2, 3));
    store.append("a/b.bin", bytes(4, 5));
    store.append("a/b.bin", bytes());
    expect(store.read("a/b.bin")).toEqual(bytes(1, 2, 3, 4, 5));
    expect(store.read("a/b.bin", 2)).toEqual(bytes(3, 4, 5));
    expect(store.read("a/b.bin", 1, 2)).toEqual(bytes(2, 3));
    expect(store.size("a/b.bin")).toBe(5);
  });

  test("reading beyond the end gives what there is", () => {
    const store = create();
    store.append("a.bin", bytes(1, 2, 3));
    expect(store.read("a.bin", 2, 10)).toEqual(bytes(3));
    expect(store.read("a.bin", 7, 10)).toEqual(bytes());
  });

  test("what is read or written is a copy", () => {
    const store = create();
    const given = bytes(1, 2);
    store.append("a.bin", given);
    store.replace("b.bin", given);
    given[0] = 9;
    store.read("a.bin")[1] = 9;
    expect(store.read("a.bin")).toEqual(bytes(1, 2));
    expect(store.read("b.bin")).toEqual(bytes(1, 2));
  });

  test("bytes are the same in memory that is lent, if they fit in it", () => {
    const store = create();
    store.append("a.bin", bytes(1, 2, 3, 4));
    for (const size of [0, 1, 2, 3, 9]) {
      const room = new Uint8Array(size).fill(7);
      expect(store.read("a.bin", 1, 2, room)).toEqual(bytes(2, 3));
      expect(store.read("a.bin", 3, 2, room)).toEqual(bytes(4));
      expect(store.read("a.bin", 8, 2, room)).toEqual(bytes());
    }
  });

  test("a cut file goes on from where it was cut", () => {
    const store = create();
    store.append("a.bin", bytes(1, 2, 3, 4));
    store.truncate("a.bin", 2);
    expect(store.read("a.bin")).toEqual(bytes(1, 2));
    store.append("a.bin", bytes(7));
    store.truncate("a.bin", 100);
    expect(store.read("a.bin")).toEqual(bytes(1, 2, 7));
  });

  test("a replaced file has the new contents only, and can be appended to", () => {
    const store = create();
    store.append("a/m.json", bytes(1, 2, 3));
    store.replace("a/m.json", bytes(4));
    expect(store.read("a/m.json")).toEqual(bytes(4));
    store.append("a/m.json", bytes(5));
    expect(store.read("a/m.json")).toEqual(bytes(4, 5));
    store.replace("new/m.json", bytes(6));
    expect(store.read("new/m.json")).toEqual(bytes(6));
  });

  test("a folder's files are listed, sorted, without those in folders below", () => {
    const store = create();
    for (const path of ["f/b", "f/a", "f/g/c", "d"]) store.append(path, bytes(1));
    store.replace("f/c", bytes(2));
    expect(store.list("f")).toEqual(["a", "b", "c"]);
    expect(store.list("nothing")).toEqual([]);
  });

  test("a missing file has no size, and no contents to read or cut", () => {
    const store = create();
    expect(store.size("a.bin")).toBeUndefined();
    expect(() => store.read("a.bin")).toThrow(MissingFileError);
    expect(() => store.truncate("a.bin", 0)).toThrow(MissingFileError);
    expect(store.size("a.bin")).toBeUndefined();
  });

  test("syncing changes nothing", () => {
    const store = create();
    store.sync();
    store.append("a/b/c.bin", bytes(1));
    store.sync();
    store.truncate("a/b/c.bin", 0);
    store.append("a/b/c.bin", bytes(2));
    store.sync();
    expect(store.read("a/b/c.bin")).toEqual(bytes(2));
  });
}
