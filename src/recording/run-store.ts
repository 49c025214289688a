/**
 * Storage of a run: files of bytes by path, such as "spikes/spikes.bin".
 *
 * Paths are relative and use "/"; folders are created with their files. All operations are
 * synchronous.
 */
export interface RunStore {
  /** Appends bytes to a file, which is created if absent: all of them, or none if it throws. */
  append(path: string, bytes: Uint8Array): void;
  /**
   * At most `length` bytes from `offset` on, by default the whole file.
   *
   * @param room memory in which a store may return them where it is large enough, instead of in new
   * @throws {MissingFileError} if the file does not exist
   */
  read(path: string, offset?: number, length?: number, room?: Uint8Array): Uint8Array;
  /** Length of a file, bytes; undefined if it does not exist. */
  size(path: string): number | undefined;
  /**
   * Truncates a file to its first `length` bytes.
   *
   * @throws {MissingFileError} if the file does not exist
   */
  truncate(path: string, length: number): void;
  /** Replaces the contents of a file atomically: readers find the old or the new, also after a crash. */
  replace(path: string, bytes: Uint8Array): void;
  /** Deletes a file if it exists; the deletion need not survive a power failure. */
  remove(path: string): void;
  /** Names of the files in a folder, sorted; empty if it does not exist. */
  list(folder: string): string[];
  /** Returns when all appended and truncated data survive a power failure. */
  sync(): void;
}

/** A file that was asked for and does not exist. */
export class MissingFileError extends Error {
  override readonly name = "MissingFileError";
  readonly path: string;

  constructor(path: string) {
    super(`There is no file ${path} in this run directory.`);
    this.path = path;
  }
}
