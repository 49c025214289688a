/** End of a run: at the end of its experiment, or earlier, on request or at `untilMs`. */
export type RunOutcome = "complete" | "interrupted";

/** The two clocks of a computer. */
export interface Clock {
  /** Time since some moment, ms: durations are measured with it, as nobody sets it. */
  monotonicMs(): number;
  /** The time of day, which may be set forwards or back at any moment. */
  date(): Date;
}

/** Environment of a run; nothing of it can change a result. */
export interface RunEnvironment extends Clock {
  /** Lets timers, signals and redraws have their turn between stretches of simulation. */
  yieldTurn(): Promise<void>;
}

/** Progress of a run. */
export interface RunReport {
  readonly simulatedMs: number;
  /** Planned end of the run, ms. */
  readonly durationMs: number;
  readonly wallMs: number;
  /** Simulated time per wall time, since the last report. */
  readonly speed: number;
  /** Estimated remaining wall time, ms. */
  readonly remainingMs: number;
  /** Mean rates per living cell since the last report, Hz. */
  readonly rateEHz: number;
  readonly rateIHz: number;
}

export interface RunOptions {
  readonly environment: RunEnvironment;
  /** Time between checkpoints, ms of wall time: 30 s by default. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Simulated time at which to interrupt the run, ms. */
  readonly untilMs?: number | undefined;
  /** Stops the run and writes a checkpoint. */
  readonly signal?: AbortSignal;
  /** Receives the progress, about once a second. */
  readonly onReport?: (report: RunReport) => void;
  /** Receives the time of each checkpoint once it is written. */
  readonly onCheckpoint?: (simulatedMs: number) => void;
}
