import { fitting, ProgressLine, type ProgressOptions } from "./progress-line.ts";
import { canRedraw, columnsOf } from "./streams.ts";

/**
 * Shows how several things are going at once: on a terminal a line of all and one of each, redrawn;
 * elsewhere the first alone, a line a minute.
 */
export class LiveTable {
  readonly #quiet: boolean;
  readonly #stream: NodeJS.WriteStream;
  readonly #line: ProgressLine;
  #linesShown = 0;

  constructor(options: ProgressOptions = {}) {
    const { quiet = false, stream = process.stderr } = options;
    this.#quiet = quiet;
    this.#stream = stream;
    this.#line = new ProgressLine(options);
  }

  show(summary: readonly string[], details: readonly (readonly string[])[]): void {
    if (this.#quiet) return;
    if (!canRedraw(this.#stream)) {
      this.#line.show(summary);
      return;
    }
    const width = columnsOf(this.#stream) - 1;
    const lines = [summary, ...details].map((parts) => fitting(parts, width));
    this.clear();
    this.#stream.write(lines.map((line) => `${line}\n`).join(""));
    this.#linesShown = lines.length;
  }

  /** Writes a line that stays. */
  note(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  /** Wipes the table off the terminal. */
  clear(): void {
    if (this.#linesShown > 0) this.#stream.write(`\x1b[${this.#linesShown}A\x1b[J`);
    this.#linesShown = 0;
  }
}
