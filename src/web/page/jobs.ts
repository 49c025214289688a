import type { Job, JobReport } from "../../live/worker/messages.ts";
import { base } from "./base.ts";

/**
 * Does a job in a worker of its own.
 *
 * @throws {Error} when it fails, with what the worker says of it
 */
export function startJob(
  job: Job,
  onReport: (report: JobReport) => void,
  signal?: AbortSignal,
): Promise<void> {
  const worker = new Worker(new URL("job-worker.js", base), { type: "module" });
  return new Promise<void>((resolve, reject) => {
    signal?.addEventListener("abort", () => resolve());
    worker.onerror = ({ message }) => reject(new Error(message || "its worker could not start"));
    worker.onmessage = ({ data: report }: MessageEvent<JobReport>) => {
      onReport(report);
      if (report.kind === "done") resolve();
      if (report.kind === "failed") reject(new Error(report.message));
    };
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}

/**
 * Lets the browser save a file that the server makes.
 *
 * @throws {Error} with the server's reason for not making it
 */
export async function saveFrom(address: string): Promise<void> {
  const { ok } = await fetch(address, { method: "HEAD" }).catch(() => {
    throw new Error("the server of this page does not answer. Start isocortex view again.");
  });
  if (!ok) throw new Error(await (await fetch(address)).text());
  save(address, "");
}

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** Lets the browser save bytes as a file. */
export function saveBytes(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
