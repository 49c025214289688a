import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { h5wasm } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidTimelineError, timelineOf } from "../../../src/experiment/definition.ts";
import { npzFile } from "../../../src/export/npz.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import { prepareTrainFiles, readTrainFile } from "../../../src/runs/trains/files.ts";

const folder = mkdtempSync(join(tmpdir(), "isocortex-trains-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

beforeAll(() => prepareTrainFiles("a.h5"));

const timesMs = [0, 2.5, 2.5, 10.125, 1e-3 + 40];
const cells = [7, 0, 300, 7, 469];

function write(name: string, contents: string | Uint8Array): string {
  writeFileSync(path(name), contents);
  return path(name);
}

function writeHdf5(name: string, fill: (file: InstanceType<typeof h5wasm.File>) => void): string {
  const file = new h5wasm.File(path(name), "w");
  fill(file);
  file.close();
  return path(name);
}

const seconds = timesMs.map((timeMs) => timeMs / 1000);

const sonata = (name: string, times: readonly number[], units?: string) =>
  writeHdf5(name, (file) => {
    const group = file.create_group("spikes").create_group("column");
    const data = Float64Array.from(times);
    const timestamps = group.create_dataset({ name: "timestamps", data });
    if (units) timestamps.create_attribute("units", units);
    const data64 = BigUint64Array.from(cells, BigInt);
    group.create_dataset({ name: "node_ids", data: data64 as unknown as Float64Array });
  });

describe("spike trains of a file", () => {
  const rows = timesMs.map((timeMs, k) => [timeMs, cells[k]] as const);

  it.each<[string, () => string]>([
    [
      "CSV as exported",
      () => write("a.csv", ["time_ms,cell", ...rows.map((row) => row.join(","))].join("\n")),
    ],
    [
      "CSV in seconds, in another order, with comments",
      () =>
        write(
          "b.csv",
          `# recorded\r\n"cell"; "time (s)"\r\n\r\n${rows
            .map(([timeMs, cell]) => `${cell}; ${timeMs / 1000}`)
            .toReversed()
            .join("\r\n")}\r\n`,
        ),
    ],
    [
      "NPZ as exported",
      () =>
        write(
          "a.npz",
          npzFile({
            spike_times_ms: { values: Float64Array.from(timesMs) },
            spike_cells: { values: Uint32Array.from(cells) },
            other: { values: Float64Array.of(1) },
          }),
        ),
    ],
    ["SONATA", () => sonata("a.h5", timesMs)],
    ["SONATA in seconds", () => sonata("b.h5", seconds, "s")],
    [
      "NWB",
      () =>
        writeHdf5("a.nwb", (file) => {
          const units = file.create_group("units");
          const order = [0, 7, 300, 469];
          const spikes = order.map((cell) => seconds.filter((_, k) => cells[k] === cell));
          let end = 0;
          const ends = spikes.map(({ length }) => {
            end += length;
            return end;
          });
          units.create_dataset({ name: "spike_times", data: Float64Array.from(spikes.flat()) });
          units.create_dataset({ name: "spike_times_index", data: Uint32Array.from(ends) });
          units.create_dataset({ name: "id", data: Int32Array.from(order) });
        }),
    ],
  ])("%s", (_, file) => {
    const trains = readTrainFile(file());
    expect([...trains.cells]).toEqual([7, 0, 300, 7, 469]);
    trains.timesMs.forEach((timeMs, k) => {
      expect(Math.abs(timeMs - timesMs[k]!)).toBeLessThanOrEqual(1e-12 * timesMs[k]!);
    });
  });

  it.each<[string, () => string, string]>([
    ["not there", () => path("none.csv"), "there is no file"],
    [
      "of another kind",
      () => write("a.txt", ""),
      "expected a .csv, .npz, .h5 (SONATA) or .nwb file",
    ],
    ["empty", () => write("c.csv", ""), "c.csv is empty"],
    ["without spikes", () => write("c.csv", "time_ms,cell\n"), "contains no spikes"],
    ["without a unit", () => write("c.csv", "time,cell\n1,2"), "c.csv:1: expected"],
    ["with a text", () => write("c.csv", "time_ms,cell\n1,2\nx,3"), 'c.csv:3: "x" is not a number'],
    ["with a gap", () => write("c.csv", "time_ms,cell\n\n1,2\n,3"), 'c.csv:4: "" is not a number'],
    [
      "with a long row",
      () => write("c.csv", "time_ms,cell\n1,2,3"),
      "c.csv:2: expected 2 values, found 3",
    ],
    [
      "with a negative time",
      () => write("c.csv", "time_ms,cell\n-1,2"),
      "c.csv:2: -1 ms is not a valid time",
    ],
    [
      "with half a cell",
      () => write("c.csv", "time_ms,cell\n1,2.5"),
      "c.csv:2: 2.5 is not the index of a cell",
    ],
    [
      "with times in two units",
      () => write("c.csv", "time_ms,time_s,cell\n1,2,3"),
      "c.csv:1: expected a header such as time_ms,cell: one column cell, and one time_ms or time_s",
    ],
    ["that is no archive", () => write("c.npz", "abc"), "c.npz is not an intact NumPy archive"],
    [
      "with other arrays",
      () => write("c.npz", npzFile({ a: { values: Float64Array.of(1) } })),
      "c.npz: expected arrays of times and cells",
    ],
    [
      "with arrays of two axes",
      () =>
        write(
          "c.npz",
          npzFile({
            times_s: { values: Float64Array.of(1, 2), shape: [2, 1] },
            cells: { values: Uint32Array.of(1, 2) },
          }),
        ),
      "c.npz, times_s: expected a one-dimensional array",
    ],
    [
      "with more cells than times",
      () =>
        write(
          "c.npz",
          npzFile({
            times_s: { values: Float64Array.of(1) },
            cells: { values: Uint32Array.of(1, 2) },
          }),
        ),
      "has 1 times, but 2 cells",
    ],
    ["that is no HDF5", () => write("c.h5", "abc"), "c.h5 is not an intact HDF5 file"],
    [
      "that is a cut HDF5",
      () => write("d.h5", readFileSync(sonata("c.h5", timesMs)).subarray(0, 100)),
      "d.h5 is not an intact HDF5 file",
    ],
    ["with another unit", () => sonata("c.h5", timesMs, "h"), "times in h: expected ms or s"],
    [
      "without spikes of SONATA or NWB",
      () => writeHdf5("c.nwb", (file) => file.create_group("other")),
      "c.nwb: expected SONATA's",
    ],
  ])("%s is refused", (_, file, message) => {
    expect(() => readTrainFile(file())).toThrow(message);
  });
});

describe("a stimulus from a file", () => {
  const parameters = resolveParameters({ protocol: "training" });
  const entries = (stimulus: object) => [
    { from: "1 s", stimulate: { cells: "all", weight: 1, ...stimulus } },
  ];
  const problem = (stimulus: object) => {
    try {
      timelineOf({ parameters, entries: entries(stimulus) });
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidTimelineError);
      return (error as Error).message;
    }
    return "";
  };

  it("is noted with the checksum of its trains, which it must keep", () => {
    const file = write("d.csv", "time_ms,cell\n1,2");
    const { named } = timelineOf({ parameters, entries: entries({ file }) });
    const { checksum } = named[0]!["stimulate"] as { checksum: string };
    expect(checksum).toMatch(/^[0-9a-f]{16}$/);
    // The same in another format is the same.
    const other = write(
      "d.npz",
      npzFile({
        times_s: { values: Float64Array.of(0.001) },
        cells: { values: Uint32Array.of(2) },
      }),
    );
    expect(problem({ file: other, checksum })).toBe("");
    write("d.csv", "time_ms,cell\n1,3");
    expect(problem({ file, checksum })).toBe("");
    expect(problem({ file, checksum: "0123456789abcdef" })).toContain(
      "contains different spike trains",
    );
  });

  it("that cannot be is refused by name", () => {
    const file = write("e.csv", "time_ms,cell\n1,470");
    expect(problem({ file })).toContain("contains cell 470, but the column has cells 0 to 469");
    expect(problem({ file: path("none.csv") })).toContain("stimulate.file: there is no file");
    expect(problem({ file, rate: 3 })).toContain("rate requires a pattern");
    expect(problem({ file, together: "on" })).toContain("together cannot be combined with file");
    expect(problem({ times: "1 s", checksum: "0123456789abcdef" })).toContain("requires file");
  });
});
