import type { Dataset, File } from "h5wasm";

/** Target of an export's files; they are seen by others once all are complete. */
export interface ExportTarget {
  /** Begins an HDF5 file: an empty one, or one that holds `start` already. */
  createHdf5(name: string, start?: Uint8Array): File;
  /** Writes texts into an empty dataset of theirs that an HDF5 file began with. */
  fillTexts(dataset: Dataset, texts: readonly string[]): void;
  /** Ends an HDF5 file. */
  close(file: File): void;
  /** Writes a file piece by piece; returns after each. */
  write(name: string, pieces: Iterable<string | Uint8Array>): Generator<void>;
}
