import type { Dataset, File, Group, h5wasm, Reference } from "h5wasm";
import { littleEndian } from "./npy.ts";

/** The HDF5 library, and what it is compiled to. */
export interface Hdf5Library {
  readonly File: typeof File;
  readonly module: Awaited<typeof h5wasm.ready>;
}

/** A group of an HDF5 file, or the file itself. */
export type Hdf5Group = Group;

/** Values that datasets hold. */
export type Hdf5Values =
  | Float64Array
  | Float32Array
  | BigUint64Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Uint8Array
  | Int8Array;

type Hdf5Type = "<d" | "<f" | "<Q";

type GrowingValues = Float64Array | Float32Array | BigUint64Array;

const newValues = {
  "<d": (length: number) => new Float64Array(length),
  "<f": (length: number) => new Float32Array(length),
  "<Q": (length: number) => new BigUint64Array(length),
} as const satisfies Record<Hdf5Type, (length: number) => GrowingValues>;

/** Values per chunk of a growing dataset: half a megabyte of doubles, which fits HDF5's cache. */
const CHUNK_VALUES = 65_536;

/** Layout of a growing dataset. */
export interface DatasetLayout {
  /** Number of rows; chunks are no longer than that. */
  readonly rows: number;
  /** Length of each row, for a dataset of two axes; by default it has one. */
  readonly columns?: number;
  /** True to compress its chunks (gzip, level 1: higher ones hardly gain). */
  readonly compressed?: boolean;
}

/** Writes values that are known already; of one axis unless a shape is given. */
export function writeValues(
  group: Hdf5Group,
  name: string,
  values: Hdf5Values,
  shape: readonly number[] = [values.length],
): Dataset {
  return group.create_dataset({ name, data: values as Float64Array, shape: [...shape] });
}

/**
 * The type of attributes' texts: C strings of any length in ASCII, which every reader takes; in
 * UTF-8, where it is needed, h5wasm marks them as padded with spaces, as Fortran's are.
 */
const typeOfTexts = (texts: readonly string[]): "A" | "S" =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are in ASCII, too.
  texts.every((text) => /^[\x00-\x7f]*$/.test(text)) ? "A" : "S";

/**
 * Writes a text, or a list of texts, as strings of any length in UTF-8: of those in ASCII, HDMF
 * and with it PyNWB make bytes, which equal no text.
 */
export function writeText(
  group: Hdf5Group,
  name: string,
  text: string | readonly string[],
): Dataset {
  const isOne = typeof text === "string";
  const data = isOne ? [text] : [...text];
  return group.create_dataset({ name, data, shape: isOne ? [] : [data.length], dtype: "S" });
}

/** Writes texts into an empty dataset of theirs that can grow; its type is kept. */
export function fillTexts(
  { module }: Hdf5Library,
  dataset: Dataset,
  texts: readonly string[],
): void {
  // In memory: a pointer to each text, then the texts, each with a null byte at its end.
  const encoded = new TextEncoder().encode(texts.map((text) => `${text}\0`).join(""));
  const start = module._malloc(4 * texts.length + encoded.length);
  let next = start + 4 * texts.length;
  const pointers = Uint32Array.from(texts, (text) => {
    const at = next;
    next += new TextEncoder().encode(text).length + 1;
    return at;
  });
  module.HEAPU8.set(littleEndian(pointers), start);
  module.HEAPU8.set(encoded, start + pointers.byteLength);
  dataset.resize([texts.length]);
  const count = [BigInt(texts.length)];
  module.set_dataset_data(dataset.file_id, dataset.path, count, [0n], [1n], BigInt(start));
  module._free(start);
}

/** A dataset of doubles to be written in any order: of small chunks, and not compressed. */
export function chunkedDataset(group: Hdf5Group, name: string, length: number): Dataset {
  const data = new Float64Array(0);
  const dataset = group.create_dataset({
    name,
    data,
    shape: [0],
    maxshape: [null],
    chunks: [8192],
  });
  dataset.resize([length]);
  return dataset;
}

/** Gives a group or dataset attributes: texts, lists of texts, references, or values of a type. */
export function describe(
  object: Group | Dataset,
  attributes: Readonly<Record<string, string | readonly string[] | Reference | Hdf5Values>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "string") object.create_attribute(name, [value], [], typeOfTexts([value]));
    else if (Array.isArray(value))
      object.create_attribute(name, value, [value.length], typeOfTexts(value));
    else if (ArrayBuffer.isView(value)) {
      const values = value as Float64Array;
      object.create_attribute(name, values, values.length === 1 ? [] : [values.length]);
    } else object.create_attribute(name, value as Reference);
  }
}

/**
 * A dataset that grows, without its values being kept in memory: in whole chunks, as HDF5 packs a
 * chunk again whenever something of it changes.
 */
export class GrowingDataset {
  readonly dataset: Dataset;
  readonly #columns: number | undefined;
  readonly #buffer: GrowingValues;
  #buffered = 0;
  #rows = 0;

  constructor(group: Hdf5Group, name: string, type: Hdf5Type, layout: DatasetLayout) {
    const { rows, columns, compressed = false } = layout;
    const perRow = Math.min(columns ?? 1, CHUNK_VALUES);
    const chunkRows = Math.max(1, Math.min(rows, Math.floor(CHUNK_VALUES / perRow)));
    const axes = columns === undefined ? [] : [columns];
    this.#columns = columns;
    this.#buffer = newValues[type](chunkRows * (columns ?? 1));
    this.dataset = group.create_dataset({
      name,
      data: newValues[type](0) as Float64Array,
      shape: [0, ...axes],
      maxshape: [null, ...axes],
      chunks: columns === undefined ? [chunkRows] : [chunkRows, perRow],
      ...(compressed && { compression: "gzip", compression_opts: 1 }),
    });
  }

  /** Adds values of the dataset's type at its end: in the end, whole rows. */
  append(values: GrowingValues): void {
    const buffer = this.#buffer;
    for (let from = 0; from < values.length; ) {
      const end = Math.min(values.length, from + buffer.length - this.#buffered);
      buffer.set(values.subarray(from, end) as never, this.#buffered);
      this.#buffered += end - from;
      from = end;
      if (this.#buffered === buffer.length) this.finish();
    }
  }

  /** Writes what is not in the file yet. */
  finish(): void {
    if (this.#buffered === 0) return;
    const first = this.#rows;
    this.#rows += this.#buffered / (this.#columns ?? 1);
    const values = this.#buffer.subarray(0, this.#buffered);
    if (this.#columns === undefined) {
      this.dataset.resize([this.#rows]);
      this.dataset.write_slice([[first, this.#rows]], values);
    } else {
      this.dataset.resize([this.#rows, this.#columns]);
      this.dataset.write_slice(
        [
          [first, this.#rows],
          [0, this.#columns],
        ],
        values,
      );
    }
    this.#buffered = 0;
  }
}
