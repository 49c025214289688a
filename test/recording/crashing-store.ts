import { MemoryStore } from "../../src/recording/memory-store.ts";
import { checkpointFolder } from "../../src/recording/run-files.ts";
import type { RunStore } from "../../src/recording/run-store.ts";
import { filesIn } from "./files-in.ts";

/** The computer has gone off; nothing reaches the store any more. */
export class Crash extends Error {}

/** What becomes of bytes that were appended but not synced when the power fails. */
export type Unsynced = "lost" | "torn" | "kept" | "garbled";

interface DurableFile {
  /** Length that a sync has made safe. */
  safe: number;
}

/**
 * A store that crashes at its n-th change, and shows what a disk would hold after it.
 *
 * Replaced files are durable at once; appended and cut bytes only after `sync`.
 */
export class CrashingStore implements RunStore {
  readonly #now = new MemoryStore();
  readonly #safe = new Map<string, DurableFile>();
  #crashAt: number;
  #changes = 0;

  /** @param crashAt number of the change that does not happen any more, from 1; never by default */
  constructor(crashAt = Number.POSITIVE_INFINITY) {
    this.#crashAt = crashAt;
  }

  /** A store that begins with what another one holds. */
  static holding(other: RunStore, crashAt: number): CrashingStore {
    const store = new CrashingStore();
    for (const path of [...filesIn(other), ...checkpointsIn(other)]) {
      store.replace(path, other.read(path));
    }
    store.#crashAt = store.#changes + crashAt;
    return store;
  }

  /** Changes so far. */
  get changes(): number {
    return this.#changes;
  }

  append(path: string, bytes: Uint8Array): void {
    this.#change();
    this.#now.append(path, bytes);
    this.#file(path);
  }

  truncate(path: string, length: number): void {
    this.#change();
    this.#now.truncate(path, length);
    const file = this.#file(path);
    file.safe = Math.min(file.safe, length);
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#change();
    this.#now.replace(path, bytes);
    this.#safe.set(path, { safe: bytes.length });
  }

  remove(path: string): void {
    this.#change();
    this.#now.remove(path);
    this.#safe.delete(path);
  }

  sync(): void {
    this.#change();
    for (const [path, file] of this.#safe) file.safe = this.#now.size(path)!;
  }

  read(path: string, offset?: number, length?: number): Uint8Array {
    return this.#now.read(path, offset, length);
  }

  size(path: string): number | undefined {
    return this.#now.size(path);
  }

  list(folder: string): string[] {
    return this.#now.list(folder);
  }

  /** What is on the disk when the computer is on again. */
  afterCrash(unsynced: Unsynced): MemoryStore {
    const disk = new MemoryStore();
    for (const [path, { safe }] of this.#safe) {
      const bytes = this.#now.read(path);
      const half = Math.floor((safe + bytes.length) / 2);
      if (unsynced === "garbled") bytes.fill(0xa5, half);
      const length = unsynced === "lost" ? safe : unsynced === "torn" ? half : bytes.length;
      disk.replace(path, bytes.subarray(0, length));
    }
    return disk;
  }

  #change(): void {
    this.#changes += 1;
    if (this.#changes >= this.#crashAt) throw new Crash();
  }

  #file(path: string): DurableFile {
    const known = this.#safe.get(path) ?? { safe: 0 };
    this.#safe.set(path, known);
    return known;
  }
}

const checkpointsIn = (store: RunStore): string[] =>
  store.list(checkpointFolder).map((name) => `${checkpointFolder}/${name}`);
