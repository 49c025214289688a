import { describe, expect, test } from "vitest";
import { columnParameters } from "../../src/model/parameters/columns.ts";
import { namesOf } from "../../src/model/parameters.ts";
import { DamagedFileError, FormatVersionError } from "../../src/recording/errors.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import { readManifest, writeManifest } from "../../src/recording/manifest-file.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { networkHash } from "../../src/recording/network-hash.ts";
import { initialManifest } from "../../src/recording/run-description.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { description, smallNetwork } from "./small-run.ts";

const manifest = initialManifest(description, smallNetwork);

function stored(content: Manifest): MemoryStore {
  const store = new MemoryStore();
  writeManifest(store, content);
  return store;
}

function textOf(store: MemoryStore): string {
  return new TextDecoder().decode(store.read(runFiles.manifest));
}

function edited(edit: (text: string) => string): MemoryStore {
  const store = stored(manifest);
  store.replace(runFiles.manifest, new TextEncoder().encode(edit(textOf(store))));
  return store;
}

describe("the manifest", () => {
  test("is read as it was written", () => {
    expect(readManifest(stored(manifest))).toEqual(manifest);
  });

  test("has names without what would steer a terminal", () => {
    const hostile = stored({ ...manifest, label: "a\u001b[31m\u0007\n\u2028b\u009b" });
    expect(readManifest(hostile).label).toBe("a\ufffd[31m\ufffd\ufffd\ufffdb\ufffd");
  });

  test("names every parameter of one column with its value, unit and original names", () => {
    const ofColumn = namesOf(2013).filter((name) => !Object.hasOwn(columnParameters, name));
    expect(Object.keys(manifest.parameters)).toEqual(ofColumn);
    const { scaling, baselineDurationS, sizeFactor } = manifest.parameters;
    expect(scaling).toEqual({ value: false, unit: "", original: ["scaling"] });
    expect(baselineDurationS).toEqual({ value: 800, unit: "s", original: ["PreDur"] });
    expect(sizeFactor).toEqual({ value: 2, unit: "1", original: ["scale"] });
    expect(manifest.parameters["connectionFactor"]!.value).toBe(0.5);
  });

  test("names the seeds, the network and its populations", () => {
    const names = namesOf(2013).filter((name) => name.endsWith("Seed"));
    expect(Object.keys(manifest.seeds)).toEqual(names);
    expect(manifest.seeds).toMatchObject({ positionSeed: 4321, weightSeed: 4294967295 });
    const hash = networkHash(smallNetwork);
    expect(manifest.network).toEqual({ hash, cellCount: 6, synapseCount: 4 });
    expect(manifest.populations).toEqual(smallNetwork.populations);
  });

  test("is text for people, too", () => {
    expect(textOf(stored(manifest)).split("\n").slice(0, 3)).toEqual([
      "{",
      '  "format": "isocortex run",',
      '  "formatVersion": 2,',
    ]);
  });
});

describe("a manifest is refused", () => {
  test("when it is of a newer format, with both versions", () => {
    const store = stored({ ...manifest, formatVersion: 7 });
    expect(() => readManifest(store)).toThrow(FormatVersionError);
    expect(() => readManifest(store)).toThrow(
      /^manifest\.json has run format version 7; this program reads versions 1 to 2\./,
    );
  });

  test("when it lacks something", () => {
    const { durationMs, ...rest } = manifest;
    const store = stored(rest as Manifest);
    expect(durationMs).toBe(20_000);
    expect(() => readManifest(store)).toThrow(DamagedFileError);
    expect(() => readManifest(store)).toThrow("durationMs");
  });

  test("when it is no JSON, or no object", () => {
    for (const text of ["", "{", "7", "null", "[]"]) {
      expect(() => readManifest(edited(() => text))).toThrow(DamagedFileError);
    }
  });

  test("when a value was changed", () => {
    const store = edited((text) => text.replace('"value": 800', '"value": 801'));
    expect(() => readManifest(store)).toThrow("do not match their checksum");
  });
});

test("flipping any bit of a manifest gives an error or changes nothing", () => {
  const store = stored(manifest);
  const bytes = store.read(runFiles.manifest);
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const changed = bytes.slice();
    changed[at] = changed[at]! ^ (1 << (at % 8));
    store.replace(runFiles.manifest, changed);
    try {
      // For one, "1e-8" and "1E-8" are the same number.
      expect(readManifest(store)).toEqual(manifest);
    } catch (error) {
      if (!(error instanceof DamagedFileError || error instanceof FormatVersionError)) throw error;
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(0.99 * (bytes.length / 3));
});

test("manifest entries of later versions are ignored", () => {
  const store = stored({ ...manifest, later: "entry" } as Manifest);
  expect(readManifest(store)).toEqual(manifest);
});
