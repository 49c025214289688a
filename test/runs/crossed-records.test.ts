import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compareRuns } from "../../src/measures/comparison.ts";
import { runResults } from "../../src/measures/results.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { openDrawnRuns } from "../../src/pictures/drawn-run.ts";
import { checkpointFiles } from "../../src/recording/checkpoint-files.ts";
import { DamagedFileError, ForeignFileError } from "../../src/recording/errors.ts";
import { binaryFiles, runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { planBranch } from "../../src/runs/branched.ts";
import { finishRun } from "../../src/runs/finished.ts";
import { openHistory, openWholeHistory } from "../../src/runs/history.ts";
import { openRun } from "../../src/runs/opening.ts";
import { resumeRun } from "../../src/runs/resumed.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { expectSameRecord, sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";

const home = sharedFolder();
const directory = join(home, "crossed");
const observer = { onReport: () => {}, signal: new AbortController().signal };

const { potentials: _, ...usual } = runFiles;
const recordFiles = Object.values(usual);

const request = (name: string, untilMs?: number, changes: ParameterOverrides = {}) => ({
  directory: join(home, name),
  overwrite: false,
  preset: null,
  label: name,
  parameters: resolveParameters({ ...everything, ...changes }),
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

const readers: Readonly<Record<string, () => unknown>> = {
  "openRun, of exports": () => openRun(directory),
  statistics: () => runStatistics(openHistory(directory)),
  compare: () => compareRuns(openHistory(join(home, "complete")), openHistory(directory)),
  history: () => openHistory(directory),
  plot: () => openDrawnRuns([directory]),
  "results of sweeps": () => runResults(openWholeHistory(directory)),
  branch: () =>
    planBranch({
      parent: directory,
      timeMs: 500,
      changes: {},
      directory: join(home, "branch"),
      overwrite: false,
      label: "",
    }),
  "RunReader of the library": () => new RunReader(new FolderStore(directory)),
};

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(kinds))("in a run that is %s", (_, { own, other, untilMs }) => {
  it.each(recordFiles)(
    "another run's %s is named by every reader, and made again by resume",
    async (file) => {
      rmSync(directory, { recursive: true, force: true });
      cpSync(join(home, own), directory, { recursive: true });
      cpSync(join(home, other, file), join(directory, file));
      for (const [name, read] of Object.entries(readers)) {
        const error = errorOf(read);
        expect(error, name).toBeInstanceOf(ForeignFileError);
        expect((error as ForeignFileError).path, name).toBe(file);
      }
      const notes: string[] = [];
      const onNote = (text: string) => notes.push(text);
      await resumeRun(directory, { untilMs }, { ...observer, onNote });
      expect(notes[0]).toMatch(file);
      expectSameRecord(home, "crossed", own);
    },
  );

  it.each(binaryFiles.filter((name) => name !== "potentials"))(
    "its own file of something else in the place of that of %s is named",
    (name) => {
      for (const from of binaryFiles) {
        if (from === name || from === "potentials") continue;
        rmSync(directory, { recursive: true, force: true });
        cpSync(join(home, own), directory, { recursive: true });
        cpSync(join(home, own, runFiles[from]), join(directory, runFiles[name]));
        expect(errorOf(() => openRun(directory))).toMatchObject({ path: runFiles[name] });
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
      await resumeRun(directory, { untilMs }, observer);
      expectSameRecord(home, "crossed", own);
    }
  });

  it("blocks of another run's file do not fit into its own", () => {
    for (const name of ["spikes", "samples", "gains", "events"] as const) {
      rmSync(directory, { recursive: true, force: true });
      cpSync(join(home, own), directory, { recursive: true });
      const header = readFileSync(join(home, own, runFiles[name])).subarray(0, 32);
      const blocks = readFileSync(join(home, other, runFiles[name])).subarray(32);
      writeFileSync(join(directory, runFiles[name]), Buffer.concat([header, blocks]));
      const error = errorOf(() => openRun(directory));
      expect(error, name).toBeInstanceOf(DamagedFileError);
      expect(error).toMatchObject({ path: runFiles[name], offset: 32 });
    }
  });
});
