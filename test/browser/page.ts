import { protocolTrace, recordHash, type Trace } from "./protocol-traces.ts";

/** This script again, as a worker, which answers with what a simulation comes to. */
function traceInWorker(): Promise<Trace> {
  const worker = new Worker("/script.js", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

/** What the test calls in the page. */
Object.assign(globalThis, { protocolTrace, recordHash, traceInWorker });

if (!("document" in globalThis)) postMessage(await protocolTrace("compiled"));
