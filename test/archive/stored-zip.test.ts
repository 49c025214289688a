import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeZip, predictLength } from "client-zip";
import { afterAll, describe, expect, it } from "vitest";
import { storedZip, storedZipBytes, type ZipEntry } from "../../src/archive/stored-zip.ts";
import { pythonWith, runPython } from "../export/python.ts";

const bytesOf = async (archive: ReadableStream) => Buffer.from(await new Response(archive).bytes());

const modified = new Date(2026, 10, 30, 23, 59, 59);

const entry = (name: string, ...texts: string[]): ZipEntry => ({
  name,
  modified,
  pieces: texts.map((text) => new TextEncoder().encode(text)),
});

describe("a stored zip archive", () => {
  it("has the bytes that another program's has, and as many as foretold", async () => {
    const entries = [entry("a/größe.txt", "some", "", " text"), entry("empty"), entry("b", "b")];
    const bytes = await bytesOf(storedZip(entries));
    const others = entries.map(({ name, pieces }) => ({
      name,
      lastModified: modified,
      input: Buffer.concat([...(pieces as Uint8Array[])]),
    }));
    expect(bytes).toEqual(await bytesOf(makeZip(others)));
    expect(storedZipBytes(others.map(({ name, input }) => ({ name, bytes: input.length })))).toBe(
      bytes.length,
    );
  });

  it.each([[[2 ** 32 - 2, 5]], [[2 ** 32 - 1, 5]], [[3, 2 ** 33, 5]], [[2 ** 31, 2 ** 31, 1, 7]]])(
    "of files of %o bytes is as long as another program's",
    (sizes) => {
      const files = sizes.map((bytes, k) => ({ name: `file ${k}`, bytes, size: bytes }));
      expect(storedZipBytes(files)).toBe(Number(predictLength(files)));
    },
  );

  it("reads a file when its turn comes, and ends with what one throws", async () => {
    const read: string[] = [];
    function* pieces(name: string) {
      read.push(name);
      yield new TextEncoder().encode(name);
      if (name === "second") throw new Error("It is damaged.");
    }
    const names = ["first", "second", "third"];
    const archive = storedZip(names.map((name) => ({ name, modified, pieces: pieces(name) })));
    expect(read).toEqual([]);
    await expect(bytesOf(archive)).rejects.toThrow("It is damaged.");
    expect(read).toEqual(["first", "second"]);
  });
});

const python = pythonWith("zipfile");

describe.skipIf(!python)("an archive of more than 4 GiB", () => {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-zip-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is read by Python", async () => {
    const zeros = new Uint8Array(2 ** 26);
    const long = { name: "long", modified, pieces: new Array<Uint8Array>(64).fill(zeros) };
    const path = join(folder, "long.zip");
    const file = openSync(path, "w");
    let at = 0;
    for await (const piece of storedZip([entry("a", "first"), long, entry("b", "last")])) {
      // Zeros need not be written.
      if (piece !== zeros) writeSync(file, piece, 0, piece.length, at);
      at += piece.length;
    }
    closeSync(file);
    const code =
      "import sys, zipfile\n" +
      "with zipfile.ZipFile(sys.argv[1]) as z:\n" +
      "  print([(i.filename, i.file_size, '%08x' % i.CRC, i.date_time) for i in z.infolist()], z.read('a'), z.read('b'))\n";
    const date = "(2026, 11, 30, 23, 59, 58)";
    expect(runPython(python!, code, path).trim()).toBe(
      `[('a', 5, '9271ee57', ${date}), ('long', 4294967296, 'd202ef8d', ${date}), ('b', 4, '4adba9a0', ${date})] b'first' b'last'`,
    );
  });
});
