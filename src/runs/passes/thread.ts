import { join } from "node:path";
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { packageRoot } from "../../host/package.ts";
import { usableCores } from "../../host/usable-cores.ts";
import type { RunHistory } from "../../measures/history.ts";
import { type PassArguments, type PassKind, type PassResult, passOf } from "./kinds.ts";
import { AT, DONE, type PassOutcome, type PassTask } from "./task.ts";

// Compiled, wherever this module is: Node.js 20 runs no TypeScript.
const threadPath = join(packageRoot, "dist/runs/passes/main.js");

/** Fewer spikes are counted sooner than a thread begins. */
const FEWEST_SPIKES = 3_000_000;

/** A thread that gets no further for so long is given up, ms. */
const PATIENCE_MS = 60_000;

/** Memory for short-lived objects of a thread: passes keep numbers in arrays and make few. */
const YOUNG_MB = 8;

/** Number of threads besides this one that are worth their beginning for a run. */
export const threadsBeside = ({ record }: RunHistory): number =>
  record.spikeCount < FEWEST_SPIKES ? 0 : Math.max(0, usableCores() - 1);

/**
 * Lets another thread make a pass over a recorded run while this one does something else; what it
 * cannot do is done here, when the result is asked for, and a warning of the process says why. What
 * is wrong with the record itself is found here, too, and thrown.
 */
export function passBeside<Kind extends PassKind>(
  directory: string,
  history: RunHistory,
  kind: Kind,
  request: PassArguments<Kind>,
): () => PassResult<Kind> {
  const { port1, port2 } = new MessageChannel();
  const progress = new SharedArrayBuffer(8);
  const workerData: PassTask<Kind> = { directory, kind, request, progress, port: port2 };
  const thread = new Worker(threadPath, {
    ...{ workerData, transferList: [port2], execArgv: [] },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  // A thread that cannot begin or go on tells nothing more, which is noticed when it is waited for.
  thread.on("error", () => {});
  thread.unref();
  return () => {
    const outcome = outcomeOf<PassResult<Kind>>(new Int32Array(progress), port1);
    port1.close();
    void thread.terminate();
    if ("result" in outcome) return outcome.result;
    const result = pass(history, kind, request);
    process.emitWarning(
      `A thread failed at its part of reading ${directory}, which was done without it: ` +
        outcome.failure,
    );
    return result;
  };
}

/** A pass over a recorded run in this thread. */
export const pass = <Kind extends PassKind>(
  history: RunHistory,
  kind: Kind,
  request: PassArguments<Kind>,
): PassResult<Kind> => passOf(kind)((range) => history.lentSpikeBlocks(range), request);

/**
 * Results of several passes of a kind: the first are made in other threads, the last in this one.
 *
 * @param directory that of the run; without one, no thread can read it
 */
export function passesOver<Kind extends PassKind>(
  directory: string | undefined,
  history: RunHistory,
  kind: Kind,
  requests: readonly PassArguments<Kind>[],
  threads = threadsBeside(history),
): PassResult<Kind>[] {
  const beside = directory === undefined ? 0 : Math.min(threads, requests.length - 1);
  const results = requests
    .slice(0, beside)
    .map((request) => passBeside(directory!, history, kind, request));
  const own = requests.slice(beside).map((request) => pass(history, kind, request));
  return [...results.map((result) => result()), ...own];
}

/** Waits for what a thread makes, as long as it gets on. */
function outcomeOf<Result>(signal: Int32Array, port: MessagePort): PassOutcome<Result> {
  while (true) {
    const at = Atomics.load(signal, AT);
    if (Atomics.wait(signal, DONE, 0, PATIENCE_MS) !== "timed-out") {
      return receiveMessageOnPort(port)!.message;
    }
    if (Atomics.load(signal, AT) === at) {
      return { failure: `it got no further for ${PATIENCE_MS / 1000} s` };
    }
  }
}
