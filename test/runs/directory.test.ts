import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BlockKind, encodeFileHeader } from "../../src/encoding/block.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import { fileKinds, growingFiles, runFiles } from "../../src/recording/run-files.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { directoryUse, holdsRun } from "../../src/runs/directory.ts";
import { openRun } from "../../src/runs/opening.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { description, progressAt, recordSmallRun, smallNetwork } from "../recording/small-run.ts";

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

const header = (kind: BlockKind) => encodeFileHeader(kind, "0123456789abcdef");

describe("what a directory holds", () => {
  it("is nothing where there is none, or an empty one", () => {
    expect(directoryUse(directory)).toBe("free");
    mkdirSync(directory);
    expect(directoryUse(directory)).toBe("free");
  });

  it("is a run where there is its manifest, even a damaged one, or none any more", () => {
    recordRun();
    expect(directoryUse(directory)).toBe("run");
    writeFileSync(join(directory, "manifest.json"), '{ "format": "isocortex run", ');
    expect(directoryUse(directory)).toBe("run");
    rmSync(join(directory, "manifest.json"));
    expect(directoryUse(directory)).toBe("run");
  });

  it("is a run where a checkpoint is left of it", () => {
    const checkpoint = join(directory, "checkpoints", "0000000001.000000s.ckpt");
    mkdirSync(join(directory, "checkpoints"), { recursive: true });
    writeFileSync(checkpoint, header("checkpoint"));
    expect(directoryUse(directory)).toBe("run");
    writeFileSync(checkpoint, "mine");
    expect(directoryUse(directory)).toBe("other files");
  });

  it("is nothing where a run was killed before it began", () => {
    recordRun();
    for (const file of growingFiles) {
      writeFileSync(join(directory, runFiles[file]), header(fileKinds[file]));
    }
    rmSync(join(directory, "manifest.json"));
    rmSync(join(directory, "checkpoints"), { recursive: true, force: true });
    expect(directoryUse(directory)).toBe("free");
  });

  it.each([
    '{ "name": "a web page" }',
    '{ "format": "isocortex run" }',
    '{ "text": "a page on \\"format\\": \\"isocortex run\\"" }',
    "isocortex run",
    "",
  ])("is other files where the manifest is of something else: %s", (text) => {
    mkdirSync(directory);
    writeFileSync(join(directory, "manifest.json"), text);
    expect(directoryUse(directory)).toBe("other files");
    expect(holdsRun(directory)).toBe(false);
  });

  it.each([...Object.values(runFiles), "checkpoints", "figures", "export", "log.txt", "a.txt"])(
    "is other files where somebody else's %s is",
    (path) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), "mine");
      expect(directoryUse(directory)).toBe("other files");
      rmSync(join(directory, path));
      symlinkSync(home, join(directory, path));
      expect(directoryUse(directory)).toBe("other files");
    },
  );

  it("is not asked of files", () => {
    writeFileSync(directory, "");
    expect(directoryUse(directory)).toBe("not a directory");
    expect(directoryUse(join(directory, "deeper"))).toBe("not a directory");
    expect(directoryUse(join(directory, "deeper", "still"))).toBe("not a directory");
    symlinkSync("nowhere", join(home, "dangling"));
    expect(directoryUse(join(home, "dangling"))).toBe("not a directory");
  });
});

describe("opening a run", () => {
  it("names the directory that holds none", () => {
    expect(() => openRun(directory)).toThrow(`There is no directory ${directory}.`);
    mkdirSync(directory);
    expect(() => openRun(directory)).toThrow(`${directory} contains no run`);
    const file = join(home, "file");
    writeFileSync(file, "");
    expect(() => openRun(file)).toThrow(`${file} is a file`);
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
