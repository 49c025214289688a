import { BLOCK_HEADER_BYTES } from "../encoding/block.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import { type Block, BlockFileReader } from "../recording/block-file.ts";
import { type Manifest, recordStartMs } from "../recording/manifest.ts";
import { binaryFilesOf, fileKinds, runFiles } from "../recording/run-files.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import { binWidthsMs, countCode } from "./bins.ts";
import { gainCourse, sampleCourses } from "./courses.ts";
import { BLOCK_ROOM, CHUNK_BINS, FILE_HEADER_ROOM, Layout, type Level } from "./layout.ts";

/** Writes bytes of the overview at a place. */
export type OverviewSink = (offset: number, bytes: Uint8Array) => void;

/** Narrower bins are counted from the record each time. */
const NARROWEST_MS = 5;

/** A chunk of fewer spikes is not stored: to unpack them takes some milliseconds. */
const FEWEST_SPIKES = 65_536;

/** Parts of the work: samples and gains, then spikes. */
const COURSES_PART = 0.2;

/**
 * Makes the overview of a run step by step, none of which takes long.
 *
 * @returns its layout; yields which part of the work is done
 * @throws {DamagedFileError} when a block is damaged
 */
export function* overviewSteps(
  store: RunStore,
  run: RunReader,
  write: OverviewSink,
): Generator<number, Layout> {
  const { manifest } = run;
  const files = binaryFilesOf(manifest).map(
    (name) => new BlockFileReader(store, runFiles[name], fileKinds[name], manifest),
  );
  const spikeFile = files.find(({ path }) => path === runFiles.spikes)!;
  const layout = new Layout({
    cellCount: manifest.network.cellCount,
    populationCount: manifest.populations.length,
    spikeCount: run.spikeCount,
    startMs: recordStartMs(manifest),
    reachedMs: run.reachedMs,
    sampleCount: run.sampleTimesMs.length,
    gainCount: run.gainTimesMs.length,
    files: files.map((file) => ({
      path: file.path,
      bytes: file.endOf(file.blocks.length) ?? 0,
      headerBytes: file.header?.bytes ?? 0,
      blocks: file.blocks.length,
    })),
    levels: levelsOf(spikeFile.blocks),
  });
  write(0, layout.beginning());
  write(layout.indexAt, indexOf(store, files));
  for (const [part, course] of [sampleCourses(run), gainCourse(run)].entries()) {
    for (let step = course.next(); ; step = course.next()) {
      if (step.done) {
        write(part === 0 ? layout.samplesAt : layout.gainsAt, step.value);
        break;
      }
      yield COURSES_PART * step.value;
    }
  }
  yield* countSteps(run, layout, write);
  return layout;
}

/** Headers of all files and of their blocks, one after another. */
function indexOf(store: RunStore, files: readonly BlockFileReader[]): Uint8Array {
  const parts = files.flatMap(({ path, header, blocks }) => [
    { path, offset: 0, length: header?.bytes ?? 0, room: FILE_HEADER_ROOM },
    ...blocks.map(({ offset }) => ({
      ...{ path, offset, length: BLOCK_HEADER_BYTES, room: BLOCK_ROOM },
    })),
  ]);
  const bytes = new Uint8Array(parts.reduce((sum, { room }) => sum + room, 0));
  let at = 0;
  for (const { path, offset, length, room } of parts) {
    if (length > 0) bytes.set(store.read(path, offset, length), at);
    at += room;
  }
  return bytes;
}

/** Chunks that are stored, known from how many spikes there are in the blocks across them. */
function levelsOf(blocks: readonly Block[]): Level[] {
  const endMs = blocks.at(-1)?.lastMs ?? 0;
  const widths = binWidthsMs.filter((binMs) => binMs >= NARROWEST_MS);
  const levels = widths.map((binMs) => {
    const spanMs = CHUNK_BINS * binMs;
    const counts = new Map<number, number>();
    for (const { firstMs, lastMs, count } of blocks) {
      const last = Math.floor(lastMs / spanMs);
      for (let chunk = Math.floor(firstMs / spanMs); chunk <= last; chunk++) {
        counts.set(chunk, (counts.get(chunk) ?? 0) + count);
      }
    }
    const chunks = [...counts].filter(([, count]) => count > FEWEST_SPIKES).map(([k]) => k);
    return { binMs, spanMs, chunks };
  });
  const isUseful = ({ spanMs }: { spanMs: number }, k: number) =>
    k === 0 || levels[k - 1]!.spanMs < endMs || spanMs <= endMs;
  return levels.filter(isUseful).map(({ binMs, chunks }) => ({ binMs, chunks }));
}

