import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../host/package.ts";
import type { WorkerMessage, WorkerTask } from "./task.ts";

// Compiled, wherever this module is: Node.js 20 runs no TypeScript.
const workerPath = join(packageRoot, "dist/executors/workers/main.js");

/** Number of letters kept of a worker's standard error, to explain its end. */
const KEPT_ERROR_LETTERS = 4000;

/** Longest time in which a stopped process may not respond, ms. */
const PATIENCE_MS = 300;

/** Last message about a worker's task; undefined while it is at work. */
type FinalMessage = Exclude<WorkerMessage, { kind: "report" | "replay" | "note" | "hold" }>;

/** A process of its own with one task. What it takes of memory is given back when it ends. */
export class WorkerProcess {
  /** Resolves when the process has ended, by itself or by a crash; never rejects. */
  readonly ended: Promise<FinalMessage>;
  readonly #child: ChildProcess;
  #final: FinalMessage | undefined;
  #holds = true;
  #isStopped = false;
  #patience: NodeJS.Timeout | undefined;
  #errorText = "";

  constructor(task: WorkerTask, onMessage: (message: WorkerMessage) => void) {
    this.#child = fork(workerPath, {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [],
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#errorText = (this.#errorText + text).slice(-KEPT_ERROR_LETTERS);
    });
    this.#child.on("message", (message: WorkerMessage) => {
      if (isFinal(message)) this.#final = message;
      if (message.kind === "hold") this.#hold(message.holds);
      onMessage(message);
    });
    this.ended = new Promise((resolve) => {
      this.#child.on("error", ({ message }) => resolve({ kind: "failure", reason: message }));
      this.#child.on("close", (code, signal) => {
        clearTimeout(this.#patience);
        resolve(this.#final ?? { kind: "failure", reason: this.#crashText(code ?? signal) });
      });
    });
    this.#send(task);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks the process to end, with a checkpoint of what it has done. */
  stop(): void {
    this.#isStopped = true;
    this.#send("stop");
    this.#hold(this.#holds);
  }

  /** Ends a stopped process that hears nothing for a while, and has nothing to keep. */
  #hold(holds: boolean): void {
    this.#holds = holds;
    clearTimeout(this.#patience);
    if (!this.#isStopped || holds) return;
    this.#patience = setTimeout(() => {
      this.#final ??= { kind: "stopped" };
      this.#child.kill("SIGKILL");
    }, PATIENCE_MS);
  }

  #send(message: WorkerTask | "stop"): void {
    // A process that has ended is heard of by its end.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #crashText(outcome: number | NodeJS.Signals | null): string {
    const lines = this.#errorText.split("\n").filter((line) => line.trim() !== "");
    const said = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
    const how = typeof outcome === "number" ? `exit code ${outcome}` : `signal ${outcome}`;
    const why = outcome === "SIGKILL" ? " (by the system if memory runs out)" : "";
    return `Its process ended with ${how}${why}${said ? `: ${said.trim()}` : ""}.`;
  }
}

const isFinal = (message: WorkerMessage): message is FinalMessage =>
  ["result", "stopped", "failure"].includes(message.kind);
