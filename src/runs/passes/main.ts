/** A thread that reads a recorded run for a part of its statistics or of a plot, beside others. */

import { workerData } from "node:worker_threads";
import type { Interval } from "../../analysis/firing/interval.ts";
import { openHistory } from "../history.ts";
import { type PassResult, passOf } from "./kinds.ts";
import { AT, DONE, type PassTask } from "./task.ts";

const { directory, kind, request, progress, port } = workerData as PassTask;
const signal = new Int32Array(progress);
let result: PassResult<typeof kind> | undefined;
try {
  const history = openHistory(directory);
  result = passOf(kind)(function* (range: Interval) {
    for (const spikes of history.spikeBlocks(range)) {
      yield spikes;
      Atomics.add(signal, AT, 1);
    }
  }, request);
} catch {
  // What is damaged is found and reported by the thread that asked, which does this work then.
}
port.postMessage(result);
Atomics.store(signal, DONE, 1);
Atomics.notify(signal, DONE);
