import { DamagedFileError } from "../recording/errors.ts";

/** Bins of a chunk. */
export const CHUNK_BINS = 256;

/** Version of the layout; a file of another version is made anew. */
const VERSION = 2;

const magic = new TextEncoder().encode("isocortex counts");
const PREFIX_BYTES = magic.length + 8;

/** Length of a file of the record, and the number of its blocks that were known. */
export interface IndexedFile {
  readonly path: string;
  readonly bytes: number;
  readonly headerBytes: number;
  readonly blocks: number;
}

/** Bins of one width, in chunks; those of few spikes are left out, as the record is read as fast. */
export interface Level {
  readonly binMs: number;
  /** Numbers of the chunks that are stored, ascending. */
  readonly chunks: readonly number[];
}

/** Beginning of an overview. */
export interface OverviewHead {
  readonly cellCount: number;
  readonly populationCount: number;
  readonly spikeCount: number;
  readonly startMs: number;
  readonly reachedMs: number;
  readonly sampleCount: number;
  readonly gainCount: number;
  readonly files: readonly IndexedFile[];
  readonly levels: readonly Level[];
}

/** Mean time courses at the samples: over living excitatory cells, and of numbers of living cells. */
export const sampleColumns = [
  "timeMs",
  "scaleMean",
  "scaleSd",
  "sensedPerS",
  "targetPerS",
  "livingE",
  "livingI",
] as const;

/** Mean plastic gain between excitatory cells, where gains are recorded. */
export const gainColumns = ["timeMs", "gainMean"] as const;

export const FILE_HEADER_ROOM = 32;
export const BLOCK_ROOM = 44;

const aligned = (bytes: number) => 8 * Math.ceil(bytes / 8);

/** Places of an overview's parts in its file, bytes. */
export class Layout {
  readonly head: OverviewHead;
  readonly indexAt: number;
  readonly samplesAt: number;
  readonly gainsAt: number;
  readonly chunksAt: number;
  readonly chunkBytes: number;
  readonly bytes: number;
  readonly #headBytes: Uint8Array;

  constructor(head: OverviewHead) {
    const { cellCount, populationCount, files, levels } = head;
    this.head = head;
    this.#headBytes = new TextEncoder().encode(JSON.stringify(head));
    this.indexAt = PREFIX_BYTES + aligned(this.#headBytes.length);
    const index = files.reduce(
      (sum, { blocks }) => sum + FILE_HEADER_ROOM + BLOCK_ROOM * blocks,
      0,
    );
    this.samplesAt = this.indexAt + aligned(index);
    this.gainsAt = this.samplesAt + 8 * sampleColumns.length * head.sampleCount;
    this.chunksAt = this.gainsAt + 8 * gainColumns.length * head.gainCount;
    this.chunkBytes = aligned(CHUNK_BINS * (4 * populationCount + cellCount));
    const chunks = levels.reduce((sum, level) => sum + level.chunks.length, 0);
    this.bytes = this.chunksAt + this.chunkBytes * chunks;
  }

  /** The bytes before the index. */
  beginning(): Uint8Array {
    const bytes = new Uint8Array(this.indexAt);
    bytes.set(magic);
    const view = new DataView(bytes.buffer);
    view.setUint32(magic.length, VERSION, true);
    view.setUint32(magic.length + 4, this.#headBytes.length, true);
    bytes.set(this.#headBytes, PREFIX_BYTES);
    return bytes;
  }

  /** Place of a level's chunk, by its number among those that are stored. */
  chunkAt(level: number, index: number): number {
    const before = this.head.levels.slice(0, level);
    const earlier = before.reduce((sum, { chunks }) => sum + chunks.length, 0);
    return this.chunksAt + this.chunkBytes * (earlier + index);
  }

  /**
   * Layout of an overview that is read.
   *
   * @throws {DamagedFileError} when it is none, or one of another version
   */
  static read(read: RangeReader): Layout {
    const damaged = () => new DamagedFileError("overview", 0, "it is none of this version");
    const prefix = read(0, PREFIX_BYTES);
    if (prefix.length < PREFIX_BYTES || magic.some((byte, k) => prefix[k] !== byte))
      throw damaged();
    const view = new DataView(prefix.buffer, prefix.byteOffset);
    if (view.getUint32(magic.length, true) !== VERSION) throw damaged();
    const length = view.getUint32(magic.length + 4, true);
    const text = new TextDecoder().decode(read(PREFIX_BYTES, length));
    try {
      return new Layout(JSON.parse(text));
    } catch {
      throw damaged();
    }
  }
}

/** Reads bytes of a file; fewer where it ends first. */
export type RangeReader = (offset: number, length: number) => Uint8Array;
