import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Parameters } from "../../model/parameters.ts";
import type { EntrySource } from "../../timeline/entry.ts";
import { UsageError } from "../failure.ts";
import { frequencyHz } from "./option-values.ts";

/** A recorded information signal of the 2014 model. */
export interface SignalOptions {
  readonly signal?: string;
  readonly signalRate: number;
}

export const addSignalOptions = (command: Command, where: string): Command =>
  command
    .option("--signal <file>", `recorded information signal (${where}), one number a line`)
    .option("--signal-rate <Hz>", "rate of its numbers", frequencyHz, 4000);

/**
 * Function from the parameters of a run to the entry of the recorded signal; none without a file.
 *
 * @throws {UsageError} when the file cannot be used
 */
export async function signalOf({ signal: file, signalRate: rateHz }: SignalOptions): Promise<{
  readonly entriesFor?: (parameters: Parameters) => EntrySource[];
}> {
  if (file === undefined) return {};
  const { informationEntry, signalMeans } = await import("../../timeline/protocol-entries-2014.ts");
  const values = reading(file, readNumbers);
  const entriesFor = (parameters: Parameters) =>
    reading(file, () => [informationEntry(parameters, signalMeans(parameters, values, rateHz))]);
  return { entriesFor };
}

function reading<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
}

function readNumbers(file: string): number[] {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const numbers = lines.map((line) => (line.trim() === "" ? Number.NaN : Number(line)));
  const wrong = numbers.findIndex((one) => !Number.isFinite(one));
  if (wrong < 0) return numbers;
  throw new RangeError(`line ${wrong + 1} is "${lines[wrong]}": expected one number a line.`);
}
