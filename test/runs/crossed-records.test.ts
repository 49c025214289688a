import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { checkpointFiles } from "../../src/recording/checkpoint-files.ts";
import { DamagedFileError, ForeignFileError } from "../../src/recording/errors.ts";
import { readManifest } from "../../src/recording/manifest-file.ts";
import { binaryFiles, growingFiles, runFiles, trainsPath } from "../../src/recording/run-files.ts";
import { readTrains, recordedChecksums } from "../../src/recording/train-files.ts";
import { finishRun } from "../../src/runs/finished.ts";
import { openRun } from "../../src/runs/opening.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { provideTrains } from "../../src/timeline/spike-trains.ts";
import { expectSameRecord, sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";
import { errorOf, resumed, runReaders } from "./run-readers.ts";

const home = sharedFolder();
const directory = join(home, "crossed");
const observer = { onReport: () => {}, signal: new AbortController().signal };

const recordFiles = Object.values(runFiles);

/** Of spike trains from a file, two of a cell. */
const trains = { timesMs: Float64Array.of(10, 20), cells: Uint32Array.of(1, 1) };

const request = (name: string, untilMs?: number, changes: ParameterOverrides = {}) => ({
  directory: join(home, name),
  overwrite: false,
  preset: null,
  label: name,
  parameters: resolveParameters({ ...everything, columnsX: 2, ...changes }),
  potentials: { cells: [1, 2, 3], everyMs: 10, fromMs: 0, untilMs: 900 },
  entries: [
    {
      from: "0 s",
      stimulate: { cells: "all", weight: "1 mV", checksum: provideTrains(trains), file: "a.csv" },
    },
  ],
  untilMs,
});

/** Where runs are, by how they ended, and others of the same network that ended alike. */
const kinds = {
  complete: { own: "complete", other: "other-complete", untilMs: undefined },
  interrupted: { own: "interrupted", other: "other-interrupted", untilMs: 600 },
} as const;

beforeAll(async () => {
  for (const { own, other, untilMs } of Object.values(kinds)) {
    await finishRun(request(own, untilMs), observer);
    await finishRun(request(other, untilMs, { plasticIncrementEE: 0.2 }), observer);
  }
});

describe.each(Object.entries(kinds))("in a run that is %s", (_, { own, other, untilMs }) => {
  it.each(recordFiles)(
    "another run's %s is named by every reader, and made again by resume",
    async (file) => {
      rmSync(directory, { recursive: true, force: true });
      cpSync(join(home, own), directory, { recursive: true });
      cpSync(join(home, other, file), join(directory, file));
      for (const [name, read] of Object.entries(runReaders)) {
        // It reads the manifest, and compares it with the others' identities.
        if (name === "show" && file !== "manifest.json") continue;
        const error = await errorOf(() => read(directory));
        expect(error, name).toBeInstanceOf(ForeignFileError);
        expect((error as ForeignFileError).path, name).toBe(file);
      }
      const notes: string[] = [];
      await resumed(directory, untilMs, notes);
      expect(notes[0]).toMatch(file);
      expectSameRecord(home, "crossed", own);
    },
  );

  it.each(binaryFiles)(
    "its own file of something else in the place of that of %s is named",
    async (name) => {
      for (const from of binaryFiles) {
        if (from === name) continue;
        rmSync(directory, { recursive: true, force: true });
        cpSync(join(home, own), directory, { recursive: true });
        cpSync(join(home, own, runFiles[from]), join(directory, runFiles[name]));
        expect(await errorOf(() => openRun(directory))).toMatchObject({ path: runFiles[name] });
      }
    },
  );

  it("another run's checkpoint, or its own under another time's name, is not taken up", async () => {
    const store = new FolderStore(join(home, own));
    const [newest, second] = checkpointFiles(store);
    const crossings = [
      join(home, other, newest!.path),
      join(home, own, second?.path ?? newest!.path),
    ];
    for (const from of crossings) {
      rmSync(directory, { recursive: true, force: true });
      cpSync(join(home, own), directory, { recursive: true });
      cpSync(from, join(directory, newest!.path));
      // Without it, there is nothing to be made good.
      const spikes = join(directory, runFiles.spikes);
      writeFileSync(spikes, readFileSync(spikes).subarray(0, -1));
      await resumed(directory, untilMs);
      expectSameRecord(home, "crossed", own);
    }
  });

  it("blocks of another run's file do not fit into its own", async () => {
    for (const name of growingFiles) {
      rmSync(directory, { recursive: true, force: true });
      cpSync(join(home, own), directory, { recursive: true });
      const header = readFileSync(join(home, own, runFiles[name])).subarray(0, 32);
      const blocks = readFileSync(join(home, other, runFiles[name])).subarray(32);
      writeFileSync(join(directory, runFiles[name]), Buffer.concat([header, blocks]));
      const error = await errorOf(() => openRun(directory));
      expect(error, name).toBeInstanceOf(DamagedFileError);
      expect(error).toMatchObject({ path: runFiles[name], offset: 32 });
    }
  });

  it("another run's copy of the same spike trains is named", () => {
    rmSync(directory, { recursive: true, force: true });
    cpSync(join(home, own), directory, { recursive: true });
    const store = new FolderStore(directory);
    const manifest = readManifest(store);
    const [checksum] = recordedChecksums(manifest);
    const path = trainsPath(checksum!);
    expect(readTrains(store, manifest, checksum!)).toEqual(trains);
    cpSync(join(home, other, path), join(directory, path));
    expect(() => readTrains(store, manifest, checksum!)).toThrow(ForeignFileError);
  });
});
