import { unpackColumns } from "../encoding/columns.ts";
import { BLOCK_SPIKES, decodeSpikes, type Spikes, spikeRoom } from "../encoding/spike-codec.ts";
import { type Block, BlockFileReader } from "./block-file.ts";
import { activitiesOf, type CellSample, type CellSamples, decodeSample } from "./cell-sample.ts";
import { DamagedFileError } from "./errors.ts";
import { ExcursionLog, type Excursions } from "./excursions.ts";
import { isSettled, type Manifest, recordStartMs } from "./manifest.ts";
import { readManifest } from "./manifest-file.ts";
import {
  type CellPositions,
  decodePositions,
  decodeSynapses,
  type SynapseTable,
} from "./network-record.ts";
import { PotentialReader } from "./potential-reader.ts";
import { misplacedReadings, readingCount } from "./potentials.ts";
import { decodeEvent, type RunEvent } from "./run-event.ts";
import {
  type BinaryFile,
  binaryFilesOf,
  fileKinds,
  holdsSeveral,
  isOfNetwork,
  type OfGrowingFiles,
  ofGrowingFiles,
  runFiles,
} from "./run-files.ts";
import { foreignManifest } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";
import type { TimeRange } from "./time-range.ts";

/** Treatment of truncated files: refuse them, or read their intact part. @inline */
export type DamagePolicy = "refuse" | "cut";

/**
 * Reader of a recorded run, complete or not.
 *
 * All data are verified by their checksums; methods that find a damaged block throw a
 * {@link DamagedFileError}.
 *
 * @example
 * ```ts
 * import { MemoryStore, readExperiment, RunReader, runExperiment } from "isocortex";
 *
 * const store = new MemoryStore();
 * await runExperiment(readExperiment("duration: 1 s"), { store });
 * const run = new RunReader(store);
 * for (const { timesMs, cells } of run.spikeBlocks()) console.log(timesMs.length, cells.length);
 * console.log(run.manifest.populations, run.events(), run.verify());
 * ```
 */
export class RunReader {
  readonly manifest: Manifest;
  /** Truncated files, which are read up to the damage. */
  readonly damage: readonly DamagedFileError[];
  readonly #files: OfGrowingFiles<BlockFileReader> &
    Readonly<Record<"positions" | "synapses", BlockFileReader>> &
    Readonly<Partial<Record<"interColumn", BlockFileReader>>>;

