/** A thread that reads a recorded run for a part of its statistics or of a plot, beside others. */

import { workerData } from "node:worker_threads";
import type { Interval } from "../../analysis/firing/interval.ts";
import { openHistory } from "../history.ts";
import { type PassResult, passOf } from "./kinds.ts";
import { AT, DONE, type PassOutcome, type PassTask } from "./task.ts";

const { directory, kind, request, progress, port } = workerData as PassTask;
const signal = new Int32Array(progress);
let outcome: PassOutcome<PassResult<typeof kind>>;
try {
  const history = openHistory(directory);
  const read = function* (range: Interval) {
    for (const spikes of history.lentSpikeBlocks(range)) {
      yield spikes;
      Atomics.add(signal, AT, 1);
    }
  };
  outcome = { result: passOf(kind)(read, request) };
} catch (error) {
  outcome = { failure: String(error) };
}
port.postMessage(outcome);
Atomics.store(signal, DONE, 1);
Atomics.notify(signal, DONE);
