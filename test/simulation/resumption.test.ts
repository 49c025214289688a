import { beforeAll, describe, expect, it } from "vitest";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { examineRun } from "../../src/recording/recovery.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { crashed, crashedAgain, fates, uninterrupted } from "./power-failures.ts";
import { recordOf, recordTinyRun, resumeTinyRun } from "./tiny-run.ts";

let changes: number;
let expected: ReturnType<typeof recordOf>;

beforeAll(async () => {
  ({ changes, record: expected } = await uninterrupted());
});

describe("a power failure", () => {
  it("at any change of any file leaves a run that is resumed to the same bytes", async () => {
    expect(changes).toBeGreaterThan(50);
    for (let change = 1; change <= changes; change++) {
      const disk = await crashed(change, fates[change % fates.length]!);
      await resumeTinyRun(disk);
      expect(recordOf(disk), `change ${change}`).toEqual(expected);
    }
  });

  it("may come again while the run is resumed", async () => {
    for (let again = 1; again <= 16; again++) {
      const unsynced = fates[again % fates.length]!;
      const once = await crashed(changes - 2 * again, unsynced);
      const twice = await crashedAgain(once, again, unsynced);
      await resumeTinyRun(twice);
      expect(recordOf(twice), `change ${again} of the second try`).toEqual(expected);
    }
  });
});

/** A finished run in which nothing is wrong yet. */
async function finished(): Promise<MemoryStore> {
  const store = new MemoryStore();
  await recordTinyRun(store);
  return store;
}

describe("a damaged file", () => {
  const random = randomNumbers(7);
  // A run of one column has no synapses between columns.
  const { manifest: _, interColumn: __, ...others } = runFiles;
  const binary = Object.values(others);
  const faults = [...binary, runFiles.manifest].flatMap((path) =>
    (["truncation", "bit flip"] as const).map((fault) => [fault, path] as const),
  );

  it.each(faults)("by %s of %s is named, and made good", async (fault, path) => {
    const store = await finished();
    for (let attempt = 0; attempt < 3; attempt++) {
      damage(store, path, fault, random);
      const { damage: found } = examineRun(store);
      expect(found.map((error) => error.path)).toContain(path);
      await resumeTinyRun(store);
      expect(recordOf(store)).toEqual(expected);
      expect(examineRun(store).damage).toEqual([]);
    }
  });

  it("may be any checkpoint: the one before is used, or the beginning", async () => {
    const whole = await crashed(changes - 2, "kept");
    const names = whole.list("checkpoints");
    expect(names.length).toBeGreaterThan(2);
    for (let damaged = 1; damaged <= names.length; damaged++) {
      const store = await crashed(changes - 2, "kept");
      const paths = names.slice(-damaged).map((name) => `checkpoints/${name}`);
      for (const path of paths) damage(store, path, "bit flip", random);
      const { damagedCheckpoints, checkpoint } = examineRun(store);
      expect(damagedCheckpoints.map((error) => error.path).sort()).toEqual(paths.sort());
      expect(checkpoint === undefined).toBe(damaged === names.length);
      await resumeTinyRun(store);
      expect(recordOf(store)).toEqual(expected);
    }
  });

  it("of the record makes it go on from the last checkpoint before the damage", async () => {
    const store = await crashed(changes - 2, "kept");
    store.truncate(runFiles.samples, store.size(runFiles.samples)! - 1);
    expect(examineRun(store).checkpoint?.manifest.simulatedMs).toBeLessThan(420);
    store.truncate(runFiles.events, 20);
    expect(examineRun(store).checkpoint).toBeUndefined();
    await resumeTinyRun(store);
    expect(recordOf(store)).toEqual(expected);
  });
});

function damage(
  store: MemoryStore,
  path: string,
  fault: "truncation" | "bit flip",
  random: () => number,
): void {
  const bytes = store.read(path);
  const at = Math.floor(random() * bytes.length);
  if (fault === "bit flip") bytes[at]! ^= 1 << Math.floor(random() * 8);
  store.replace(path, fault === "bit flip" ? bytes : bytes.subarray(0, at));
}

it("does not take up a checkpoint of another run", async () => {
  const store = await finished();
  const other = new MemoryStore();
  await recordTinyRun(other, "often", { gainTimesMs: [150] });
  const [name] = other.list("checkpoints");
  store.replace(`checkpoints/${name}`, other.read(`checkpoints/${name}`));
  for (const path of store.list("checkpoints").slice(1)) store.remove(`checkpoints/${path}`);
  const { checkpoint, damagedCheckpoints } = examineRun(store);
  expect(checkpoint).toBeUndefined();
  expect(damagedCheckpoints).toMatchObject([
    { name: "ForeignFileError", path: `checkpoints/${name}` },
  ]);
});

it("takes up a checkpoint of the same run that was recorded at another time", async () => {
  const store = await finished();
  const expected = recordOf(store);
  const other = new MemoryStore();
  await recordTinyRun(other, "often", { createdAt: "2025-01-01T00:00:00.000Z" });
  const [name] = other.list("checkpoints");
  store.replace(`checkpoints/${name}`, other.read(`checkpoints/${name}`));
  for (const path of store.list("checkpoints").slice(1)) store.remove(`checkpoints/${path}`);
  store.truncate(runFiles.spikes, store.size(runFiles.spikes)! - 1);
  expect(examineRun(store).checkpoint?.manifest.simulatedMs).toBe(200);
  await resumeTinyRun(store);
  expect(recordOf(store)).toEqual(expected);
});
