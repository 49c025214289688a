import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedJson } from "../../src/encoding/sealed-json.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import type { Manifest } from "../../src/recording/manifest.ts";
import { runIdentity } from "../../src/recording/run-identity.ts";
import { finishRun } from "../../src/runs/finished.ts";
import { openHistory } from "../../src/runs/history.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";
import { errorOf, runReaders } from "./run-readers.ts";

const home = sharedFolder();

const older = ["training", "interrupted"] as const;
const isOlder = (name: string) => older.some((one) => one === name);
const current = ["complete", "cut short"] as const;

beforeAll(async () => {
  const records = fileURLToPath(new URL("../records-0.2.0/records", import.meta.url));
  for (const name of older) cpSync(join(records, name), join(home, name), { recursive: true });
  for (const name of current) {
    const request = {
      directory: join(home, name),
      overwrite: false,
      preset: null,
      label: "",
      parameters: resolveParameters(everything),
      untilMs: name === "complete" ? undefined : 600,
      potentials: { cells: [1, 2, 3], everyMs: 10, fromMs: 0, untilMs: 500 },
    };
    await finishRun(request, { onReport: () => {}, signal: new AbortController().signal });
  }
});

type Forged = Record<string, unknown> & Manifest;

/** Does something with a run whose manifest says something else, with a checksum that fits. */
async function withForged(name: string, forge: (manifest: Forged) => void, work: () => unknown) {
  const path = join(home, name, "manifest.json");
  const intact = readFileSync(path);
  const { crc32: _, ...manifest } = JSON.parse(intact.toString());
  forge(manifest);
  if (manifest.identity) manifest.identity = runIdentity(manifest);
  writeFileSync(path, sealedJson(manifest));
  try {
    await work();
  } finally {
    writeFileSync(path, intact);
  }
}

/** Fails unless every reader refuses a run, and names its manifest. */
async function expectRefused(name: string) {
  for (const [kind, read] of Object.entries(runReaders)) {
    // Both read no further than the manifest; of version 1, nothing is branched.
    if (kind === "show" || (kind === "branch" && isOlder(name))) continue;
    const error = await errorOf(() => read(join(home, name)));
    expect(error, kind).toBeInstanceOf(DamagedFileError);
    expect((error as DamagedFileError).path, kind).toBe("manifest.json");
  }
}

const beyond = [1e10, 1e12, 1e300];

describe.each([...older, ...current])("a manifest of %s", (name) => {
  it.each(beyond)("that reaches %d ms is refused by every reader", async (timeMs) => {
    const forge = (manifest: Forged) => {
      manifest.durationMs = timeMs;
      manifest.simulatedMs = timeMs;
    };
    await withForged(name, forge, () => expectRefused(name));
  });
});

it("a run cut short of one of thirty years is read like any other", async () => {
  const forge = (manifest: Forged) => {
    manifest.durationMs = 1e12;
  };
  await withForged("interrupted", forge, async () => {
    for (const [kind, read] of Object.entries(runReaders)) {
      const error = await errorOf(() => read(join(home, "interrupted")));
      // Of version 1 nothing is branched; claims are of complete runs, and there are neither trials nor potentials.
      const isKnown = !error || /branch|claims|potentials|lfp|information|deletion/.test(kind);
      expect(isKnown, `${kind}: ${error}`).toBe(true);
    }
  });
});

it.each<[string, Partial<NonNullable<Manifest["potentials"]>>]>([
  ["readings that no time can tell apart", { everyMs: 1e-300 }],
  ["readings at other times", { everyMs: 20 }],
  ["readings from another time on", { fromMs: 100 }],
  ["fewer cells", { cells: [1, 2] }],
  ["cells that there are not", { cells: [1, 2, 4e9] }],
])("potentials of %s are refused", async (_, changes) => {
  const forge = (manifest: Forged) => Object.assign(manifest.potentials!, changes);
  await withForged("complete", forge, async () => {
    const error = await errorOf(() => openHistory(join(home, "complete")));
    expect(error).toBeInstanceOf(DamagedFileError);
  });
});

it("a run that says that it is its own past has none", async () => {
  const forge = (manifest: Forged) => {
    const { createdAt, label, network } = manifest;
    const ancestry = { directory: ".", timeMs: 0, changes: {}, scalingOn: false, deletedCells: [] };
    manifest.ancestry = { ...ancestry, createdAt, label, networkHash: network.hash };
  };
  await withForged("training", forge, () => {
    expect(openHistory(join(home, "training")).branchMs).toBeUndefined();
  });
});