/** Counts the spikes of all stored chunks, in one passage through the record. */
function* countSteps(run: RunReader, layout: Layout, write: OverviewSink): Generator<number> {
  const counters = layout.head.levels
    .map((level, k) => new LevelCounter(run.manifest, layout, { ...level, index: k }, write))
    .filter(({ isEmpty }) => !isEmpty);
  if (counters.length === 0) return;
  let counted = 0;
  for (const spikes of run.lentSpikeBlocks()) {
    for (const counter of counters) counter.add(spikes);
    counted += spikes.cells.length;
    yield COURSES_PART + (1 - COURSES_PART) * (counted / run.spikeCount);
  }
  for (const counter of counters) counter.finish();
}

/** Counts spikes in the bins of one width, chunk by chunk. */
class LevelCounter {
  readonly #layout: Layout;
  readonly #level: Level & { readonly index: number };
  readonly #write: OverviewSink;
  readonly #populationOfCell: Uint16Array;
  readonly #sums: Uint32Array;
  readonly #counts: Uint32Array;
  /** Number of stored chunks before the one that is counted. */
  #next = 0;

  constructor(
    { network, populations }: Manifest,
    layout: Layout,
    level: Level & { readonly index: number },
    write: OverviewSink,
  ) {
    this.#layout = layout;
    this.#level = level;
    this.#write = write;
    this.#populationOfCell = new Uint16Array(network.cellCount);
    populations.forEach(({ firstCell, cellCount }, k) => {
      this.#populationOfCell.fill(k, firstCell, firstCell + cellCount);
    });
    this.#sums = new Uint32Array(CHUNK_BINS * populations.length);
    this.#counts = new Uint32Array(CHUNK_BINS * network.cellCount);
  }

  get isEmpty(): boolean {
    return this.#level.chunks.length === 0;
  }

  /** Adds spikes that follow on the earlier ones. */
  add({ timesMs, cells }: Spikes): void {
    const { binMs } = this.#level;
    let k = 0;
    while (k < cells.length) {
      const chunk = this.#level.chunks[this.#next];
      if (chunk === undefined) return;
      const [firstBin, endBin] = [CHUNK_BINS * chunk, CHUNK_BINS * (chunk + 1)];
      if (Math.floor(timesMs.at(-1)! / binMs) < firstBin) return;
      while (k < cells.length && Math.floor(timesMs[k]! / binMs) < firstBin) k++;
      k = this.#count(timesMs, cells, k, firstBin, endBin);
      if (k < cells.length) this.#flush();
    }
  }

  /** Writes what is left. */
  finish(): void {
    while (this.#level.chunks[this.#next] !== undefined) this.#flush();
  }

  /** Counts spikes from one on, up to the end of the chunk; the first one after it. */
  #count(
    timesMs: Float64Array,
    cells: Uint32Array,
    from: number,
    firstBin: number,
    endBin: number,
  ): number {
    const { binMs } = this.#level;
    const { cellCount, populationCount } = this.#layout.head;
    const [counts, sums, populationOfCell] = [this.#counts, this.#sums, this.#populationOfCell];
    let k = from;
    for (; k < cells.length; k++) {
      const bin = Math.floor(timesMs[k]! / binMs);
      if (bin >= endBin) break;
      const place = (bin - firstBin) | 0;
      const cell = cells[k]!;
      counts[place * cellCount + cell]!++;
      sums[place * populationCount + populationOfCell[cell]!]!++;
    }
    return k;
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#layout.chunkBytes);
    new Uint32Array(bytes.buffer, 0, this.#sums.length).set(this.#sums);
    const codes = bytes.subarray(this.#sums.byteLength);
    const counts = this.#counts;
    for (let k = 0; k < counts.length; k++) codes[k] = countCode(counts[k]!);
    this.#write(this.#layout.chunkAt(this.#level.index, this.#next), bytes);
    this.#sums.fill(0);
    this.#counts.fill(0);
    this.#next++;
  }
}
