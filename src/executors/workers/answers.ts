/** The work of a worker process: does the one task that its parent sends, and tells it how that goes. */

import { executeWorkerTask, type WorkerMessage, type WorkerTask } from "./task.ts";

const controller = new AbortController();
const stop = () => controller.abort();

// A terminal sends Ctrl-C, and its end, to all processes at once: the parent passes it on, once.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("SIGTERM", stop);
// Without a parent nobody would know of this process: it keeps what it has and ends.
process.on("disconnect", stop);
process.on("message", (message: WorkerTask | "stop") => {
  if (message === "stop") stop();
  else void work(message);
});

async function work(task: WorkerTask): Promise<void> {
  tell(await outcomeOf(task));
  if (process.connected) process.disconnect();
}

async function outcomeOf(task: WorkerTask): Promise<WorkerMessage> {
  try {
    const result = await executeWorkerTask(task, {
      signal: controller.signal,
      onReport: (report) => tell({ kind: "report", report }),
      onReplay: (simulatedMs, untilMs) => tell({ kind: "replay", simulatedMs, untilMs }),
      onNote: (text) => tell({ kind: "note", text }),
      onHold: (holds) => tell({ kind: "hold", holds }),
    });
    return { kind: "result", result };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return { kind: "stopped" };
    return { kind: "failure", reason: error instanceof Error ? error.message : String(error) };
  }
}

function tell(message: WorkerMessage): void {
  // Whether it arrives is not for this process to care about: the record is on disk.
  if (process.connected) process.send!(message, () => {});
}
