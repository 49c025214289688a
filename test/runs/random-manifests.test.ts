import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { IntervalError } from "../../src/analysis/firing/interval.ts";
import { InformationError } from "../../src/analysis/transmission/information-layout.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { sealedJson } from "../../src/encoding/sealed-json.ts";
import { InvalidTimelineError } from "../../src/experiment/definition.ts";
import { TableDataError } from "../../src/export/table-data.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { BlockFileReader, BlockFileWriter } from "../../src/recording/block-file.ts";
import {
  DamagedFileError,
  FormatVersionError,
  RecordingError,
  RecoveryError,
  RunLocationError,
} from "../../src/recording/errors.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import { binaryFiles, fileKinds, runFiles } from "../../src/recording/run-files.ts";
import { runIdentity } from "../../src/recording/run-identity.ts";
import { finishRun } from "../../src/runs/finished.ts";
import { SpectrumError } from "../../src/spectra/slepian-tapers.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { everything } from "../simulation/tiny-run.ts";
import { errorOf, randomManifests, resumed, runReaders } from "./run-readers.ts";

const home = sharedFolder();
const random = randomNumbers(20_130_408);
const observer = { onReport: () => {}, signal: new AbortController().signal };

const MANIFESTS = randomManifests.each;

/** Memory that no reader of these small runs may take, bytes. */
const BOUND = 300e6;

beforeAll(async () => {
  const older = fileURLToPath(new URL("../records-0.2.0/records/training", import.meta.url));
  cpSync(older, join(home, "version 1"), { recursive: true });
  const request = {
    overwrite: false,
    preset: null,
    label: "",
    parameters: resolveParameters(everything),
    potentials: { cells: [1, 2, 3], everyMs: 10, fromMs: 0, untilMs: 500 },
    entries: [
      {
        from: "100 ms",
        every: "200 ms",
        for: "100 ms",
        stimulate: {
          cells: "E",
          receptor: "AMPA",
          weight: "4 mV",
          rate: "30 Hz",
          pattern: "poisson",
        },
      },
    ],
  };
  await finishRun({ ...request, directory: join(home, "version 2") }, observer);
  cpSync(join(home, "version 2"), join(home, "version 2, its files as well"), { recursive: true });
});

type Json = Record<string, unknown>;

const chosen = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;

/** Values that nobody would write, and those that look like what belongs there. */
const values: readonly unknown[] = [
  4e9,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e300,
  0,
  1,
  -1,
  0.5,
  1e-300,
  null,
  "",
  "x",
  "NaN",
  "complete",
  "running",
  "interrupted",
  true,
  [],
  {},
  [0],
  [4e9],
  [1e300],
];

/** All places in an object, the way to each. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** Changes of several entries at once that fit each other, and no file. */
const conspiracies: readonly ((manifest: Json) => void)[] = [
  (manifest) => Object.assign(manifest, { durationMs: 1e300, simulatedMs: 1e300 }),
  ...[4e9, 2 ** 32 - 1, 2 ** 53 - 1].map((cellCount) => (manifest: Json) => {
    const [population] = manifest["populations"] as Json[];
    Object.assign(manifest["network"] as Json, { cellCount, synapseCount: cellCount });
    manifest["populations"] = [{ ...population, firstCell: 0, cellCount }];
    if (random() < 0.5) manifest["status"] = "running";
  }),
  (manifest) => {
    manifest["counts"] = { ...(manifest["counts"] as Json), spikes: 4e9, samples: 4e9, gains: 4e9 };
    manifest["status"] = chosen(["running", "failed", "complete"]);
  },
];

