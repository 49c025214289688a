import { packColumns } from "../encoding/columns.ts";
import { encodeSpikes, type Spikes } from "../encoding/spike-codec.ts";
import type { Potentials } from "../engine/potentials.ts";
import { type BlockFilePosition, BlockFileReader, BlockFileWriter } from "./block-file.ts";
import { type CellSample, encodeSample } from "./cell-sample.ts";
import type { SimulationState } from "./checkpoint.ts";
import { pruneCheckpoints, writeCheckpoint } from "./checkpoint-files.ts";
import { DamagedFileError, RecordingError } from "./errors.ts";
import { ExcursionLog } from "./excursions.ts";
import { identityOf, type Manifest, recordStartMs } from "./manifest.ts";
import { readManifest, writeManifest } from "./manifest-file.ts";
import type { RecordedNetwork } from "./network-record.ts";
import { PotentialBuffer } from "./potential-buffer.ts";
import { encodePotentials, type PotentialReadings } from "./potentials.ts";
import type { RecordPosition } from "./record-position.ts";
import { createRun } from "./run-creation.ts";
import type { RunDescription } from "./run-description.ts";
import { encodeEvent, type RunEvent } from "./run-event.ts";
import {
  fileKinds,
  type GrowingFile,
  type OfGrowingFiles,
  ofGrowingFiles,
  runFiles,
} from "./run-files.ts";
import type { RunStore } from "./run-store.ts";
import { SpikeBuffer } from "./spike-buffer.ts";

/** Progress of a run, for its manifest. */
export interface RunProgress {
  readonly simulatedMs: number;
  readonly wallSeconds: number;
  /** Now, ISO 8601, UTC. */
  readonly updatedAt: string;
  readonly cellEvents: number;
  readonly depolarizationBlocks: number;
}

/**
 * Records a run as it goes, in memory that does not grow.
 *
 * The binary files depend, to the byte, only on what is recorded: not on when `flush` is called,
 * nor on whether the run was cut off and resumed.
 */
export class RunWriter {
  readonly #store: RunStore;
  readonly #files: OfGrowingFiles<BlockFileWriter>;
  readonly #buffer: SpikeBuffer;
  /** Number of readings, if potentials are recorded. */
  readonly #readingBuffer: PotentialBuffer | undefined;
  /** Undefined where the record was begun by a program that kept none. */
  readonly #excursions: ExcursionLog | undefined;
  #spikes: number;
  #readings = 0;
  #manifest: Manifest;

  private constructor(store: RunStore, manifest: Manifest, position: RecordPosition) {
    const { files, spikes, pending } = position;
    const identity = identityOf(manifest);
    const writer = (file: GrowingFile) =>
      new BlockFileWriter(store, runFiles[file], { kind: fileKinds[file], identity }, files[file]!);
    this.#store = store;
    this.#manifest = manifest;
    this.#files = ofGrowingFiles(manifest, writer);
    this.#spikes = spikes;
    this.#excursions = manifest.excursions && new ExcursionLog(manifest.excursions);
    const lastBlock = new BlockFileReader(store, runFiles.spikes, "spikes", manifest).blocks.at(-1);
    this.#buffer = new SpikeBuffer(manifest.network.cellCount, lastBlock?.lastMs);
    this.#buffer.add(pending, pending.timesMs.length, () => {});
    if (!manifest.potentials) return;
    this.#readings = position.readings!;
    this.#readingBuffer = new PotentialBuffer(manifest.potentials.cells.length);
    this.#readingBuffer.fill(position.pendingReadings!);
  }

  /**
   * Begins a record in a store that holds no run yet.
   *
   * @param start the state that a branch begins from
   * @throws {RunLocationError} when it does
   */
  static create(
    store: RunStore,
    description: RunDescription,
    network: RecordedNetwork,
    start?: SimulationState,
  ): RunWriter {
    const { manifest, position } = createRun(store, description, network, start);
    return new RunWriter(store, manifest, position);
  }

