import { type RunReport, run } from "../experiment/run.ts";
import type { Simulation } from "../experiment/simulation.ts";
import { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import type { RunWriter } from "../recording/run-writer.ts";
import { FencedStore } from "./fenced-store.ts";
import { Lease } from "./lease.ts";
import { FolderStore } from "./run-folder.ts";
import { type RunSummary, summarize } from "./run-summary.ts";

/** Who follows a run, and who may stop it. */
export interface RunObserver {
  readonly onReport: (report: RunReport) => void;
  readonly signal: AbortSignal;
  /** Told how far the past of a branch is simulated again, ms. */
  readonly onReplay?: (simulatedMs: number, untilMs: number) => void;
  /** Told what was lost and is made good. */
  readonly onNote?: (text: string) => void;
}

/** How a run is carried out; nothing of it can change a result. */
export interface RunPace {
  /** Time between checkpoints, ms of wall time; see `RunOptions`. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Where the run is interrupted, simulated ms. */
  readonly untilMs?: number | undefined;
}

/**
 * Does something with a run's directory as the only process that writes to it.
 *
 * @throws {RunInUseError} when another process does
 */
export async function withLease<T>(
  directory: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  const lease = Lease.acquire(directory);
  const store = new FolderStore(directory);
  try {
    return await work(new FencedStore(store, lease));
  } finally {
    store.close();
    lease.release();
  }
}

/** Carries a simulation to its end, or until the signal, and sums up its record. */
export async function carryThrough(
  directory: string,
  store: RunStore,
  simulation: Simulation,
  writer: RunWriter,
  { checkpointIntervalMs, untilMs }: RunPace,
  { onReport, signal }: RunObserver,
): Promise<RunSummary> {
  const environment = { now: Date.now, yieldTurn };
  await run(simulation, writer, { environment, onReport, signal, checkpointIntervalMs, untilMs });
  return summarize(directory, new RunReader(store));
}

/** Lets timers, signals and redraws have their turn. */
export const yieldTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
