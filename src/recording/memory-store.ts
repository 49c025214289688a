import { MissingFileError, type RunStore } from "./run-store.ts";

interface GrowingFile {
  bytes: Uint8Array;
  length: number;
}

/**
 * Storage of a run in memory, for browsers and tests.
 *
 * @example
 * ```ts
 * import { MemoryStore, readExperiment, runExperiment } from "isocortex";
 *
 * const store = new MemoryStore();
 * await runExperiment(readExperiment("duration: 1 s"), { store });
 * console.log(store.list("spikes"), store.size("spikes/spikes.bin"));
 * ```
 */
export class MemoryStore implements RunStore {
  readonly #files = new Map<string, GrowingFile>();

  append(path: string, bytes: Uint8Array): void {
    const file = this.#files.get(path) ?? { bytes: new Uint8Array(0), length: 0 };
    const length = file.length + bytes.length;
    if (length > file.bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * file.bytes.length));
      larger.set(file.bytes.subarray(0, file.length));
      file.bytes = larger;
    }
    file.bytes.set(bytes, file.length);
    file.length = length;
    this.#files.set(path, file);
  }

  read(path: string, offset = 0, length = Number.POSITIVE_INFINITY): Uint8Array {
    const file = this.#file(path);
    return file.bytes.slice(offset, Math.min(file.length, offset + length));
  }

  size(path: string): number | undefined {
    return this.#files.get(path)?.length;
  }

  truncate(path: string, length: number): void {
    const file = this.#file(path);
    file.length = Math.min(file.length, length);
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#files.set(path, { bytes: bytes.slice(), length: bytes.length });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  list(folder: string): string[] {
    const prefix = `${folder}/`;
    return [...this.#files.keys()]
      .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"))
      .map((path) => path.slice(prefix.length))
      .sort();
  }

  sync(): void {}

  #file(path: string): GrowingFile {
    const file = this.#files.get(path);
    if (!file) throw new MissingFileError(path);
    return file;
  }
}
