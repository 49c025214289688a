import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { exportFormats, exportRun, replacedFiles } from "../../src/runs/export.ts";
import { OccupiedPathError } from "../../src/store/output-files.ts";
import { isTemporary } from "../../src/store/replacement.ts";
import { recordSmallRun } from "../recording/small-run.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-export-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The small run, with a byte of its last block of spikes changed if that is asked for. */
function recorded({ damaged = false } = {}): RunExcerpt {
  const store = new MemoryStore();
  recordSmallRun(store);
  if (damaged) {
    const bytes = store.read(runFiles.spikes);
    bytes[bytes.length - 10]! ^= 1;
    store.replace(runFiles.spikes, bytes);
  }
  return new RunExcerpt(new RunReader(store));
}

describe.each(exportFormats)("an export as %s", (format) => {
  it("appears whole, and replaces an earlier one", async () => {
    const path = join(home, "deep", "run");
    expect(replacedFiles({ format, path })).toEqual([]);
    const files = await exportRun(recorded(), { format, path });
    expect(files.every((file) => existsSync(file))).toBe(true);
    expect(replacedFiles({ format, path })).toEqual(files);
    expect(await exportRun(recorded(), { format, path })).toEqual(files);
    writeFileSync(files[0]!, "mine");
    await expect(exportRun(recorded(), { format, path })).rejects.toThrow(OccupiedPathError);
    expect(readFileSync(files[0]!, "utf8")).toBe("mine");
    expect(await exportRun(recorded(), { format, path, replaceable: "any" })).toEqual(files);
    const left = readdirSync(home, { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => isTemporary(basename(name)))).toEqual([]);
  });

  it("leaves nothing where the run is damaged", async () => {
    const path = join(home, "deep", "run");
    const task = exportRun(recorded({ damaged: true }), { format, path });
    await expect(task).rejects.toThrow(DamagedFileError);
    expect(readdirSync(home)).toEqual([]);
  });

  it("leaves what was there before when it is stopped", async () => {
    const path = join(home, "run");
    const [first] = await exportRun(recorded(), { format, path });
    writeFileSync(first!, "earlier");
    const before = readdirSync(home, { recursive: true });
    const stop = new AbortController();
    stop.abort();
    const request = { format, path, replaceable: "any" } as const;
    const task = exportRun(recorded(), request, { signal: stop.signal });
    await expect(task).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(readdirSync(home, { recursive: true })).toEqual(before);
  });
});
