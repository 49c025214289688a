import type { RunStore } from "../recording/run-store.ts";

/** Check before anything is written. */
export interface Fence {
  /** @throws when nothing may be written any more */
  check(): void;
}

/** A store that can be changed only as long as a fence lets it. */
export class FencedStore implements RunStore {
  readonly #store: RunStore;
  readonly #fence: Fence;

  constructor(store: RunStore, fence: Fence) {
    this.#store = store;
    this.#fence = fence;
  }

  append(path: string, bytes: Uint8Array): void {
    this.#fence.check();
    this.#store.append(path, bytes);
  }

  truncate(path: string, length: number): void {
    this.#fence.check();
    this.#store.truncate(path, length);
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#fence.check();
    this.#store.replace(path, bytes);
  }

  remove(path: string): void {
    this.#fence.check();
    this.#store.remove(path);
  }

  read(path: string, offset?: number, length?: number, room?: Uint8Array): Uint8Array {
    return this.#store.read(path, offset, length, room);
  }

  size(path: string): number | undefined {
    return this.#store.size(path);
  }

  list(folder: string): string[] {
    return this.#store.list(folder);
  }

  sync(): void {
    this.#store.sync();
  }
}
