import type { RunWriter } from "../recording/run-writer.ts";
import type { Simulation } from "./advance.ts";
import { Recorder } from "./recorder.ts";

/** How a run ended: at the end of its experiment, or before, on request or at `untilMs`. */
export type RunOutcome = "complete" | "interrupted";

/** The two clocks of a computer. */
export interface Clock {
  /** Time since some moment, ms: durations are measured with it, as nobody sets it. */
  monotonicMs(): number;
  /** The time of day, which may be set forwards or back at any moment. */
  date(): Date;
}

/** What the outside world gives a run; nothing of it can change a result. */
export interface RunEnvironment extends Clock {
  /** Lets timers, signals and redraws have their turn between stretches of simulation. */
  yieldTurn(): Promise<void>;
}

/** How a run is going. */
export interface RunReport {
  readonly simulatedMs: number;
  /** How far it is to come. */
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
  /** Time between checkpoints, ms of wall time: 30 s by default. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Interrupts the run at this simulated time, ms: others are to branch off it there. */
  readonly untilMs?: number | undefined;
  /** Stops the run, with a checkpoint of all it has done. */
  readonly signal?: AbortSignal;
  /** Told about once a second. */
  readonly onReport?: (report: RunReport) => void;
  /** Told of each checkpoint once it is written. */
  readonly onCheckpoint?: (simulatedMs: number) => void;
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
