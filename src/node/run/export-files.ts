import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Dataset, File } from "h5wasm";
import type { ExportTarget } from "../../export/export-target.ts";
import { fillTexts, type Hdf5Library } from "../../export/hdf5.ts";

/** What an export could not write, and why. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

/** The name of a file that is not complete. */
const partial = (path: string) => `${path}.partial`;

/** Files of an export in a folder, under other names until all are complete. */
export class ExportFiles implements ExportTarget {
  readonly #folder: string;
  readonly #hdf5: Hdf5Library | undefined;
  readonly #names: string[] = [];
  readonly #made: string | undefined;

  /** @param folder is made if it does not exist */
  constructor(folder: string, hdf5?: Hdf5Library) {
    this.#folder = folder;
    this.#hdf5 = hdf5;
    this.#made = mkdirSync(folder, { recursive: true });
  }

  createHdf5(name: string, start?: Uint8Array): File {
    const path = this.#begin(name);
    if (start) writeFileSync(path, start);
    const { File } = this.#hdf5!;
    return new File(path, start ? "a" : "w");
  }

  fillTexts(dataset: Dataset, texts: readonly string[]): void {
    fillTexts(this.#hdf5!, dataset, texts);
  }

  close(file: File): void {
    file.flush();
    file.close();
  }

  *write(name: string, pieces: Iterable<string | Uint8Array>): Generator<void> {
    const file = openSync(this.#begin(name), "w");
    try {
      for (const piece of pieces) {
        writePiece(file, piece);
        yield;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Writes a file piece by piece as they come; returns after each. */
  async *writeStream(name: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<void> {
    const file = openSync(this.#begin(name), "w");
    try {
      for await (const piece of pieces) {
        writePiece(file, piece);
        yield;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the files their names, in place of what has them; their paths. */
  publish(): string[] {
    const paths = this.#names.map((name) => join(this.#folder, name));
    for (const path of paths) makeDurable(partial(path));
    for (const path of paths) renameSync(partial(path), path);
    return paths;
  }

  /** Deletes what has been written, and the folder if it was made for it. */
  discard(): void {
    for (const name of this.#names) rmSync(partial(join(this.#folder, name)), { force: true });
    if (this.#made === undefined) return;
    try {
      const first = this.#made.length;
      for (let made = resolve(this.#folder); made.length >= first; made = dirname(made)) {
        rmdirSync(made);
      }
    } catch {
      // Something else has been put there meanwhile.
    }
  }

  #begin(name: string): string {
    this.#names.push(name);
    return resolve(partial(join(this.#folder, name)));
  }
}

/** Those of the files that exist already. */
export const existingFiles = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => join(folder, name)).filter((path) => existsSync(path));

function writePiece(file: number, piece: string | Uint8Array): void {
  const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

function makeDurable(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
