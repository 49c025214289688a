import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "../host/package.ts";
import { shellLine } from "../host/shell-words.ts";
import { systemClock } from "../host/system-clock.ts";
import type { Clock } from "../simulation/run-options.ts";
import { entryAt } from "../store/file-entry.ts";

/** The log's name in a run's directory. */
export const logFile = "log.txt";

/** Kinds of lines in the log. */
const logEntries = [
  "started",
  "resumed",
  "command",
  "checkpoint",
  "note",
  "interrupted",
  "finished",
  "failed",
] as const;

export type LogEntry = (typeof logEntries)[number];

const linePattern = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z  (?:${logEntries.join("|")}) `);

/** True if a text is a log to which nobody else has added a line. */
export const isRunLog = (text: string): boolean =>
  text
    .trimEnd()
    .split("\n")
    .every((line) => linePattern.test(line));

/** Of checkpoints that follow each other within this time, ms, only the first is logged. */
const CHECKPOINT_INTERVAL_MS = 10_000;

/**
 * A plain-text log of a run: one line per entry, with the time. Lines are only appended. The log is
 * not part of the record: nothing is read from it, and a run continues if it cannot be written.
 */
export class RunLog {
  readonly #path: string;
  readonly #clock: Clock;
  /** By the monotonic clock. */
  #nextCheckpointAt = Number.NEGATIVE_INFINITY;

  constructor(directory: string, clock: Clock = systemClock) {
    this.#path = join(directory, logFile);
    this.#clock = clock;
  }

  write(entry: LogEntry, text: string): void {
    const time = this.#clock.date().toISOString();
    const line = `${time}  ${entry.padEnd(11)}  ${text.replace(/\s*\n\s*/g, " ")}\n`;
    try {
      // Whoever opens a named pipe waits for a reader.
      if (entryAt(this.#path)?.isFile() === false) return;
      appendFileSync(this.#path, line);
    } catch {
      // The run's own files will tell of a full disk.
    }
  }

  /** Tells that a process begins to work on the run, and what was asked of it. */
  begin(entry: "started" | "resumed", command: readonly string[] | undefined): void {
    const { name, version } = program;
    const machine = `Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
    this.write(entry, `${name} ${version}, ${machine}, process ${process.pid}`);
    if (command) this.write("command", shellLine(command));
  }

  checkpoint(simulatedMs: number): void {
    const now = this.#clock.monotonicMs();
    if (now < this.#nextCheckpointAt) return;
    this.#nextCheckpointAt = now + CHECKPOINT_INTERVAL_MS;
    this.write("checkpoint", `at ${simulatedMs / 1000} s`);
  }
}