  /**
   * @param store storage of the run; `openRun` of `isocortex/node` opens directories
   * @param policy "refuse" truncated files, or "cut": read their intact part and list them in `damage`
   * @param manifest its manifest, where that has just been read or written
   * @throws {RunLocationError} if there is no run
   * @throws {FormatVersionError} if the run is in a newer format
   * @throws {ForeignFileError} if the manifest is of another run
   * @throws {DamagedFileError} if the manifest or, unless the policy is "cut", a file is damaged
   */
  constructor(store: RunStore, policy: DamagePolicy = "refuse", manifest = readManifest(store)) {
    this.manifest = manifest;
    const open = (file: BinaryFile) =>
      new BlockFileReader(store, runFiles[file], fileKinds[file], this.manifest);
    const isBetween = this.manifest.network.interColumnSynapses !== undefined;
    this.#files = {
      ...ofGrowingFiles(this.manifest, open),
      positions: open("positions"),
      synapses: open("synapses"),
      ...(isBetween && { interColumn: open("interColumn") }),
    };
    const headers = Object.values(this.#files).map(({ header }) => header);
    const foreign = foreignManifest(this.manifest, headers);
    if (foreign) throw foreign;
    const damage = binaryFilesOf(this.manifest).flatMap((name) => this.#damageOf(name) ?? []);
    this.damage = damage.length > 0 ? damage : this.#silence();
    if (policy === "refuse" && this.damage[0]) throw this.damage[0];
  }

  /**
   * Last recorded time, ms. If the run is in progress or was killed: the end of the last complete
   * block of spikes, even if samples or the manifest reach further.
   */
  get reachedMs(): number {
    if (isSettled(this.manifest)) return this.manifest.simulatedMs;
    return this.#files.spikes.blocks.at(-1)?.lastMs ?? recordStartMs(this.manifest);
  }

  /** Time up to which all spikes are recorded, ms; if the run was killed, just after its last spike. */
  get spikesEndMs(): number {
    return isSettled(this.manifest) ? Infinity : this.reachedMs * (1 + Number.EPSILON);
  }

  /** Number of spikes in complete blocks. */
  get spikeCount(): number {
    return recorded(this.#files.spikes, "spikes");
  }

  /** Spikes in order of time, block by block, in constant memory; by default all. */
  *spikeBlocks(range: TimeRange = {}): Generator<Spikes> {
    for (const block of this.#spikeBlocksIn(range)) yield this.#unpack(block, range);
  }

  /**
   * The same blocks, each in the memory of the one before: for readers that keep none.
   *
   * @internal
   */
  *lentSpikeBlocks(range: TimeRange = {}): Generator<Spikes> {
    const blocks = this.#spikeBlocksIn(range);
    const payloadBytes = blocks.reduce((most, block) => Math.max(most, block.payloadBytes), 0);
    const room = { payload: new Uint8Array(payloadBytes), spikes: spikeRoom(BLOCK_SPIKES) };
    for (const block of blocks) yield this.#unpack(block, range, room);
  }

  /** Spikes in order of time, in one piece; by default all. */
  spikes(range: TimeRange = {}): Spikes {
    const most = this.#spikeBlocksIn(range).reduce((sum, { count }) => sum + count, 0);
    const timesMs = new Float64Array(most);
    const cells = new Uint32Array(most);
    let count = 0;
    for (const block of this.lentSpikeBlocks(range)) {
      timesMs.set(block.timesMs, count);
      cells.set(block.cells, count);
      count += block.cells.length;
    }
    return { timesMs: timesMs.subarray(0, count), cells: cells.subarray(0, count) };
  }

  /** Number of spikes; only the blocks at the ends of the range are decoded. */
  countSpikes({ startMs = 0, endMs = Number.POSITIVE_INFINITY }: TimeRange = {}): number {
    return this.#spikeBlocksIn({ startMs, endMs }).reduce((sum, block) => {
      const isInside = block.firstMs >= startMs && block.lastMs < endMs;
      return sum + (isInside ? block.count : this.#unpack(block, { startMs, endMs }).cells.length);
    }, 0);
  }

  /** Times of the samples, ms. */
  get sampleTimesMs(): Float64Array {
    return timesOf(this.#files.samples);
  }

  /** State of all cells at `sampleTimesMs[index]`. */
  sample(index: number): CellSample {
    return this.#entry("samples", index, decodeSample);
  }

  /** All samples: of each variable, one array of all cells per time. */
  samples(): CellSamples {
    const timesMs = this.sampleTimesMs;
    const all = Array.from(timesMs, (_, index) => this.sample(index));
    return {
      timesMs,
      sensedRateKhz: all.map(({ sensedRateKhz }) => sensedRateKhz),
      targetRateKhz: all.map(({ targetRateKhz }) => targetRateKhz),
      scaleFactor: all.map(({ scaleFactor }) => scaleFactor),
      alive: all.map(({ alive }) => alive),
      ...activitiesOf(all),
    };
  }

  /** Times of the recorded plastic gains, ms. */
  get gainTimesMs(): Float64Array {
    return timesOf(this.#files.gains);
  }

  /** Plastic gains at `gainTimesMs[index]`, one per synapse of `synapses()`. */
  gains(index: number): Float64Array {
    return this.#entry("gains", index, (payload, count) => unpackColumns(payload, count, ["d"])[0]);
  }

  /** Recorded potentials; undefined if there are none. */
  get potentials(): PotentialReader | undefined {
    const { potentials: schedule } = this.manifest;
    const file = this.#files.potentials;
    return schedule && file && new PotentialReader(file, schedule, recordStartMs(this.manifest));
  }

  /** Events of the network, in order of time. */
  events(): RunEvent[] {
    const file = this.#files.events;
    const { cellCount } = this.manifest.network;
    return file.blocks.map((block) =>
      file.decode(block, "event", (payload) => decodeEvent(payload, cellCount)),
    );
  }

  /** Values outside their range, up to a time; by default in the whole run. */
  excursions(untilMs = Number.POSITIVE_INFINITY): Excursions {
    const log = new ExcursionLog();
    const { excursions } = this.manifest;
    if (excursions && isSettled(this.manifest)) {
      log.add(excursions, untilMs);
      return log.excursions;
    }
    for (const [index, timeMs] of this.sampleTimesMs.entries()) {
      if (timeMs <= untilMs) log.addSample(timeMs, this.sample(index));
    }
    for (const [index, timeMs] of this.gainTimesMs.entries()) {
      if (timeMs <= untilMs) log.addGains(timeMs, this.gains(index));
    }
    for (const event of this.events()) if (event.timeMs <= untilMs) log.addEvent(event);
    return log.excursions;
  }

  positions(): CellPositions {
    return this.#entry("positions", 0, decodePositions);
  }

  synapses(): SynapseTable {
    const { cellCount } = this.manifest.network;
    return this.#entry("synapses", 0, (payload, count) =>
      decodeSynapses(payload, count, cellCount),
    );
  }

  /** Synapses between columns: neither plastic nor scaled. Undefined of one column. */
  interColumnSynapses(): SynapseTable | undefined {
    if (!this.#files.interColumn) return undefined;
    const { cellCount } = this.manifest.network;
    return this.#entry("interColumn", 0, (payload, count) =>
      decodeSynapses(payload, count, cellCount),
    );
  }

  /** Verification of the whole record: the first damage of each damaged file. */
  verify(): DamagedFileError[] {
    const damage = Object.values(this.#files).flatMap((file) => file.firstDamage() ?? []);
    const known = new Set(damage.map(({ path }) => path));
    return [...damage, ...this.damage.filter(({ path }) => !known.has(path))];
  }

  #unpack(block: Block, range: TimeRange, room?: BlockRoom): Spikes {
    const { cellCount } = this.manifest.network;
    const spikes = this.#files.spikes.decode(
      block,
      "spikes",
      (payload) => decodeSpikes(payload, block.count, block.firstMs, cellCount, room?.spikes),
      room?.payload,
    );
    return within(spikes, range);
  }

  #spikeBlocksIn({ startMs = 0, endMs = Number.POSITIVE_INFINITY }: TimeRange): Block[] {
    return this.#files.spikes.blocks.filter(
      ({ firstMs, lastMs }) => lastMs >= startMs && firstMs < endMs,
    );
  }

