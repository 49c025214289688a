import {
  begunAt,
  checkpointTimes,
  gainTimes,
  type ListedTimes,
  potentialTimes,
  type RecordingTimes,
  sampleTimes,
} from "../experiment/schedule.ts";
import { modelOf } from "../model/parameters.ts";
import { recordStartMs } from "../recording/manifest.ts";
import type { RunEvent } from "../recording/run-event.ts";
import type { RunProgress, RunWriter } from "../recording/run-writer.ts";
import type { Simulation } from "./advance.ts";
import { PopulationCounter } from "./population-counter.ts";
import type { RunOptions, RunOutcome, RunReport } from "./run-options.ts";

const CHECKPOINT_INTERVAL_MS = 30_000;

const REPORT_INTERVAL_MS = 1000;

/** Simulates in short stretches and records each; begins where record and simulation stand. */
export class Recorder {
  readonly #simulation: Simulation;
  readonly #writer: RunWriter;
  readonly #options: RunOptions;
  readonly #samples: RecordingTimes;
  readonly #gains: ListedTimes;
  readonly #potentials: RecordingTimes;
  readonly #checkpoints: RecordingTimes;
  readonly #counter: PopulationCounter;
  readonly #started: { readonly at: number; readonly simulatedMs: number };
  readonly #earlierWallSeconds: number;
  #checkpointedAt: number;
  #reported: { readonly at: number; readonly simulatedMs: number };

  constructor(simulation: Simulation, writer: RunWriter, options: RunOptions) {
    const { parameters, network, timeMs } = simulation;
    const { manifest, position } = writer;
    const fromMs = recordStartMs(manifest);
    this.#simulation = simulation;
    this.#writer = writer;
    this.#options = options;
    this.#samples = sampleTimes(parameters, fromMs);
    this.#gains = gainTimes(simulation, manifest.gainTimesMs, fromMs);
    this.#checkpoints = checkpointTimes(manifest.checkpointTimesMs);
    for (let k = 0; k < position.files.samples.blocks; k++) this.#samples.pass();
    for (let k = 0; k < position.files.gains.blocks; k++) this.#gains.pass();
    begunAt(this.#checkpoints, timeMs);
    const { readings = 0, pendingReadings } = position;
    const cells = manifest.potentials?.cells.length ?? 1;
    const passed = readings / cells + (pendingReadings?.timesMs.length ?? 0);
    this.#potentials = potentialTimes(manifest.potentials, passed, fromMs);
    this.#counter = new PopulationCounter(network, simulation.cellState().alive);
    this.#started = { at: options.environment.monotonicMs(), simulatedMs: timeMs };
    this.#earlierWallSeconds = manifest.wallSeconds;
    this.#checkpointedAt = this.#started.at;
    this.#reported = this.#started;
  }

  get done(): boolean {
    const { timeMs, durationMs } = this.#simulation;
    return timeMs >= durationMs && Math.min(this.#samples.nextMs, this.#gains.nextMs) > durationMs;
  }

  /** True if the run has come as far as was asked for. */
  get reachedLimit(): boolean {
    return this.#simulation.timeMs >= (this.#options.untilMs ?? Infinity);
  }

  /** Simulates for a short while, at most to the next recording, and records what is due. */
  stretch(): void {
    const simulation = this.#simulation;
    const untilMs = Math.min(
      this.#samples.nextMs,
      this.#gains.nextMs,
      this.#potentials.nextMs,
      this.#checkpoints.nextMs,
      this.#options.untilMs ?? Infinity,
      simulation.durationMs,
    );
    simulation.stretch(
      untilMs,
      (timesMs, cells, count) => {
        this.#writer.appendSpikes(timesMs, cells, count);
        this.#counter.count(cells, count);
      },
      (event) => this.#recordEvent(event),
    );
    this.#recordDue();
    this.#checkpointIfDue();
    this.#reportIfDue();
  }

  /** Ends the record for now, with a checkpoint. */
  interrupt(): void {
    this.#checkpoint();
    this.#writer.finish("interrupted", this.#progress());
  }

  /** Ends the record, with a checkpoint: branches can go on from the very end. */
  complete(): void {
    this.#checkpoint();
    this.#simulation.finish((event) => this.#recordEvent(event));
    this.#writer.noteState(this.#simulation.timeMs, this.#simulation.cellState());
    this.#writer.finish("complete", this.#progress());
  }

  /** Marks the record as ended by an error, if that can still be written. */
  fail(): void {
    try {
      this.#writer.fail();
    } catch {
      // The error that made the run fail says more.
    }
  }

  #recordEvent(event: RunEvent): void {
    this.#writer.recordEvent(event);
    if (event.kind === "deletion") this.#counter.remove(event.cells);
  }

  #recordDue(): void {
    const { timeMs, durationMs } = this.#simulation;
    if (this.#samples.nextMs === timeMs) {
      const { activity, ...state } = this.#simulation.cellState();
      const sensesCharge = modelOf(this.#simulation.parameters) === 2014;
      this.#writer.appendSample(timeMs, { ...state, ...(sensesCharge && { activity }) });
      this.#samples.pass();
    }
    // An intervention may end the run at a time at which no gains are due.
    const endsEarly = timeMs === durationMs && !this.#gains.has(timeMs);
    if (this.#gains.nextMs === timeMs || endsEarly) {
      this.#writer.appendGains(timeMs, this.#simulation.plasticGains());
      this.#gains.pass();
    }
    if (this.#potentials.nextMs === timeMs) {
      const { cells } = this.#writer.manifest.potentials!;
      this.#writer.appendPotentials(timeMs, this.#simulation.potentials(cells));
      this.#potentials.pass();
    }
  }

  #checkpointIfDue(): void {
    const { environment, checkpointIntervalMs = CHECKPOINT_INTERVAL_MS } = this.#options;
    const isChosen = this.#checkpoints.nextMs === this.#simulation.timeMs;
    if (isChosen) this.#checkpoints.pass();
    const sinceMs = environment.monotonicMs() - this.#checkpointedAt;
    if (isChosen || sinceMs >= checkpointIntervalMs) this.#checkpoint();
  }

