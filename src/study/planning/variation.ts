import { type EntryKey, isEntryKey } from "../../experiment/entry-settings.ts";
import type { ParameterName, ParameterOverrides } from "../../model/parameters.ts";

export type ParameterValue = number | boolean | string;

/**
 * Name of a setting that can be varied: a parameter, or a key of an entry of the timeline, such as
 * "loss.count".
 */
export type SettingName = ParameterName | EntryKey;

/** Values of what is varied. */
export type Settings = ParameterOverrides & Readonly<Record<EntryKey, ParameterValue>>;

/** Settings of parameters, and of entries of the timeline. */
export function splitSettings(settings: Settings) {
  const entries = Object.entries(settings);
  return {
    parameters: Object.fromEntries(
      entries.filter(([name]) => !isEntryKey(name)),
    ) as ParameterOverrides,
    keys: Object.fromEntries(entries.filter(([name]) => isEntryKey(name))) as Record<
      EntryKey,
      ParameterValue
    >,
  };
}

/** A parameter or key and the values that it takes. */
export interface Variation {
  readonly name: SettingName;
  readonly values: readonly ParameterValue[];
}

/** Numbers from one to another: in steps, or so many of them. */
export interface ValueRange {
  readonly from: number;
  readonly to: number;
  readonly step?: number | undefined;
  readonly count?: number | undefined;
  readonly spacing?: "linear" | "logarithmic" | undefined;
}

/** A range that has no values, or of which it is not clear which. */
export class ValueRangeError extends Error {
  override readonly name = "ValueRangeError";
}

/** More values than anybody means. */
const MOST_VALUES = 100_000;

/** Digits that are kept: a value is what people would write, not what rounding made of it. */
const LINEAR_DIGITS = 12;
const LOGARITHMIC_DIGITS = 6;

/**
 * The values of a range, both ends included where the steps meet them.
 *
 * Logarithmic: from · (to / from)^(k / (count − 1)), to 6 significant digits, so that they are the
 * same in all JavaScript engines.
 *
 * @throws {ValueRangeError} when it has no values, or too many
 */
export function rangeValues(range: ValueRange): number[] {
  const { from, to, step, count, spacing = "linear" } = range;
  if ((step === undefined) === (count === undefined)) {
    throw new ValueRangeError("expected from, to and either step or count");
  }
  if (spacing === "logarithmic") {
    if (count === undefined)
      throw new ValueRangeError("a logarithmic range needs a count, not a step");
    if (!(from * to > 0)) {
      throw new ValueRangeError("a logarithmic range must not contain 0");
    }
    return spaced(count, (part) => rounded(from * (to / from) ** part, LOGARITHMIC_DIGITS), range);
  }
  if (step === undefined) {
    return spaced(count!, (part) => rounded(from + part * (to - from), LINEAR_DIGITS), range);
  }
  const steps = Math.floor((to - from) / step + 1e-9);
  if (!(steps >= 0 && steps < MOST_VALUES)) {
    throw new ValueRangeError(
      `steps of ${step} do not reach ${to} from ${from} in fewer than ${MOST_VALUES}`,
    );
  }
  return Array.from({ length: steps + 1 }, (_, k) => rounded(from + k * step, LINEAR_DIGITS));
}

/** So many values; at the ends, just those that were given. */
function spaced(count: number, at: (part: number) => number, { from, to }: ValueRange): number[] {
  const last = count - 1;
  return Array.from({ length: count }, (_, k) => (k === 0 ? from : k === last ? to : at(k / last)));
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Number of settings of the variations. */
export function combinationCount(
  variations: readonly Variation[],
  combine: "grid" | "zip",
): number {
  const counts = variations.map(({ values }) => values.length);
  if (combine === "zip") return counts[0] ?? 1;
  return counts.reduce((product, count) => product * count, 1);
}

/**
 * All settings that the variations give: every combination, the first parameter changing most
 * slowly; or zipped, all first values together, then all second ones, and so on.
 */
export function combinations(
  variations: readonly Variation[],
  combine: "grid" | "zip",
): Settings[] {
  if (combine === "zip") {
    const { length } = variations[0]?.values ?? [null];
    return Array.from({ length }, (_, k) =>
      Object.fromEntries(variations.map(({ name, values }) => [name, values[k]])),
    );
  }
  return variations.reduce<Settings[]>(
    (all, { name, values }) =>
      all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value }))),
    [{}],
  );
}
