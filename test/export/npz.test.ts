import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it, onTestFinished } from "vitest";
import { npyFile, npyHeader, npyType } from "../../src/export/npy.ts";
import { npzFile } from "../../src/export/npz.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("an .npy file", () => {
  it("has a header of the documented form, then the values, least significant byte first", () => {
    const file = npyFile(Uint16Array.of(1, 0x203));
    expect(text(file.subarray(0, 8))).toBe("\x93NUMPY\x01\x00");
    const length = file[8]! + 256 * file[9]!;
    expect((10 + length) % 64).toBe(0);
    expect(text(file.subarray(10, 10 + length))).toMatch(
      /^\{'descr': '<u2', 'fortran_order': False, 'shape': \(2,\), \} *\n$/,
    );
    expect([...file.subarray(10 + length)]).toEqual([1, 0, 3, 2]);
  });

  it("names types as NumPy does", () => {
    const arrays = [Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array];
    expect(arrays.map((Type) => npyType(new Type(0)))).toEqual([
      "<f8",
      "<f4",
      "<i4",
      "<u4",
      "<u2",
      "|u1",
    ]);
  });

  it("keeps values aligned whatever the shape", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e12 }), { minLength: 1, maxLength: 12 }), (shape) => {
        const header = npyHeader("<f8", shape);
        expect(header.length % 64).toBe(0);
        expect(header.at(-1)).toBe(10);
      }),
    );
  });

  it("refuses a shape of another size", () => {
    expect(() => npyFile(new Uint8Array(5), [2, 3])).toThrow(/\(2, 3\) holds 6 values; got 5/);
  });
});

const archive = {
  "time ms": { values: Float64Array.of(0.1, 1 / 3, Number.NaN, -0, 1e300) },
  cell: { values: Uint32Array.of(0, 4294967295) },
  gains: { values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
  alive: { values: Uint8Array.of(1, 0) },
  none: { values: new Int32Array(0) },
};

describe("an .npz archive", () => {
  it("holds a file for each array, and is the same for the same arrays", () => {
    const file = npzFile(archive);
    expect(file).toEqual(npzFile(archive));
    const entries = unzipSync(file);
    expect(Object.keys(entries)).toEqual(Object.keys(archive).map((name) => `${name}.npy`));
    expect(entries["gains.npy"]).toEqual(npyFile(archive.gains.values, [2, 3]));
  });

  const python = ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", "import numpy"]).status === 0,
  );

  // On a machine without NumPy there is nothing to read it with; CI installs it.
  it.skipIf(!python && !process.env["CI"])("is read by NumPy to the same bits", () => {
    const folder = mkdtempSync(join(tmpdir(), "isocortex-npz-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "a.npz"), npzFile(archive));
    const code =
      "import sys, numpy\n" +
      "with numpy.load(sys.argv[1], allow_pickle=False) as a:\n" +
      "  for k in a.files: print(k, a[k].dtype, a[k].shape, a[k].tobytes().hex(), sep='|')";
    const { stdout, stderr } = spawnSync(python ?? "python3", ["-c", code, join(folder, "a.npz")], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const hex = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString("hex");
    expect(stdout.trimEnd().split("\n")).toEqual([
      `time ms|float64|(5,)|${hex(archive["time ms"].values)}`,
      `cell|uint32|(2,)|${hex(archive.cell.values)}`,
      `gains|float32|(2, 3)|${hex(archive.gains.values)}`,
      `alive|uint8|(2,)|${hex(archive.alive.values)}`,
      "none|int32|(0,)|",
    ]);
  });
});
