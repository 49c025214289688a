import type { Command } from "commander";
import { memoryBytes, timeMs, wholeNumber } from "./option-values.ts";

/** Options for running tasks on this computer. */
export interface WorkOptions {
  readonly workers?: number;
  /** Memory for all of them together, bytes. */
  readonly memory?: number;
  /** Wall time between checkpoints, ms. */
  readonly checkpointEvery?: number;
}

/** Options of all commands that carry out many tasks at once. */
export const addWorkOptions = (command: Command): Command =>
  command
    .option("--workers <n>", "simultaneous processes (default: one per core)", wholeNumber(1, 1024))
    .option(
      "--memory <amount>",
      'what all may take, such as "8 GB" (default: most of it)',
      memoryBytes,
    )
    .option("--checkpoint-every <s>", "wall time between checkpoints, s (default: 30)", timeMs);
