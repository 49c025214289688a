import { InvalidArgumentError } from "commander";
import { memoryFromText } from "../../study/planning/resources.ts";

/** Readers of options' values, for commander: each throws what it expected. */

/** A time in s, as ms. */
export function timeMs(text: string): number {
  const seconds = numberOf(text);
  if (seconds >= 0) return seconds * 1000;
  throw new InvalidArgumentError("Expected a time in seconds, such as 800.");
}

/** A length of time in s above 0, as ms. */
export function durationMs(text: string): number {
  const seconds = numberOf(text);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds * 1000;
  throw new InvalidArgumentError("Expected a duration in seconds above 0, such as 800.");
}

/** Times in s, separated by commas, as ms. */
export function timesMs(text: string): number[] {
  const times = text.split(",").map((one) => numberOf(one) * 1000);
  if (times.every((time) => time >= 0)) return times;
  throw new InvalidArgumentError("Expected times in seconds, such as 800,4000,8800.");
}

/** A rate in Hz above 0. */
export function frequencyHz(text: string): number {
  const rateHz = numberOf(text);
  if (rateHz > 0 && Number.isFinite(rateHz)) return rateHz;
  throw new InvalidArgumentError("Expected a rate in Hz above 0, such as 4000.");
}

/** Numbers above 0, separated by commas; each once. */
export function numbers(text: string): number[] {
  const values = text.split(",").map(numberOf);
  if (values.every((value) => value > 0 && Number.isFinite(value))) return [...new Set(values)];
  throw new InvalidArgumentError("Expected numbers above 0, such as 2 or 0.5,3.");
}

/** A reader of whole numbers within limits. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = numberOf(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };

export const seed = wholeNumber(0, 0xffffffff);

/** An amount of memory such as "8 GB", in bytes. */
export function memoryBytes(text: string): number {
  const bytes = memoryFromText(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError('Expected an amount of memory such as "400 MB" or "8 GB".');
}

/** Each chosen cell is a line of its own in a figure. */
const MOST_CELLS = 1000;

/** Cells as numbers and ranges, "1,5-9". */
export function cells(text: string): number[] {
  const chosen = text.split(",").flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
    const count = Number(last) - Number(first) + 1;
    if (count >= 1 && count <= MOST_CELLS) {
      return Array.from({ length: count }, (_, k) => Number(first) + k);
    }
    throw new InvalidArgumentError(
      `Expected cells such as 1,5-9: numbers and ascending ranges of at most ${MOST_CELLS}.`,
    );
  });
  return [...new Set(chosen)];
}

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, earlier: readonly string[] | undefined): string[] => [
  ...(earlier ?? []),
  value,
];

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
