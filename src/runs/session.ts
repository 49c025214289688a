import type { ThreadUse } from "../engine/contract.ts";
import { systemClock } from "../host/system-clock.ts";
import { type StopObserver, unheld, yieldTurn } from "../host/turns.ts";
import type { Network } from "../network/construction.ts";
import { endNotes, exhaustionNotes } from "../recording/run-event.ts";
import { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import type { RunWriter } from "../recording/run-writer.ts";
import type { Simulation } from "../simulation/advance.ts";
import { run } from "../simulation/recorder.ts";
import type { RunReport } from "../simulation/run-options.ts";
import { FencedStore } from "../store/fence.ts";
import { Lease, LeaseLostError } from "../store/lease.ts";
import { FolderStore } from "../store/run-folder.ts";
import type { ThreadCount } from "../threads/starting.ts";
import { RunLog } from "./log.ts";
import { type RunSummary, summarize } from "./summary.ts";

/** Observer of a run, which can stop it. */
export interface RunObserver extends StopObserver {
  readonly onReport: (report: RunReport) => void;
  /** Receives the progress of the simulation from the checkpoint to the time of a branch, ms. */
  readonly onReplay?: (simulatedMs: number, untilMs: number) => void;
  /** Receives notes, such as on data that were lost and are simulated again. */
  readonly onNote?: (text: string) => void;
  /** Command line for the log of the run. */
  readonly command?: readonly string[];
}

/** Execution of a run; without effect on its results. */
export interface RunPace {
  /** Time between checkpoints, ms of wall time; 30 s by default. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Simulated time at which to interrupt the run, ms. */
  readonly untilMs?: number | undefined;
  /**
   * Largest number of threads, as far as cores are free; "auto" for as many as the network can use.
   * 1 by default. Results do not depend on it.
   */
  readonly threads?: ThreadCount | undefined;
}

/** A run's directory in the hands of the one process that writes to it. */
export interface RunSession {
  readonly directory: string;
  readonly store: RunStore;
  readonly log: RunLog;
}

/**
 * Does something with a run's directory as the only process that writes to it.
 *
 * @param observer its `onNote` is told when it takes a while to see whether another process is at work
 * @throws {RunInUseError} when another process does
 */
export async function withLease<T>(
  directory: string,
  { signal, onNote }: Pick<RunObserver, "signal" | "onNote">,
  work: (session: RunSession) => Promise<T>,
): Promise<T> {
  const lease = await Lease.acquire(directory, { signal, ...(onNote && { onWatch: onNote }) });
  const store = new FolderStore(directory);
  try {
    const log = new RunLog(directory);
    return await work({ directory, store: new FencedStore(store, lease), log });
  } finally {
    store.close();
    lease.release();
  }
}

/** Synapses from which on it may take longer to set up a network than a signal should wait. */
const MANY_SYNAPSES = 100_000;

/** Sets something up for a network; see `unheld`. */
export function setUp<T>(
  { synapseCount }: Network,
  { signal, onHold }: RunObserver,
  work: () => T,
): Promise<T> {
  const isLong = synapseCount >= MANY_SYNAPSES;
  return unheld({ signal, ...(isLong && onHold && { onHold }) }, work);
}

/** Carries a simulation to its end, or until the signal, logs it, and sums up its record. */
export async function carryThrough(
  { directory, store, log }: RunSession,
  simulation: Simulation,
  writer: RunWriter,
  { checkpointIntervalMs, untilMs }: RunPace,
  { onReport, onNote, signal }: RunObserver,
): Promise<RunSummary> {
  const environment = { ...systemClock, yieldTurn };
  const onCheckpoint = (simulatedMs: number) => log.checkpoint(simulatedMs);
  const options = { environment, onReport, onCheckpoint, signal, checkpointIntervalMs, untilMs };
  try {
    const outcome = await run(simulation, writer, options);
    const { simulatedMs, counts } = writer.manifest;
    const entry = outcome === "complete" ? "finished" : "interrupted";
    const use = simulation.threadUse.map(useText).join(", ");
    log.write(entry, `at ${simulatedMs / 1000} s, ${counts.spikes} spikes${use && `; ${use}`}`);
  } catch (error) {
    // Whoever has lost the run to another process leaves its log to that.
    if (!(error instanceof LeaseLostError)) log.write("failed", String(error));
    throw error;
  }
  const record = new RunReader(store, "refuse", writer.manifest);
  const notes = record
    .events()
    .flatMap((event) => [
      ...exhaustionNotes(event, event.entry ?? "The loss of cells"),
      ...endNotes(event, writer.manifest.durationMs),
    ]);
  for (const text of notes) {
    log.write("note", text);
    onNote?.(text);
  }
  return { ...summarize(directory, record), threads: simulation.threadUse };
}

const useText = ({ threads, simulatedMs }: ThreadUse): string =>
  `${Number((simulatedMs / 1000).toFixed(3))} s on ${threads === 1 ? "one thread" : `${threads} threads`}`;
