import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryUse, holdsRun, removeRun } from "../../../src/node/run/run-directory.ts";
import { FolderStore } from "../../../src/node/run/run-folder.ts";
import { openRun } from "../../../src/node/run/run-opening.ts";
import { DamagedFileError, RunLocationError } from "../../../src/recording/errors.ts";
import { RunWriter } from "../../../src/recording/run-writer.ts";
import {
  description,
  progressAt,
  recordSmallRun,
  smallNetwork,
} from "../../recording/small-run.ts";

let home: string;
let directory: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-directory-"));
  directory = join(home, "run");
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function recordRun(): void {
  const store = new FolderStore(directory);
  recordSmallRun(store);
  store.close();
}

describe("what a directory holds", () => {
  it("is nothing where there is none, or an empty one", () => {
    expect(directoryUse(directory)).toBe("free");
    mkdirSync(directory);
    expect(directoryUse(directory)).toBe("free");
  });

  it("is a run where there is its manifest, even a damaged one", () => {
    recordRun();
    expect(directoryUse(directory)).toBe("run");
    writeFileSync(join(directory, "manifest.json"), '{ "format": "isocortex run", ');
    expect(directoryUse(directory)).toBe("run");
  });

  it("is other files where the manifest is of something else", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, "manifest.json"), '{ "name": "a web page" }');
    expect(directoryUse(directory)).toBe("other files");
    expect(holdsRun(directory)).toBe(false);
  });

  it("is not asked of files", () => {
    writeFileSync(directory, "");
    expect(directoryUse(directory)).toBe("not a directory");
    expect(directoryUse(join(directory, "deeper"))).toBe("not a directory");
  });
});

describe("removing a run", () => {
  it("deletes all that it consists of, and nothing else", () => {
    recordRun();
    mkdirSync(join(directory, "figures"));
    writeFileSync(join(directory, "figures", "raster.svg"), "");
    writeFileSync(join(directory, "notes.txt"), "mine");
    removeRun(directory);
    expect(readdirSync(directory)).toEqual(["notes.txt"]);
  });

  it("leaves directories alone that hold none", () => {
    mkdirSync(join(directory, "spikes"), { recursive: true });
    expect(() => removeRun(directory)).toThrow(RunLocationError);
    expect(existsSync(join(directory, "spikes"))).toBe(true);
  });
});

describe("opening a run", () => {
  it("names the directory that holds none", () => {
    expect(() => openRun(directory)).toThrow(`There is no directory ${directory}.`);
    mkdirSync(directory);
    expect(() => openRun(directory)).toThrow(`${directory} holds no run`);
  });

  it("refuses a finished run that is damaged", () => {
    recordRun();
    new FolderStore(directory).truncate("spikes/spikes.bin", 2000);
    expect(() => openRun(directory)).toThrow(DamagedFileError);
  });

  it("reads a run that was killed as far as it goes", () => {
    const store = new FolderStore(directory);
    const writer = RunWriter.create(store, description, smallNetwork);
    writer.recordEvent({ kind: "scaling-on", timeMs: 5 });
    writer.flush(progressAt(5));
    store.append("events.bin", Uint8Array.of(1, 2, 3));
    store.close();
    expect(openRun(directory).events()).toHaveLength(1);
  });
});
