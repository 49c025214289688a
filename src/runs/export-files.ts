import { join } from "node:path";
import type { Dataset, File } from "h5wasm";
import { fillTexts, type Hdf5Library } from "../export/hdf5.ts";
import type { ExportTarget } from "../export/target.ts";
import { OutputFiles, type Replaceable } from "../store/output-files.ts";

/** Files of an export in a folder, under other names until all are complete. */
export class ExportFiles implements ExportTarget {
  readonly #folder: string;
  readonly #hdf5: Hdf5Library | undefined;
  readonly #files: OutputFiles;
  readonly #paths: string[] = [];

  /** @param folder is made if it does not exist */
  constructor(folder: string, replaceable: Replaceable, hdf5?: Hdf5Library) {
    this.#files = new OutputFiles(replaceable);
    this.#folder = folder;
    this.#hdf5 = hdf5;
  }

  createHdf5(name: string, start?: Uint8Array): File {
    const file = this.#files.beginShared(this.#pathOf(name));
    if (start) file.write(start);
    const { File } = this.#hdf5!;
    return new File(file.temporaryPath, start ? "a" : "w");
  }

  fillTexts(dataset: Dataset, texts: readonly string[]): void {
    fillTexts(this.#hdf5!, dataset, texts);
  }

  close(file: File): void {
    file.flush();
    file.close();
  }

  *write(name: string, pieces: Iterable<string | Uint8Array>): Generator<void> {
    const file = this.#files.begin(this.#pathOf(name));
    for (const piece of pieces) {
      file.write(piece);
      yield;
    }
  }

  /** Writes a file piece by piece as they come; returns after each. */
  async *writeStream(name: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<void> {
    const file = this.#files.begin(this.#pathOf(name));
    for await (const piece of pieces) {
      file.write(piece);
      yield;
    }
  }

  /** Gives the files their names, in place of what has them; their paths. */
  async publish(): Promise<string[]> {
    await this.#files.publish();
    return this.#paths;
  }

  /** Deletes what has been written, and the folder if it was made for it. */
  discard(): void {
    this.#files.discard();
  }

  /** Path of a new file. */
  #pathOf(name: string): string {
    const path = join(this.#folder, name);
    this.#paths.push(path);
    return path;
  }
}
