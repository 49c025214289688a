/** What a run of a sweep may need; clusters are asked for so much. */
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

/** A length of time such as "90 min", in ms; undefined when the text is none. */
export const durationFromText = (text: string): number | undefined => quantity(text, msPerUnit);

/** An amount of memory such as "400 MB", in bytes; undefined when the text is none. */
export const memoryFromText = (text: string): number | undefined => quantity(text, bytesPerUnit);

function quantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(text) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  const value = Number(number) * (factor ?? Number.NaN);
  return value > 0 ? value : undefined;
}
