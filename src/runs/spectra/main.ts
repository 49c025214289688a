/** A thread that computes the spectra of a recorded run, beside the one that does the rest. */

import { workerData } from "node:worker_threads";
import { groupSpectra } from "../../measures/spike-statistics.ts";
import { openRun } from "../opening.ts";
import { AT, DONE, type Spectra, type SpectraTask } from "./task.ts";

const { directory, members, interval, read, progress, port } = workerData as SpectraTask;
const signal = new Int32Array(progress);
let spectra: Spectra | undefined;
try {
  const counted = groupSpectra(members, interval);
  for (const spikes of openRun(directory).spikeBlocks(read)) {
    counted.add(spikes);
    Atomics.add(signal, AT, 1);
  }
  spectra = counted.results();
} catch {
  // What is damaged is found and reported by the other thread, which does this work as well then.
}
port.postMessage(spectra);
Atomics.store(signal, DONE, 1);
Atomics.notify(signal, DONE);