  /**
   * Continues a record from an earlier position; what was recorded after it is cut off.
   *
   * @param earlier the manifest of that time, or a later one
   * @throws {DamagedFileError} when a file does not hold what it held then
   */
  static resume(
    store: RunStore,
    position: RecordPosition,
    earlier = readManifest(store),
  ): RunWriter {
    const identity = identityOf(earlier);
    ofGrowingFiles(earlier, (file) => checkReached(store, file, earlier, position.files[file]!));
    // The manifest first: at no time may it promise more than the files hold.
    const counts = { ...earlier.counts, ...recordedCounts(position) };
    const manifest: Manifest = { ...earlier, status: "running", counts };
    writeManifest(store, manifest);
    ofGrowingFiles(earlier, (file) => {
      const { bytes, blocks } = position.files[file]!;
      const [path, kind] = [runFiles[file], fileKinds[file]];
      if (blocks > 0) store.truncate(path, bytes);
      else BlockFileWriter.create(store, path, { kind, identity });
    });
    store.sync();
    return new RunWriter(store, manifest, position);
  }

  /** The manifest as last written. */
  get manifest(): Manifest {
    return this.#manifest;
  }

  /** Current position in the record, from which `resume` continues. */
  get position(): RecordPosition {
    return {
      files: ofGrowingFiles(this.#manifest, (file) => this.#files[file]!.position),
      spikes: this.#spikes,
      pending: this.#buffer.copy(),
      ...(this.#readingBuffer && {
        readings: this.#readings,
        pendingReadings: this.#readingBuffer.copy(),
      }),
    };
  }

  /**
   * Records the first `count` spikes, in order of time; fits as an engine's sink.
   *
   * @throws {RecordingError} when one is earlier than its predecessor or of no known cell
   */
  appendSpikes(timesMs: Float64Array, cells: Uint32Array, count: number): void {
    this.#buffer.add({ timesMs, cells }, count, this.#writeSpikes);
  }

  /**
   * Records the state of all cells at `timeMs`.
   *
   * @throws {RecordingError} when it is not that of as many cells as the network has
   */
  appendSample(timeMs: number, sample: CellSample): void {
    const { cellCount } = this.#manifest.network;
    const { sensedRateKhz, targetRateKhz, scaleFactor, alive, activity } = sample;
    for (const column of [sensedRateKhz, targetRateKhz, scaleFactor, alive, activity ?? alive]) {
      checkLength(column.length, cellCount, "cells");
    }
    const header = { kind: "sample", count: cellCount, firstMs: timeMs, lastMs: timeMs } as const;
    this.#files.samples.append(header, encodeSample(sample));
    this.noteState(timeMs, sample);
  }

  /** Notes which cells have left their ranges, in the manifest alone: of the very end of a run. */
  noteState(timeMs: number, state: CellSample): void {
    this.#excursions?.addSample(timeMs, state);
  }

  /**
   * Records the plastic gains at `timeMs`, one per synapse in the network's order.
   *
   * @throws {RecordingError} when there are not as many as the network has synapses
   */
  appendGains(timeMs: number, gains: Float64Array): void {
    const { synapseCount } = this.#manifest.network;
    checkLength(gains.length, synapseCount, "synapses");
    const header = { kind: "gains", count: synapseCount, firstMs: timeMs, lastMs: timeMs } as const;
    this.#files.gains.append(header, packColumns([gains]));
    this.#excursions?.addGains(timeMs, gains);
  }

  /**
   * Records the potentials of the chosen cells at `timeMs`.
   *
   * @throws {RecordingError} when it is not of as many cells as were chosen
   */
  appendPotentials(timeMs: number, potentials: Potentials): void {
    this.#readingBuffer!.add(timeMs, potentials, this.#writePotentials);
  }

