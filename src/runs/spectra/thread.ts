import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { packageRoot } from "../../host/package.ts";
import { usableCores } from "../../host/usable-cores.ts";
import { groupSpectra, type SpectraMaker } from "../../measures/spike-statistics.ts";
import { AT, DONE, type Spectra, type SpectraTask } from "./task.ts";

// Compiled, wherever this module is: Node.js 20 runs no TypeScript.
const threadPath = join(packageRoot, "dist/runs/spectra/main.js");

/** Fewer spikes are counted sooner than a thread begins. */
const FEWEST_SPIKES = 3_000_000;

/** A thread that gets no further for so long is given up, ms. */
const PATIENCE_MS = 60_000;

/**
 * Lets another thread compute the spectra of a long record while this one does the rest, where there
 * is a core for it. What it cannot compute is computed here.
 */
export function spectraBeside(directory: string, fewestSpikes = FEWEST_SPIKES): SpectraMaker {
  return (record, members, interval, read) => {
    if (usableCores() < 2 || record.spikeCount < fewestSpikes) {
      return groupSpectra(members, interval);
    }
    const { port1, port2 } = new MessageChannel();
    const progress = new SharedArrayBuffer(8);
    const workerData: SpectraTask = { directory, members, interval, read, progress, port: port2 };
    const thread = new Worker(threadPath, { workerData, transferList: [port2], execArgv: [] });
    // Nothing is said of what cannot be done there, as it is done here.
    thread.on("error", () => {});
    thread.unref();
    return {
      add: () => {},
      results: () => {
        const spectra = isDone(new Int32Array(progress))
          ? (receiveMessageOnPort(port1)?.message as Spectra | undefined)
          : undefined;
        port1.close();
        void thread.terminate();
        if (spectra) return spectra;
        const counted = groupSpectra(members, interval);
        for (const spikes of record.spikeBlocks(read)) counted.add(spikes);
        return counted.results();
      },
    };
  };
}

/** Waits for a thread to be done; false if it gets no further. */
function isDone(signal: Int32Array): boolean {
  while (true) {
    const at = Atomics.load(signal, AT);
    if (Atomics.wait(signal, DONE, 0, PATIENCE_MS) !== "timed-out") return true;
    if (Atomics.load(signal, AT) === at) return false;
  }
}
