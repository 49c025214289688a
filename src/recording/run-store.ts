/**
 * Storage of a run: files of bytes by path, such as "spikes/spikes.bin".
 *
 * Paths are relative, with "/" between folders; folders come into being with their files. All
 * operations are synchronous, as the recorder is called between stretches of simulation.
 */
export interface RunStore {
  /** Adds bytes at the end of a file, which is created if absent: all of them, or none if it throws. */
  append(path: string, bytes: Uint8Array): void;
  /**
   * Up to `length` bytes from `offset` on (default: all there are); fewer where the file ends first.
   *
   * @throws {MissingFileError} when there is no such file
   */
  read(path: string, offset?: number, length?: number): Uint8Array;
  /** Length of a file in bytes; undefined when there is no such file. */
  size(path: string): number | undefined;
  /**
   * Cuts a file to its first `length` bytes.
   *
   * @throws {MissingFileError} when there is no such file
   */
  truncate(path: string, length: number): void;
  /** Gives a file new contents: whoever reads it, at any time or after any crash, finds the old or the new. */
  replace(path: string, bytes: Uint8Array): void;
  /** Deletes a file, if there is one; that it is gone need not survive a power failure. */
  remove(path: string): void;
  /** Names of a folder's files, sorted; empty when there is no such folder. */
  list(folder: string): string[];
  /** Returns once all that was appended or cut will survive a power failure. */
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
