import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archivedRun } from "../../src/archive/archived-run.ts";
import { MemoryStore, RunReader } from "../../src/index.ts";
import { openRun } from "../../src/node/index.ts";
import { Overview } from "../../src/overview/reader.ts";
import { RunLocationError } from "../../src/recording/errors.ts";
import { readManifest, writeManifest } from "../../src/recording/manifest-file.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { Lease } from "../../src/store/lease.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import type { CatalogueRun } from "../../src/viewing/catalogue.ts";
import { OverviewCache } from "../../src/viewing/overview-cache.ts";
import { type Answer, type RunDescription, RunSite } from "../../src/viewing/site.ts";
import { eventfulRecord } from "../overview/overviewed-run.ts";

let folder: string;
let cache: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isocortex-viewing-"));
  cache = join(folder, "cache");
  keepRecord(join(folder, "runs", "eventful"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Copies a record to a directory. */
function keepRecord(directory: string): void {
  const record = eventfulRecord();
  const store = new FolderStore(directory);
  for (const path of Object.values(runFiles)) {
    if (record.size(path) !== undefined) store.append(path, record.read(path));
  }
  store.close();
}

const siteOf = (directory: string, kept = cache) => new RunSite(directory, new OverviewCache(kept));

const jsonOf = <T>(answer: Answer | undefined): T => {
  if (!answer || !("json" in answer)) throw new Error(JSON.stringify(answer));
  return answer.json as T;
};

const listOf = (site: RunSite) => jsonOf<{ runs: CatalogueRun[] }>(site.answer("runs.json")).runs;

/** A run's description as soon as its overview is complete. */
async function described(site: RunSite, id: number): Promise<RunDescription> {
  for (;;) {
    const found = jsonOf<RunDescription>(site.answer(`runs/${id}/run.json`));
    if (found.progress === undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** All bytes of a download. */
async function bytesOf(answer: Answer | undefined): Promise<Uint8Array> {
  if (!answer || !("download" in answer)) throw new Error(JSON.stringify(answer));
  return Buffer.concat(await answer.download.read().toArray());
}

describe("the recorded runs of a directory", () => {
  it("are listed with their states, and opened by overviews that are kept", async () => {
    const site = siteOf(join(folder, "runs"));
    expect(listOf(site)).toMatchObject([
      { id: 0, path: "eventful", label: "a small run", state: "complete", simulatedMs: 400_000 },
    ]);
    const { chain, notes } = await described(site, 0);
    expect(site.answer("runs/0/overview/0123")).toMatchObject({ status: 410 });
    expect([chain.length, notes]).toEqual([1, []]);
    const answer = site.answer(`runs/0/overview/${chain[0]!.overview}`);
    if (!answer || !("file" in answer)) throw new Error("not a file");
    expect(answer.file.startsWith(cache)).toBe(true);
    // Nothing is written beside the record, and the next one finds what is kept.
    expect(readdirSync(join(folder, "runs", "eventful")).sort()).toEqual(
      ["cells", "events.bin", "manifest.json", "spikes", "weights"].sort(),
    );
    const next = siteOf(join(folder, "runs", "eventful"));
    listOf(next);
    const found = jsonOf<RunDescription>(next.answer("runs/0/run.json"));
    expect(found.chain[0]!.overview).toBe(chain[0]!.overview);
  });

  it("get another overview when their record has changed", async () => {
    const directory = join(folder, "changing");
    keepRecord(directory);
    const site = siteOf(directory);
    const first = await described(site, 0);
    const store = new FolderStore(directory);
    const bytes = store.read(runFiles.spikes);
    store.replace(runFiles.spikes, bytes);
    // Who follows it goes on until the new one is there, although the run has ended.
    expect(await described(site, 0)).toMatchObject({ state: "recording", chain: first.chain });
    await expect
      .poll(() => described(site, 0), { timeout: 30_000 })
      .toMatchObject({ state: "complete" });
    const second = await described(siteOf(directory), 0);
    expect(second.chain[0]!.overview).not.toBe(first.chain[0]!.overview);
  });

  it("are shown all the same where overviews cannot be kept", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const site = siteOf(join(folder, "runs"), join(file, "cache"));
    const { notes, chain } = await described(site, 0);
    expect(notes.join()).toContain("The overview is not kept in");
    const answer = site.answer(`runs/0/overview/${chain[0]!.overview}`);
    if (!answer || !("bytes" in answer)) throw new Error("not in memory");
    const { bytes } = answer;
    const overview = new Overview((at, length) => bytes.slice(at, at + length));
    expect(overview.head.spikeCount).toBeGreaterThan(300_000);
  });

  it("say what is wrong with them: damaged, gone, or none at all", async () => {
    const directory = join(folder, "wrong");
    keepRecord(join(directory, "damaged"));
    writeFileSync(join(directory, "damaged", "spikes", "spikes.bin"), "no spikes");
    keepRecord(join(directory, "gone"));
    const site = siteOf(directory);
    expect(listOf(site).map(({ path }) => path)).toEqual(["damaged", "gone"]);
    const said = async () => {
      for (;;) {
        const answer = site.answer("runs/0/run.json");
        if (answer && "status" in answer) return answer;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    expect(await said()).toMatchObject({
      status: 422,
      text: expect.stringContaining("spikes.bin"),
    });
    renameSync(join(directory, "gone"), join(folder, "elsewhere"));
    expect(site.answer("runs/1/run.json")).toMatchObject({
      status: 410,
      text: expect.stringContaining("was deleted or moved"),
    });
    mkdirSync(join(folder, "empty"));
    expect(() => siteOf(join(folder, "empty"))).toThrow(RunLocationError);
    expect(() => siteOf(join(folder, "nowhere"))).toThrow("There is no directory");
  });

  it("are handed out whole, as archives that commands take, unless they still grow", async () => {
    const directory = join(folder, "runs", "eventful");
    const site = siteOf(directory);
    const answer = site.answer("runs/0/archive.zip");
    const bytes = await bytesOf(answer);
    expect(answer).toMatchObject({ download: { name: "eventful.zip", size: bytes.length } });
    const store = new MemoryStore();
    for (const [path, content] of archivedRun(bytes, "eventful.zip")) store.append(path, content);
    const run = new RunReader(store);
    expect(run.verify()).toEqual([]);
    expect(run.spikes()).toEqual(openRun(directory).spikes());
    const growing = join(folder, "growing");
    keepRecord(growing);
    const recorded = new FolderStore(growing);
    writeManifest(recorded, { ...readManifest(recorded), status: "running" });
    const lease = await Lease.acquire(growing);
    expect(siteOf(growing).answer("runs/0/archive.zip")).toMatchObject({
      status: 422,
      text: expect.stringContaining("once it has ended"),
    });
    lease.release();
    expect(siteOf(growing).answer("runs/0/archive.zip")).toHaveProperty("download");
  });

  it("hand out the files of their records, and no others", async () => {
    const directory = join(folder, "shut");
    keepRecord(directory);
    writeFileSync(join(folder, "secret"), "secret");
    writeFileSync(join(directory, "secret"), "secret");
    symlinkSync(join(folder, "secret"), join(directory, "stimuli"));
    mkdirSync(join(directory, "checkpoints"));
    symlinkSync(join(folder, "secret"), join(directory, "checkpoints", "0000000001.000000s.ckpt"));
    cpSync(join(directory, "cells"), join(folder, "cells"), { recursive: true });
    rmSync(join(directory, "cells"), { recursive: true });
    symlinkSync(join(folder, "cells"), join(directory, "cells"));
    const site = siteOf(directory);
    for (const path of ["manifest.json", "events.bin", "spikes/spikes.bin"]) {
      expect(site.answer(`runs/0/${path}`)).toEqual({ file: join(directory, path) });
    }
    for (const path of [
      "secret",
      "../secret",
      "..%2fsecret",
      "spikes/../secret",
      "spikes/%2e%2e/secret",
      "spikes//spikes.bin",
      "checkpoints/0000000001.000000s.ckpt",
      "cells/samples.bin",
      "stimuli/0123456789abcdef.bin",
      "",
    ]) {
      expect([path, site.answer(`runs/0/${path}`)]).toEqual([path, undefined]);
    }
    expect(site.answer("runs/7/manifest.json")).toBeUndefined();
    const packed = Object.keys(unzipSync(await bytesOf(site.answer("runs/0/archive.zip"))));
    expect(packed).toEqual(
      ["spikes/spikes.bin", "weights/gains.bin", "weights/synapses.bin", "events.bin"]
        .concat("manifest.json")
        .map((path) => `shut/${path}`),
    );
  });
});
