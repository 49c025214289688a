import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { StorageError } from "../../src/store/errors.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { recordOf, recordTinyRun, resumeTinyRun } from "../simulation/tiny-run.ts";
import type { Failure, FaultPlan } from "./failing-files.ts";

const plan = vi.hoisted(
  (): FaultPlan => ({ failAt: Number.POSITIVE_INFINITY, failure: "death", operations: 0 }),
);

vi.mock("node:fs", async (importOriginal) => {
  const { failingFileSystem } = await import("./failing-files.ts");
  return failingFileSystem(await importOriginal(), plan);
});

const home = mkdtempSync(join(tmpdir(), "isocortex-faults-"));

function heal(): void {
  plan.failAt = Number.POSITIVE_INFINITY;
  plan.operations = 0;
}

afterAll(() => {
  heal();
  rmSync(home, { recursive: true, force: true });
});

/** Records the tiny run while the n-th file operation fails, then resumes it without faults. */
async function recordWithFault(failAt: number, failure: Failure): Promise<FolderStore> {
  const directory = join(home, `${failure} ${failAt}`);
  Object.assign(plan, { failAt, failure, operations: 0 });
  await expect(recordTinyRun(new FolderStore(directory), "as asked")).rejects.toThrow(StorageError);
  heal();
  const store = new FolderStore(directory);
  await resumeTinyRun(store, "as asked");
  store.close();
  return store;
}

it("a run survives the failure of any write, fsync, truncation, renaming or deletion", async () => {
  const memory = new MemoryStore();
  await recordTinyRun(memory, "as asked");
  const expected = recordOf(memory);
  const store = new FolderStore(join(home, "whole"));
  heal();
  await recordTinyRun(store, "as asked");
  const { operations } = plan;
  expect(recordOf(store)).toEqual(expected);
  expect(operations).toBeGreaterThan(60);
  for (let failAt = 1; failAt <= operations; failAt++) {
    const failure = failAt % 2 ? "death" : "full disk";
    const resumed = await recordWithFault(failAt, failure);
    expect(recordOf(resumed), `${failure} at operation ${failAt}`).toEqual(expected);
  }
});
