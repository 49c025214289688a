import type { RunReport } from "../simulation/run-options.ts";
import { clockText, shortNumber } from "./quantities.ts";
import { canRedraw, columnsOf } from "./streams.ts";

/** Interval of progress lines if the line cannot be redrawn, ms. */
const LINE_INTERVAL_MS = 60_000;

export interface ProgressOptions {
  /** Shows nothing but notes. */
  readonly quiet?: boolean | undefined;
  readonly stream?: NodeJS.WriteStream;
  /** Time by a clock that nobody sets, ms. */
  readonly now?: () => number;
}

/** Shows how work is going: one line, redrawn, on a terminal; elsewhere a line a minute. */
export class ProgressLine {
  readonly #quiet: boolean;
  readonly #stream: NodeJS.WriteStream;
  readonly #redraws: boolean;
  readonly #now: () => number;
  #nextLineAt: number;
  #shown = false;

  constructor({
    quiet = false,
    stream = process.stderr,
    now = () => performance.now(),
  }: ProgressOptions = {}) {
    this.#quiet = quiet;
    this.#stream = stream;
    this.#redraws = canRedraw(stream);
    this.#now = now;
    this.#nextLineAt = now() + LINE_INTERVAL_MS;
  }

  /** Shows the parts, the most important first: as many as the terminal is wide. */
  show(parts: readonly string[]): void {
    if (this.#quiet) return;
    if (this.#redraws) {
      const line = fitting(parts, columnsOf(this.#stream) - 1);
      this.#stream.write(`\r${line}\x1b[K`);
      this.#shown = true;
    } else if (this.#now() >= this.#nextLineAt) {
      this.#stream.write(`${parts.join("  ")}\n`);
      this.#nextLineAt += LINE_INTERVAL_MS;
    }
  }

  /** Writes a line that stays. */
  note(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  /** Wipes the line off the terminal. */
  clear(): void {
    if (this.#shown) this.#stream.write("\r\x1b[K");
    this.#shown = false;
  }
}

/** The first of the parts that fit into a width, but at least as much of the first as does. */
export function fitting(parts: readonly string[], width: number): string {
  let line = parts[0]!.slice(0, width);
  for (const part of parts.slice(1)) {
    if (line.length + 2 + part.length > width) break;
    line += `  ${part}`;
  }
  return line;
}

/** Progress of a run, in parts for a line. */
export function runProgress(report: RunReport): string[] {
  const { simulatedMs, durationMs, wallMs, speed, remainingMs, rateEHz, rateIHz } = report;
  const duration = String(Number((durationMs / 1000).toFixed(1)));
  const simulated = (simulatedMs / 1000).toFixed(duration.includes(".") ? 1 : 0);
  return [
    `${percentText(simulatedMs, durationMs)}  ${simulated.padStart(duration.length)} of ${duration} s`,
    `${shortNumber(speed)} × real time`,
    `${clockText(remainingMs)} left`,
    `E ${shortNumber(rateEHz)} Hz  I ${shortNumber(rateIHz)} Hz`,
    `${clockText(wallMs)} so far`,
  ];
}

/** A share in per cent, always of the same length. */
export const percentText = (part: number, whole: number): string =>
  `${String(Math.floor((100 * part) / whole)).padStart(3)} %`;