  /** Decoded `index`-th block of a file. */
  #entry<T>(
    name: Exclude<BinaryFile, "spikes" | "events" | "potentials">,
    index: number,
    decoder: (payload: Uint8Array, count: number) => T,
  ): T {
    const file = this.#files[name]!;
    const block = file.blocks[index];
    if (block) return file.decode(block, fileKinds[name], (bytes) => decoder(bytes, block.count));
    if (file.damage) throw file.damage;
    throw new RangeError(`${file.path} has no entry ${index}: there are ${file.blocks.length}.`);
  }

  /**
   * Manifest that reaches far beyond all recorded data, and would cost readers as much time as a
   * record of that length.
   */
  #silence(): DamagedFileError[] {
    const { simulatedMs } = this.manifest;
    if (!isSettled(this.manifest)) return [];
    const ends = Object.values(this.#files).map(({ blocks }) => blocks.at(-1)?.lastMs ?? 0);
    const recordedMs = Math.max(recordStartMs(this.manifest), ...ends);
    if (simulatedMs - recordedMs <= LONGEST_SILENCE_MS) return [];
    const reason = `it states ${simulatedMs} ms, but the record ends at ${recordedMs} ms`;
    return [new DamagedFileError(runFiles.manifest, 0, reason)];
  }

  /** Truncation of a file, or its disagreement with the manifest. */
  #damageOf(name: BinaryFile): DamagedFileError | undefined {
    const file = this.#files[name]!;
    if (file.damage) return file.damage;
    const damaged = (offset: number, reason: string) =>
      new DamagedFileError(file.path, offset, reason);
    const { counts, simulatedMs, potentials } = this.manifest;
    const isOver = isSettled(this.manifest);
    const late = isOver && file.blocks.find(({ lastMs }) => lastMs > simulatedMs);
    if (late) {
      const reason = `block ${late.number} ends at ${late.lastMs} ms, but the manifest states ${simulatedMs} ms`;
      return damaged(late.offset, reason);
    }
    if (name === "potentials" && potentials) {
      const first = readingCount(potentials, recordStartMs(this.manifest));
      const misplaced = misplacedReadings(potentials, first, file.blocks);
      if (misplaced) return damaged(misplaced.block.offset, misplaced.reason);
    }
    const found = recorded(file, name);
    const expected = isOfNetwork(name) ? 1 : (counts[name] ?? 0);
    if (isOver ? found === expected : found >= expected) return undefined;
    const reason = `it contains ${found} ${name}, but the manifest states ${expected}`;
    return damaged(file.endOf(file.blocks.length)!, reason);
  }
}

/**
 * The longest stretch before the end of a run of which nothing is recorded, ms: more than eleven
 * days, six times as long as the longest published run.
 */
const LONGEST_SILENCE_MS = 1e9;

/** Memory for one block of spikes after another. */
interface BlockRoom {
  readonly payload: Uint8Array;
  readonly spikes: Spikes;
}

/** Spikes or readings in a file of them, blocks in any other. */
function recorded({ blocks }: BlockFileReader, name: BinaryFile): number {
  if (!holdsSeveral(name)) return blocks.length;
  return blocks.reduce((sum, { count }) => sum + count, 0);
}

function timesOf({ blocks }: BlockFileReader): Float64Array {
  return Float64Array.from(blocks, ({ firstMs }) => firstMs);
}

function within(
  spikes: Spikes,
  { startMs = 0, endMs = Number.POSITIVE_INFINITY }: TimeRange,
): Spikes {
  const { timesMs, cells } = spikes;
  let first = 0;
  while (timesMs[first]! < startMs) first++;
  let end = timesMs.length;
  while (end > first && timesMs[end - 1]! >= endMs) end--;
  return { timesMs: timesMs.subarray(first, end), cells: cells.subarray(first, end) };
}
