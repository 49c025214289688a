/** Resources of a run of a sweep; clusters are asked for so much. */
export interface Resources {
  /** Wall time, ms. */
  readonly timeMs?: number | undefined;
  readonly memoryBytes?: number | undefined;
}

const msPerUnit: Readonly<Record<string, number>> = {
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const bytesPerUnit: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 };

/** Ten years: more is a slip. */
const LONGEST_MS = 3650 * msPerUnit["d"]!;
/** 1 PB. */
const MOST_BYTES = 1e15;

/** A length of time such as "90 min", in ms; undefined when the text is none. */
export const durationFromText = (text: string): number | undefined =>
  quantity(text, msPerUnit, LONGEST_MS);

/** Examples of what `wallTimeFromText` accepts, for messages. */
export const WALL_TIME_EXAMPLE =
  'a length of time up to 3650 d, such as "90 min" or, as Slurm has it, 90 (minutes), 01:30:00 or 1-12:00:00';

/**
 * A length of time as `durationFromText` reads it, or as Slurm and GridEngine do, in ms: minutes,
 * minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.
 */
export function wallTimeFromText(text: string): number | undefined {
  const [, days, ...parts] = /^\s*(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?\s*$/.exec(text) ?? [];
  if (parts.length === 0) return durationFromText(text);
  const given = parts.flatMap((part) => (part === undefined ? [] : [Number(part)]));
  // Without days and hours, minutes come first.
  const [h, m = 0, s = 0] = days === undefined && given.length < 3 ? [0, ...given] : given;
  const timeMs = (((Number(days ?? 0) * 24 + h!) * 60 + m) * 60 + s) * 1000;
  return timeMs > 0 && timeMs <= LONGEST_MS ? timeMs : undefined;
}

/** An amount of memory such as "400 MB", in bytes; undefined when the text is none. */
export const memoryFromText = (text: string): number | undefined =>
  quantity(text, bytesPerUnit, MOST_BYTES);

function quantity(
  text: string,
  units: Readonly<Record<string, number>>,
  most: number,
): number | undefined {
  const [, number, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(text) ?? [];
  if (!Object.hasOwn(units, unit)) return undefined;
  const value = Number(number) * units[unit]!;
  return value > 0 && value <= most ? value : undefined;
}
