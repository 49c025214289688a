import { expect } from "vitest";
import type { MemoryStore } from "../../src/recording/memory-store.ts";
import { Crash, CrashingStore, type Unsynced } from "../recording/crashing-store.ts";
import { recordOf, recordTinyRun, resumeTinyRun } from "./tiny-run.ts";

/** What may become of bytes that were not synced. */
export const fates: readonly Unsynced[] = ["lost", "torn", "kept", "garbled"];

/** Records the tiny run without any fault: how many changes that is, and its record. */
export async function uninterrupted() {
  const store = new CrashingStore();
  await recordTinyRun(store);
  return { changes: store.changes, record: recordOf(store) };
}

/** Records until the n-th change of the store, at which the power fails. */
export async function crashed(crashAt: number, unsynced: Unsynced): Promise<MemoryStore> {
  const store = new CrashingStore(crashAt);
  await expect(recordTinyRun(store)).rejects.toThrow(Crash);
  return store.afterCrash(unsynced);
}

/** Resumes a run until the power fails again, or to its end. */
export async function crashedAgain(
  disk: MemoryStore,
  crashAt: number,
  unsynced: Unsynced,
): Promise<MemoryStore> {
  const store = CrashingStore.holding(disk, crashAt);
  await resumeTinyRun(store).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
  return store.afterCrash(unsynced);
}