  #checkpoint(): void {
    this.#writer.checkpoint(this.#progress(), this.#simulation.snapshot());
    this.#checkpointedAt = this.#options.environment.monotonicMs();
    this.#options.onCheckpoint?.(this.#simulation.timeMs);
  }

  #reportIfDue(): void {
    const now = this.#options.environment.monotonicMs();
    if (now - this.#reported.at < REPORT_INTERVAL_MS) return;
    this.#options.onReport?.(this.#report(now));
    this.#reported = { at: now, simulatedMs: this.#simulation.timeMs };
  }

  #report(now: number): RunReport {
    const { timeMs: simulatedMs } = this.#simulation;
    const durationMs = Math.min(this.#simulation.durationMs, this.#options.untilMs ?? Infinity);
    const wallMs = now - this.#started.at;
    const sinceMs = simulatedMs - this.#reported.simulatedMs;
    const doneMs = simulatedMs - this.#started.simulatedMs;
    return {
      simulatedMs,
      durationMs,
      wallMs,
      speed: sinceMs / (now - this.#reported.at),
      remainingMs: (wallMs / doneMs) * (durationMs - simulatedMs),
      ...this.#counter.takeRatesHz(sinceMs),
    };
  }

  #progress(): RunProgress {
    const { environment } = this.#options;
    const wallMs = environment.monotonicMs() - this.#started.at;
    const { timeMs, cellEventCount } = this.#simulation;
    return {
      simulatedMs: timeMs,
      wallSeconds: this.#earlierWallSeconds + wallMs / 1000,
      updatedAt: environment.date().toISOString(),
      cellEvents: cellEventCount,
      depolarizationBlocks: this.#simulation
        .cellState()
        .blockCount.reduce((sum, count) => sum + count, 0),
    };
  }
}

/**
 * Carries a simulation to its end and records it: spikes, the protocol's events, samples of all
 * cells, plastic gains; and checkpoints, from which it can be continued.
 *
 * The record does not depend on how time is divided into stretches, nor on the environment, nor on
 * how often it was cut off. A simulation that has begun goes on from where its record stands.
 */
export async function run(
  simulation: Simulation,
  writer: RunWriter,
  options: RunOptions,
): Promise<RunOutcome> {
  const recorder = new Recorder(simulation, writer, options);
  const { environment, signal } = options;
  try {
    while (!recorder.done) {
      if (signal?.aborted || recorder.reachedLimit) {
        recorder.interrupt();
        return "interrupted";
      }
      recorder.stretch();
      await environment.yieldTurn();
    }
    recorder.complete();
    return "complete";
  } catch (error) {
    recorder.fail();
    throw error;
  }
}
