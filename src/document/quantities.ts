/** Numbers with units, as files have them. */

/** Units of a quantity: how many of the base unit each is. @inline */
export type Units = Readonly<Record<string, number>>;

export const timeUnits: Units = { ms: 1, s: 1e3, min: 60e3, h: 3.6e6, d: 86.4e6 };

const notation = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?\s*([A-Za-zµ]+)\s*$/;

/**
 * A number with a unit, such as "2.5 s", in the base unit; undefined when the text is none.
 *
 * Powers of ten are exact: "1.005 s" is 1005 ms, although 1.005 · 1000 is not.
 */
export function quantityFromText(text: string, units: Units): number | undefined {
  const [, digits, exponent = "0", unit = ""] = notation.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit]! : undefined;
  if (digits === undefined || factor === undefined) return undefined;
  const [, multiple, zeros] = /^(\d+?)(0*)$/.exec(String(factor)) ?? [];
  if (multiple === undefined || zeros === undefined) {
    return Number(`${digits}e${exponent}`) * factor;
  }
  return Number(`${digits}e${Number(exponent) + zeros.length}`) * Number(multiple);
}

/** A time in ms as a text that is read as just that: in s where it can be, else in ms. */
export function timeText(timeMs: number): string {
  const inSeconds = `${timeMs / 1000} s`;
  return quantityFromText(inSeconds, timeUnits) === timeMs ? inSeconds : `${timeMs} ms`;
}