  /** Records what was done to the network. */
  recordEvent(event: RunEvent): void {
    const { timeMs } = event;
    const header = { kind: "event", count: 1, firstMs: timeMs, lastMs: timeMs } as const;
    this.#files.events.append(header, encodeEvent(event));
    this.#excursions?.addEvent(event);
  }

  /**
   * Makes durable what is in the files, then says so in the manifest. Spikes that do not fill a
   * block yet stay in memory.
   */
  flush(progress: RunProgress): void {
    this.#settle("running", progress);
  }

  /**
   * Makes durable what is in the files and, with the rest, the state to continue from.
   *
   * Of the checkpoints, the last two and those that were asked for are kept.
   */
  checkpoint(progress: RunProgress, state: SimulationState): void {
    this.flush(progress);
    const manifest = this.#manifest;
    writeCheckpoint(this.#store, { manifest, position: this.position, state });
    const keptMs = [recordStartMs(manifest), ...(manifest.checkpointTimesMs ?? [])];
    pruneCheckpoints(this.#store, manifest, keptMs);
  }

  /** Says in the manifest that an error ended the run; the files stay as they are. */
  fail(): void {
    this.#manifest = { ...this.#manifest, status: "failed" };
    writeManifest(this.#store, this.#manifest);
  }

  /** Ends the record: nothing can be appended to it any more, unless it is resumed. */
  finish(status: "complete" | "interrupted", progress: RunProgress): void {
    this.#buffer.take(this.#writeSpikes);
    this.#readingBuffer?.take(this.#writePotentials);
    this.#settle(status, progress);
  }

  #settle(status: Manifest["status"], progress: RunProgress): void {
    this.#store.sync();
    const { cellEvents, depolarizationBlocks, ...times } = progress;
    const counts = { ...recordedCounts(this.position), cellEvents, depolarizationBlocks };
    const excursions = this.#excursions && { excursions: this.#excursions.excursions };
    this.#manifest = { ...this.#manifest, ...times, status, counts, ...excursions };
    writeManifest(this.#store, this.#manifest);
  }

  readonly #writeSpikes = (spikes: Spikes): void => {
    const { timesMs } = spikes;
    const count = timesMs.length;
    const [firstMs, lastMs] = [timesMs[0]!, timesMs[count - 1]!];
    const header = { kind: "spikes", count, firstMs, lastMs } as const;
    this.#files.spikes.append(header, encodeSpikes(spikes));
    this.#spikes += count;
  };

  readonly #writePotentials = (readings: PotentialReadings): void => {
    const { timesMs, potentialMv } = readings;
    const count = potentialMv.length;
    const [firstMs, lastMs] = [timesMs[0]!, timesMs.at(-1)!];
    const header = { kind: "potentials", count, firstMs, lastMs } as const;
    this.#files.potentials!.append(header, encodePotentials(readings));
    this.#readings += count;
  };
}

/** A file without blocks is created anew, whatever stands in its place. */
function checkReached(
  store: RunStore,
  file: GrowingFile,
  manifest: Manifest,
  { bytes, blocks }: BlockFilePosition,
): void {
  if (blocks === 0) return;
  const reader = new BlockFileReader(store, runFiles[file], fileKinds[file], manifest);
  const end = reader.endOf(blocks);
  if (end === bytes) return;
  if (end === undefined && reader.damage) throw reader.damage;
  const reason = `expected ${blocks} blocks in ${bytes} bytes`;
  throw new DamagedFileError(runFiles[file], reader.endOf(reader.blocks.length) ?? 0, reason);
}

function recordedCounts({ files, spikes, readings }: RecordPosition) {
  const { samples, gains, events } = files;
  return {
    spikes,
    samples: samples.blocks,
    gains: gains.blocks,
    events: events.blocks,
    ...(readings !== undefined && { potentials: readings }),
  };
}

function checkLength(given: number, expected: number, what: string): void {
  if (given === expected) return;
  throw new RecordingError(`Got ${given} values; expected one for each of ${expected} ${what}.`);
}
