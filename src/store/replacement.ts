import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isAlive, processScope } from "../host/process-scope.ts";
import { crc32 } from "../numeric/crc32.ts";
import { attempt } from "./errors.ts";
import { makeFolders, removeFolders, syncFolder } from "./folder-creation.ts";

/** After so long, a temporary file of another computer's process counts as left behind, ms. */
const LEFT_BEHIND_MS = 24 * 3600 * 1000;

const scopeCode = crc32(new TextEncoder().encode(processScope().scope))
  .toString(16)
  .padStart(8, "0");

/** Temporary files, by where and by which process they are written. */
const temporaryPattern = /^\.isocortex-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;

/** True if a name is that of a file whose contents were not complete. */
export const isTemporary = (name: string): boolean => temporaryPattern.test(name);

/** A path in a folder that no other file has. */
export const temporaryPath = (folder: string): string =>
  join(folder, `.isocortex-${scopeCode}-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);

/** Deletes temporary files of processes that were killed over them. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, scope, pid] = temporaryPattern.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    const isLeft = scope === scopeCode ? !isAlive(Number(pid)) : ageMs > LEFT_BEHIND_MS;
    if (isLeft) rmSync(path, { force: true });
  }
}

/**
 * New contents of a file, written beside it under a unique name until they take its place. A reader
 * finds the old contents or the new, at any time and after any crash. If several processes replace
 * one file, the last one wins whole.
 */
export class Replacement {
  readonly path: string;
  readonly #name: string;
  /** Path of the contents until they are complete. */
  readonly temporaryPath: string;
  readonly #made: readonly string[];
  #file: number | undefined;

  /** @param path its folder is made if it does not exist */
  constructor(path: string) {
    this.#name = path;
    this.path = resolve(path);
    const folder = dirname(this.path);
    this.#made = this.#attempt(() => makeFolders(folder));
    this.temporaryPath = temporaryPath(folder);
    try {
      this.#attempt(() => {
        removeLeftovers(folder);
        this.#file = openSync(this.temporaryPath, "wx");
      });
    } catch (error) {
      removeFolders(this.#made);
      throw error;
    }
  }

  write(piece: string | Uint8Array): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    this.#attempt(() => writeAll(this.#file!, bytes));
  }

  /** Ends the contents, and makes them survive a power failure. */
  settle(): void {
    const file = this.#file!;
    this.#file = undefined;
    this.#attempt(() => {
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Puts the settled contents in place of what there may be. */
  place(): void {
    this.#attempt(() => renameSync(this.temporaryPath, this.path));
  }

  /** Makes the new entry survive a power failure. */
  syncFolders(): void {
    this.#attempt(() => {
      for (const entry of [this.path, ...this.#made]) syncFolder(dirname(entry));
    });
  }

  /** Deletes what has been written, and the folders that were made for it. */
  discard(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.temporaryPath, { force: true });
    removeFolders(this.#made);
  }

  #attempt<T>(operation: () => T): T {
    return attempt("write", this.#name, operation);
  }
}

/** Gives a file new contents, durably. */
export function replaceFile(path: string, contents: string | Uint8Array): void {
  const replacement = new Replacement(path);
  try {
    replacement.write(contents);
    replacement.settle();
    replacement.place();
    replacement.syncFolders();
  } catch (error) {
    replacement.discard();
    throw error;
  }
}

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
