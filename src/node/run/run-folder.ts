import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MissingFileError, type RunStore } from "../../recording/run-store.ts";

/** What the system refused to do with a file of a run: no space left, no permission, … */
export class StorageError extends Error {
  override readonly name = "StorageError";
  /** The file's path inside the run directory. */
  readonly path: string;

  constructor(action: string, directory: string, path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot ${action} ${path} in ${directory}: ${reason}.`, { cause });
    this.path = path;
  }
}

/** The name of a file while its new contents are being written. */
const temporary = (path: string) => `${path}.tmp`;

/** Keeps a run in a directory of the file system. */
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

  read(path: string, offset = 0, length = Number.POSITIVE_INFINITY): Uint8Array {
    const file = this.#attempt("read", path, () => openExisting(this.#full(path)));
    if (file === undefined) throw new MissingFileError(path);
    return this.#attempt("read", path, () => {
      try {
        // Of the open file, as another process may replace it by a longer one just now.
        const { size } = fstatSync(file);
        const bytes = new Uint8Array(Math.max(0, Math.min(size - offset, length)));
        return bytes.subarray(0, readAll(file, bytes, offset));
      } finally {
        closeSync(file);
      }
    });
  }

  size(path: string): number | undefined {
    return statSync(this.#full(path), { throwIfNoEntry: false })?.size;
  }

  truncate(path: string, length: number): void {
    if (this.#existingSize(path) <= length) return;
    this.#attempt("cut", path, () => {
      ftruncateSync(this.#openFile(path), length);
      this.#changed.add(path);
    });
  }

  replace(path: string, bytes: Uint8Array): void {
    const full = this.#full(path);
    this.#attempt("replace", path, () => {
      this.#makeFolder(dirname(full));
      this.#closeFile(path);
      try {
        writeDurably(temporary(full), bytes);
        renameSync(temporary(full), full);
      } catch (error) {
        rmSync(temporary(full), { force: true });
        throw error;
      }
      this.#changedFolders.add(dirname(full));
      this.#syncFolders();
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
    if (!statSync(full, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(full, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(temporary("")))
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

  #openFile(path: string): number {
    const known = this.#open.get(path);
    if (known !== undefined) return known;
    const full = this.#full(path);
    if (this.size(path) === undefined) {
      this.#makeFolder(dirname(full));
      this.#changedFolders.add(dirname(full));
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

  #makeFolder(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) {
      this.#changedFolders.add(dirname(made));
    }
  }

  #syncFolders(): void {
    // Windows cannot open folders, and keeps their entries safe itself.
    if (process.platform !== "win32") this.#changedFolders.forEach(syncFolder);
    this.#changedFolders.clear();
  }

  #attempt<T>(action: string, path: string, operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      throw new StorageError(action, this.directory, path, error);
    }
  }
}

/** A file opened for reading; undefined when there is none. */
function openExisting(full: string): number | undefined {
  try {
    return openSync(full, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

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

function writeDurably(full: string, bytes: Uint8Array): void {
  const file = openSync(full, "w");
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(full: string): void {
  const folder = openSync(full, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