/** Changes a manifest at a random place; entries of few values are as often changed as those of many. */
function change(manifest: Json): string {
  if (random() < 0.1) {
    const conspiracy = Math.floor(random() * conspiracies.length);
    conspiracies[conspiracy]!(manifest);
    return `conspiracy ${conspiracy}`;
  }
  const entry = chosen(Object.keys(manifest));
  const path = chosen(placesIn(manifest[entry], [entry]));
  const parent = path.slice(0, -1).reduce<Json>((at, key) => at[key] as Json, manifest);
  const key = path.at(-1)!;
  if (random() < 0.1) delete parent[key];
  else if (typeof parent[key] === "number" && random() < 0.5) {
    parent[key] = Number(parent[key]) * chosen([-1, 0.5, 2, 10, 1e6, 1e12]) + chosen([0, 1, -1]);
  } else parent[key] = chosen(values);
  return `${path.join(".")} = ${JSON.stringify(parent[key])?.slice(0, 40)}`;
}

/** What a reader may say of a record: which file is not as it should be, or what it does not hold. */
const refusals = [
  DamagedFileError,
  FigureDataError,
  FormatVersionError,
  InformationError,
  InvalidTimelineError,
  IntervalError,
  RecordingError,
  RecoveryError,
  RunLocationError,
  SpectrumError,
  TableDataError,
];

it.each(randomManifests.kinds)(
  `${MANIFESTS} random manifests of a run of format %s are read or refused by name, in bounded memory`,
  async (name) => {
    const directory = join(home, name);
    const path = join(directory, "manifest.json");
    const { crc32: _, ...original } = JSON.parse(readFileSync(path, "utf8"));
    const intact = join(home, "intact");
    cpSync(directory, intact, { recursive: true });
    let refused = 0;
    for (let turn = 0; turn < MANIFESTS; turn++) {
      const manifest = structuredClone(original);
      const changes = Array.from({ length: 1 + Math.floor(3 * random()) }, () => change(manifest));
      const isForged = name.includes("files");
      if (turn % 2 || isForged) claimIdentity(manifest);
      writeFileSync(path, sealedJson(manifest));
      if (isForged) claimFiles(intact, directory, String(manifest["identity"]));
      for (const [kind, read] of Object.entries(runReaders)) {
        const what = `${kind}, turn ${turn}: ${changes.join("; ")}`;
        const before = process.memoryUsage.rss();
        const error = await errorOf(() => read(directory));
        expect(process.memoryUsage.rss() - before, what).toBeLessThan(BOUND);
        if (error === undefined) continue;
        refused++;
        const isNamed = refusals.some((refusal) => error instanceof refusal);
        expect(isNamed, `${what}: ${(error as Error).stack}`).toBe(true);
      }
      if (isForged) continue;
      const error = await errorOf(() => resumed(directory));
      const isNamed = !error || refusals.some((refusal) => error instanceof refusal);
      expect(isNamed, `resume, turn ${turn}: ${changes.join("; ")}: ${error}`).toBe(true);
      rmSync(directory, { recursive: true });
      cpSync(intact, directory, { recursive: true });
    }
    rmSync(intact, { recursive: true });
    expect(refused).toBeGreaterThan(MANIFESTS);
  },
  300_000,
);

/** Gives a manifest the identity of what it says, as far as it has one. */
function claimIdentity(manifest: Json): void {
  if (typeof manifest["identity"] !== "string") return;
  try {
    manifest["identity"] = runIdentity(manifest as Manifest);
  } catch {
    // It has no parameters to be named by.
  }
}

/** Copies the binary files of a run as those of another. */
function claimFiles(from: string, to: string, identity: string): void {
  if (!/^[0-9a-f]{16}$/.test(identity)) return;
  const [source, target] = [from, to].map((directory) => new FolderStore(directory)) as [
    FolderStore,
    FolderStore,
  ];
  for (const name of binaryFiles) {
    if (source.size(runFiles[name]) === undefined) continue;
    const kind = fileKinds[name];
    const reader = new BlockFileReader(source, runFiles[name], kind);
    const writer = BlockFileWriter.create(target, runFiles[name], { kind, identity });
    for (const block of reader.blocks) writer.append(block, reader.payload(block, kind));
  }
  source.close();
  target.close();
}
