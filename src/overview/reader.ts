import { codeCounts } from "./bins.ts";
import {
  BLOCK_ROOM,
  CHUNK_BINS,
  FILE_HEADER_ROOM,
  gainColumns,
  Layout,
  type OverviewHead,
  type RangeReader,
  sampleColumns,
} from "./layout.ts";

/** Counts of a chunk: of each population and, as codes, of each cell, bin by bin. */
export interface Chunk {
  readonly sums: Uint32Array;
  readonly codes: Uint8Array;
}

/** Columns of time courses by name. */
export type Courses<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** Chunks that are kept in memory, within so many bytes. */
const MOST_KEPT_CHUNKS = 96;
const MOST_KEPT_BYTES = 128e6;

/** An overview, read in parts. */
export class Overview {
  readonly head: OverviewHead;
  readonly samples: Courses<(typeof sampleColumns)[number]>;
  readonly gains: Courses<(typeof gainColumns)[number]>;
  readonly #layout: Layout;
  readonly #index: Uint8Array;
  readonly #read: RangeReader;
  readonly #chunks = new Map<number, Chunk>();

  /** @throws {DamagedFileError} when it is none, or one of another version */
  constructor(read: RangeReader) {
    const layout = Layout.read(read);
    const { indexAt, samplesAt, gainsAt, chunksAt, head } = layout;
    // All but the chunks at once.
    const bytes = read(indexAt, chunksAt - indexAt).slice();
    const columns = <Name extends string>(names: readonly Name[], at: number, count: number) =>
      Object.fromEntries(
        names.map((name, k) => [
          name,
          new Float64Array(bytes.buffer, at - indexAt + 8 * k * count, count),
        ]),
      ) as unknown as Courses<Name>;
    this.head = head;
    this.samples = columns(sampleColumns, samplesAt, head.sampleCount);
    this.gains = columns(gainColumns, gainsAt, head.gainCount);
    this.#layout = layout;
    this.#index = bytes.subarray(0, samplesAt - indexAt);
    this.#read = read;
  }

  /** Headers of a record's file and of its blocks, by their places in the file. */
  headers(path: string): ReadonlyMap<number, Uint8Array> {
    let at = 0;
    const found = new Map<number, Uint8Array>();
    for (const file of this.head.files) {
      if (file.path === path) {
        found.set(0, this.#index.subarray(at, at + file.headerBytes));
        let offset = file.headerBytes;
        for (let block = 0; block < file.blocks; block++) {
          const from = at + FILE_HEADER_ROOM + BLOCK_ROOM * block;
          const header = this.#index.subarray(from, from + BLOCK_ROOM);
          found.set(offset, header);
          const view = new DataView(header.buffer, header.byteOffset, header.length);
          offset += BLOCK_ROOM + view.getUint32(32, true);
        }
      }
      at += FILE_HEADER_ROOM + BLOCK_ROOM * file.blocks;
    }
    return found;
  }

  /** A chunk of bins of a width; undefined where it is not stored. */
  chunk(binMs: number, number: number): Chunk | undefined {
    const { levels, cellCount, populationCount } = this.head;
    const level = levels.findIndex((one) => one.binMs === binMs);
    const index = levels[level]?.chunks.indexOf(number) ?? -1;
    if (index < 0) return undefined;
    const at = this.#layout.chunkAt(level, index);
    const known = this.#chunks.get(at);
    if (known) return known;
    const bytes = this.#read(at, this.#layout.chunkBytes).slice();
    const sums = new Uint32Array(bytes.buffer, 0, CHUNK_BINS * populationCount);
    const codes = bytes.subarray(sums.byteLength, sums.byteLength + CHUNK_BINS * cellCount);
    const most = Math.min(MOST_KEPT_CHUNKS, MOST_KEPT_BYTES / this.#layout.chunkBytes);
    if (this.#chunks.size >= most) this.#chunks.delete(this.#chunks.keys().next().value!);
    this.#chunks.set(at, { sums, codes });
    return { sums, codes };
  }
}

export { CHUNK_BINS, codeCounts };
