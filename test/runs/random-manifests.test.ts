import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { IntervalError } from "../../src/analysis/interval.ts";
import { csvText } from "../../src/export/csv.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { compareRuns } from "../../src/measures/comparison.ts";
import { runResults } from "../../src/measures/results.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { openDrawnRuns } from "../../src/pictures/drawn-run.ts";
import { runFigure } from "../../src/pictures/run-figures.ts";
import { DamagedFileError, FormatVersionError } from "../../src/recording/errors.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import { runIdentity } from "../../src/recording/run-identity.ts";
import { sealedJson } from "../../src/recording/sealed-json.ts";
import { finishRun } from "../../src/runs/finished.ts";
import { openRun } from "../../src/runs/opening.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { everything } from "../simulation/tiny-run.ts";

const home = sharedFolder();
const random = randomNumbers(20_130_408);
const observer = { onReport: () => {}, signal: new AbortController().signal };

/** Of each format. */
const MANIFESTS = 100;

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
  };
  await finishRun({ ...request, directory: join(home, "version 2") }, observer);
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

/** What reads all there is of a run. */
const readers: Readonly<Record<string, (directory: string) => void>> = {
  statistics: (directory) => void runStatistics(openRun(directory)),
  compare: (directory) => void compareRuns(openRun(directory), openRun(directory)),
  export: (directory) => {
    const excerpt = new RunExcerpt(openRun(directory));
    for (const table of ["spikes", "cells", "weights"] as const) {
      for (const _ of csvText(excerpt, table));
    }
  },
  plot: (directory) => {
    for (const kind of ["raster", "rates", "weights"] as const) {
      runFigure(openDrawnRuns([directory]), { kind });
    }
  },
  "results of sweeps": (directory) => void runResults(directory),
};

it.each(["version 1", "version 2"])(
  `${MANIFESTS} random manifests of a run of format %s are read or refused by name, in bounded memory`,
  (name) => {
    const directory = join(home, name);
    const path = join(directory, "manifest.json");
    const { crc32: _, ...original } = JSON.parse(readFileSync(path, "utf8"));
    let refused = 0;
    for (let turn = 0; turn < MANIFESTS; turn++) {
      const manifest = structuredClone(original);
      const changes = Array.from({ length: 1 + Math.floor(3 * random()) }, () => change(manifest));
      if (turn % 2) claimIdentity(manifest);
      writeFileSync(path, sealedJson(manifest));
      for (const [kind, read] of Object.entries(readers)) {
        const what = `${kind}, turn ${turn}: ${changes.join("; ")}`;
        const before = process.memoryUsage.rss();
        const error = errorOf(() => read(directory));
        expect(process.memoryUsage.rss() - before, what).toBeLessThan(BOUND);
        if (error === undefined) continue;
        refused++;
        const isNamed = [DamagedFileError, FormatVersionError, IntervalError].some(
          (kind) => error instanceof kind,
        );
        expect(isNamed, `${what}: ${error}`).toBe(true);
      }
    }
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

function errorOf(action: () => void): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
