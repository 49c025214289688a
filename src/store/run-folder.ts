import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DamagedFileError } from "../recording/errors.ts";
import { MissingFileError, type RunStore } from "../recording/run-store.ts";
import { StorageError } from "./errors.ts";
import { leadsToFolder, unlessGone } from "./file-entry.ts";
import { makeFolders, syncFolder } from "./folder-creation.ts";
import { isTemporary, replaceFile, writeAll } from "./replacement.ts";

/**
 * Keeps a run in a directory of the file system.
 *
 * Where something else than a file has a file's name, `size` and `read` throw a
 * {@link DamagedFileError}.
 */
export class FolderStore implements RunStore {
  readonly directory: string;
  /** Files open for appending. */
  readonly #open = new Map<string, number>();
  /** Those of them that changed since the last `sync`. */
  readonly #changed = new Set<string>();
  /** Folders, in full, with entries that may not be durable yet. */
  readonly #changedFolders = new Set<string>();

  /** @param directory need not exist: it comes into being with its first file. */
  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  append(path: string, bytes: Uint8Array): void {
    this.#attempt("write to", path, () => {
      const file = this.#openFile(path);
      this.#changed.add(path);
      const { size } = fstatSync(file);
      try {
        writeAll(file, bytes);
      } catch (error) {
        ftruncateSync(file, size);
        throw error;
      }
    });
  }

  read(path: string, offset = 0, length = Number.POSITIVE_INFINITY, room?: Uint8Array): Uint8Array {
    const file = this.#openToRead(path);
    try {
      // Of the open file, as another process may replace it by a longer one just now.
      const found = this.#attempt("read", path, () => fstatSync(file));
      if (!found.isFile()) throw noFile(path, found);
      const size = Math.max(0, Math.min(found.size - offset, length));
      const bytes = room && size <= room.length ? room.subarray(0, size) : new Uint8Array(size);
      return this.#attempt("read", path, () => bytes.subarray(0, readAll(file, bytes, offset)));
    } finally {
      closeSync(file);
    }
  }

  size(path: string): number | undefined {
    const found = unlessGone(() => statSync(this.#full(path), { throwIfNoEntry: false }));
    if (!found || found.isFile()) return found?.size;
    throw noFile(path, found);
  }

  truncate(path: string, length: number): void {
    if (this.#existingSize(path) <= length) return;
    this.#attempt("cut", path, () => {
      ftruncateSync(this.#openFile(path), length);
      this.#changed.add(path);
    });
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#attempt("replace", path, () => {
      this.#closeFile(path);
      replaceFile(this.#full(path), bytes);
    });
  }

  remove(path: string): void {
    this.#attempt("delete", path, () => {
      this.#closeFile(path);
      this.#changed.delete(path);
      rmSync(this.#full(path), { force: true });
    });
  }

  list(folder: string): string[] {
    const full = this.#full(folder);
    if (!leadsToFolder(full)) return [];
    return readdirSync(full, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !isTemporary(entry.name))
      .map((entry) => entry.name)
      .sort();
  }

  sync(): void {
    for (const path of this.#changed) {
      this.#attempt("write to", path, () => fdatasyncSync(this.#openFile(path)));
    }
    this.#changed.clear();
    this.#attempt("write to", ".", () => this.#syncFolders());
  }

  /** Closes all files; the store opens them again as needed. */
  close(): void {
    for (const path of [...this.#open.keys()]) this.#closeFile(path);
  }

  #full(path: string): string {
    return join(this.directory, path);
  }

  #existingSize(path: string): number {
    const size = this.size(path);
    if (size === undefined) throw new MissingFileError(path);
    return size;
  }

  #openToRead(path: string): number {
    try {
      // Whoever opens a named pipe waits for a writer, unless told not to.
      return openSync(this.#full(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (this.size(path) === undefined) throw new MissingFileError(path);
      throw new StorageError("read", `${path} in ${this.directory}`, error);
    }
  }

  #openFile(path: string): number {
    const known = this.#open.get(path);
    if (known !== undefined) return known;
    const full = this.#full(path);
    if (!existsSync(full)) {
      const made = makeFolders(dirname(full));
      for (const entry of [full, ...made]) this.#changedFolders.add(dirname(entry));
    }
    const file = openSync(full, "a");
    this.#open.set(path, file);
    return file;
  }

  #closeFile(path: string): void {
    const file = this.#open.get(path);
    if (file === undefined) return;
    this.#open.delete(path);
    closeSync(file);
  }

  #syncFolders(): void {
    this.#changedFolders.forEach(syncFolder);
    this.#changedFolders.clear();
  }

  #attempt<T>(action: string, path: string, operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      throw new StorageError(action, `${path} in ${this.directory}`, error);
    }
  }
}

const noFile = (path: string, found: Stats) =>
  new DamagedFileError(
    path,
    0,
    `it is no file, but ${found.isDirectory() ? "a directory" : "a device, pipe or socket"}`,
  );

/** Fills `bytes` from `offset` in the file on, as far as that goes; how far it went. */
function readAll(file: number, bytes: Uint8Array, offset: number): number {
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(file, bytes, done, bytes.length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
