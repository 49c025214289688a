import type { RunProgress, RunWriter } from "../recording/run-writer.ts";
import { PopulationCounter } from "./population-counter.ts";
import type { ProtocolEvent } from "./protocol.ts";
import { gainTimes, type RecordingTimes, sampleTimes } from "./schedule.ts";
import type { Simulation } from "./simulation.ts";

/** How a run ended: at the end of its experiment, or on request. */
export type RunOutcome = "complete" | "interrupted";

/** What the outside world gives a run; nothing of it can change a result. */
export interface RunEnvironment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets timers, signals and redraws have their turn between stretches of simulation. */
  yieldTurn(): Promise<void>;
}

/** How a run is going. */
export interface RunReport {
  readonly simulatedMs: number;
  readonly durationMs: number;
  readonly wallMs: number;
  /** Simulated per wall time, since the last report. */
  readonly speed: number;
  /** At the speed so far, ms of wall time. */
  readonly remainingMs: number;
  /** Mean rates per living cell since the last report, Hz. */
  readonly rateEHz: number;
  readonly rateIHz: number;
}

export interface RunOptions {
  readonly environment: RunEnvironment;
  /** When to record plastic gains, ms; by default when learning begins and ends, and at the end. */
  readonly gainTimesMs?: readonly number[];
  /** Stops the run, with all it has done kept. */
  readonly signal?: AbortSignal;
  /** Told about once a second. */
  readonly onReport?: (report: RunReport) => void;
}

/** Cell events of one stretch between turns: some hundredths of a second of work. */
const EVENTS_PER_STRETCH = 250_000;

/** How often files are flushed and the manifest renewed, ms of wall time. */
const FLUSH_INTERVAL_MS = 30_000;

const REPORT_INTERVAL_MS = 1000;

/**
 * Carries a simulation to its end and records it: spikes, the protocol's events, samples of all
 * cells, plastic gains.
 *
 * The record does not depend on how time is divided into stretches, nor on the environment.
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
      if (signal?.aborted) {
        recorder.finish("interrupted");
        return "interrupted";
      }
      recorder.stretch();
      await environment.yieldTurn();
    }
  } catch (error) {
    recorder.finish("failed");
    throw error;
  }
  recorder.finish("complete");
  return "complete";
}

class Recorder {
  readonly #simulation: Simulation;
  readonly #writer: RunWriter;
  readonly #options: RunOptions;
  readonly #samples: RecordingTimes;
  readonly #gains: RecordingTimes;
  readonly #counter: PopulationCounter;
  readonly #startedAt: number;
  #stretchMs = 100;
  #flushedAt: number;
  #reported: { at: number; simulatedMs: number };

  constructor(simulation: Simulation, writer: RunWriter, options: RunOptions) {
    const { parameters, network } = simulation;
    this.#simulation = simulation;
    this.#writer = writer;
    this.#options = options;
    this.#samples = sampleTimes(parameters);
    this.#gains = gainTimes(parameters, options.gainTimesMs);
    this.#counter = new PopulationCounter(network);
    this.#startedAt = options.environment.now();
    this.#flushedAt = this.#startedAt;
    this.#reported = { at: this.#startedAt, simulatedMs: simulation.timeMs };
  }

  get done(): boolean {
    const { timeMs, durationMs } = this.#simulation;
    return timeMs >= durationMs && Math.min(this.#samples.nextMs, this.#gains.nextMs) === Infinity;
  }

  /** Simulates for a short while, at most to the next recording, and records what is due. */
  stretch(): void {
    const simulation = this.#simulation;
    const eventsBefore = simulation.cellEventCount;
    const fromMs = simulation.timeMs;
    const untilMs = Math.min(
      fromMs + this.#stretchMs,
      this.#samples.nextMs,
      this.#gains.nextMs,
      simulation.durationMs,
    );
    simulation.advance(
      untilMs,
      (timesMs, cells, count) => {
        this.#writer.appendSpikes(timesMs, cells, count);
        this.#counter.count(cells, count);
      },
      (event) => this.#recordEvent(event),
    );
    this.#recordDue();
    if (this.done) simulation.finish((event) => this.#recordEvent(event));
    const events = simulation.cellEventCount - eventsBefore;
    if (events > 0) this.#stretchMs = ((untilMs - fromMs) * EVENTS_PER_STRETCH) / events;
    this.#tellTheWorld();
  }

  finish(status: "complete" | "interrupted" | "failed"): void {
    this.#writer.finish(status, this.#progress());
  }

  #recordEvent(event: ProtocolEvent): void {
    this.#writer.recordEvent(event);
    if (event.kind === "deletion") this.#counter.remove(event.cells);
  }

  #recordDue(): void {
    const { timeMs } = this.#simulation;
    if (this.#samples.nextMs === timeMs) {
      this.#writer.appendSample(timeMs, this.#simulation.cellState());
      this.#samples.pass();
    }
    if (this.#gains.nextMs === timeMs) {
      this.#writer.appendGains(timeMs, this.#simulation.plasticGains());
      this.#gains.pass();
    }
  }

  #tellTheWorld(): void {
    const now = this.#options.environment.now();
    if (now - this.#flushedAt >= FLUSH_INTERVAL_MS) {
      this.#writer.flush(this.#progress());
      this.#flushedAt = now;
    }
    if (now - this.#reported.at >= REPORT_INTERVAL_MS) {
      this.#options.onReport?.(this.#report(now));
      this.#reported = { at: now, simulatedMs: this.#simulation.timeMs };
    }
  }

  #report(now: number): RunReport {
    const { timeMs: simulatedMs, durationMs } = this.#simulation;
    const wallMs = now - this.#startedAt;
    const sinceMs = simulatedMs - this.#reported.simulatedMs;
    return {
      simulatedMs,
      durationMs,
      wallMs,
      speed: sinceMs / (now - this.#reported.at),
      remainingMs: (wallMs / simulatedMs) * (durationMs - simulatedMs),
      ...this.#counter.takeRatesHz(sinceMs),
    };
  }

  #progress(): RunProgress {
    const now = this.#options.environment.now();
    const { timeMs, cellEventCount } = this.#simulation;
    return {
      simulatedMs: timeMs,
      wallSeconds: (now - this.#startedAt) / 1000,
      updatedAt: new Date(now).toISOString(),
      cellEvents: cellEventCount,
      depolarizationBlocks: this.#simulation
        .cellState()
        .blockCount.reduce((sum, count) => sum + count, 0),
    };
  }
}
