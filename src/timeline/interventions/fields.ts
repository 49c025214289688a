import * as z from "zod";
import { quantityFromText, timeUnits, type Units } from "../../document/quantities.ts";
import { CellSelection, selectionProblem } from "../cell-selection.ts";

/**
 * Keys of interventions, each with unit, default and meaning; `isocortex list interventions` and the
 * controls of the page are derived from them.
 */

/** Description of a key. */
export interface FieldDescription {
  readonly description: string;
  /** Accepted values, in words. */
  readonly allowed: string;
  /** Base unit; empty for values without a unit. */
  readonly unit: string;
  /** Default, as in a file; undefined if the key is required, or optional without a default. */
  readonly default?: unknown;
  /** Accepted values, if they form a list. */
  readonly choices?: readonly string[];
  /** Limits, in the base unit. */
  readonly minimum?: number;
  readonly maximum?: number;
}

const described = <T extends z.ZodType>(schema: T, description: FieldDescription): T =>
  schema.meta({ ...description });

/** A schema with a default, which is described as a file would have it. */
function optional<T>(schema: z.ZodType<T>, description: FieldDescription, value: unknown) {
  if (value === undefined) return described(schema, description);
  const byDefault = value as Parameters<typeof schema.prefault>[0];
  return described(schema.prefault(byDefault), { ...description, default: value });
}

const lengthUnits: Units = { um: 1, µm: 1, mm: 1e3 };
const rateUnits: Units = { Hz: 1, kHz: 1e3 };
const voltageUnits: Units = { mV: 1, V: 1e3 };

/** Limits of a value, in the base unit. */
export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  /** True if the minimum itself is not allowed. */
  readonly above?: boolean;
}

function limitText({ minimum = -Infinity, maximum = Infinity, above }: Limits): string {
  const low = minimum === -Infinity ? "" : ` ${above ? "above" : "from"} ${minimum}`;
  const high = maximum === Infinity ? "" : ` ${low ? (above ? "up " : "") : "up "}to ${maximum}`;
  return low && !high && !above ? ` of at least ${minimum}` : `${low}${high}`;
}

function isWithin(value: number, { minimum = -Infinity, maximum = Infinity, above }: Limits) {
  return Number.isFinite(value) && value <= maximum && (above ? value > minimum : value >= minimum);
}

/** A reader of values: what it makes of one, or undefined when that is none. */
function read<T>(of: (value: unknown) => T | undefined, message: (value: unknown) => string) {
  return z.unknown().transform((value, context): T => {
    const found = of(value);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: message(value) });
    return z.NEVER;
  });
}

const shown = (value: unknown): string =>
  value === undefined ? "no value was given" : `${JSON.stringify(value)} was given`;

/** Schema of a time or duration with its unit, converted to ms. */
export const timeValue = (limits: Limits = { minimum: 0 }) => {
  const allowed = `a time with its unit, such as 10 s (${Object.keys(timeUnits).join(", ")})`;
  return read(
    (value) => {
      const timeMs = typeof value === "string" ? quantityFromText(value, timeUnits) : undefined;
      return timeMs !== undefined && isWithin(timeMs, limits) ? timeMs : undefined;
    },
    (value) =>
      typeof value === "number"
        ? `a time needs its unit: expected ${value} s or ${value} ms, not ${value}`
        : `expected ${allowed}${limitText(limits)}; ${shown(value)}`,
  );
};

/** Key with a time or an ascending list of times, converted to ms. */
export function times(description: string) {
  const schema = z.unknown().transform((given, context): readonly number[] => {
    const read = (Array.isArray(given) ? given : [given]).map((one) => timeValue().safeParse(one));
    read.forEach(({ error }, place) => {
      const path = Array.isArray(given) ? [place] : [];
      for (const { message } of error?.issues ?? []) {
        context.addIssue({ code: "custom", path, message });
      }
    });
    if (read.length === 0) context.addIssue("expected at least one time");
    return [...new Set(read.flatMap(({ data }) => data ?? []))].sort((a, b) => a - b);
  });
  return described(schema, { description, allowed: "times with their units", unit: "ms" });
}

/** Key with a time or duration, converted to ms. */
export function time(description: string, limits: Limits = { minimum: 0 }, value?: string) {
  const allowed = `a time with its unit${limitText(limits)}`;
  return optional(timeValue(limits), { description, allowed, unit: "ms", ...limits }, value);
}

/** Schema of a number with or without its unit, converted to the base unit. */
export function quantityValue(units: Units, limits: Limits) {
  const names = Object.keys(units);
  const allowed = `a number${limitText(limits)}${names.length > 0 ? ` ${names[0]}` : ""}`;
  return read(
    (value) => {
      const found =
        typeof value === "string" ? quantityFromText(value, units) : (value as number | undefined);
      return typeof found === "number" && isWithin(found, limits) ? found : undefined;
    },
    (value) => `expected ${allowed}; ${shown(value)}`,
  );
}

const quantity = (units: Units) => {
  const [unit = "1"] = Object.keys(units);
  return (description: string, limits: Limits = {}, value?: number | string) => {
    const allowed = `a number${limitText(limits)}${unit === "1" ? "" : ` ${unit}`}`;
    return optional(quantityValue(units, limits), { description, allowed, unit, ...limits }, value);
  };
};

/** Key with a rate, Hz. */
export const rate = quantity(rateUnits);
/** Key with a voltage or weight, mV. */
export const voltage = quantity(voltageUnits);
/** Key with a length, µm. */
export const length = quantity(lengthUnits);
/** Key with a number without unit. */
export const number = quantity({});

/** Units accepted for each base unit, with their factors. */
export const unitsOf: Readonly<Record<string, Units>> = { Hz: rateUnits, mV: voltageUnits };

/** Key with a whole number. */
export function integer(description: string, limits: Limits = {}, value?: number) {
  const allowed = `a whole number${limitText(limits)}`;
  const schema = read(
    (given) =>
      Number.isInteger(given) && isWithin(given as number, limits) ? Number(given) : undefined,
    (given) => `expected ${allowed}; ${shown(given)}`,
  );
  return optional(schema, { description, allowed, unit: "1", ...limits }, value);
}

/** Key with a seed, a whole number from 0 to 4294967295. */
export const seed = (description: string, value?: number) =>
  integer(description, { minimum: 0, maximum: 0xffffffff }, value);

/** Key with one of several values. */
export function choice<const C extends string>(
  description: string,
  choices: readonly C[],
  value?: NoInfer<C>,
) {
  const allowed = choices.join(", ");
  const schema = read(
    (given) => choices.find((one) => one === given),
    (given) => `expected one of ${allowed}; ${shown(given)}`,
  );
  return optional(schema, { description, allowed, unit: "", choices }, value);
}

/** In YAML 1.2, on and off are texts. */
const switchWords: Readonly<Record<string, boolean>> = {
  on: true,
  off: false,
  true: true,
  false: false,
};

/** Key with a text that matches a pattern. */
export function text(description: string, allowed: string, pattern = /./) {
  const schema = read(
    (given) => (typeof given === "string" && pattern.test(given) ? given : undefined),
    (given) => `expected ${allowed}; ${shown(given)}`,
  );
  return described(schema, { description, allowed, unit: "" });
}

/** Key with a list of numbers. */
export function numbers(description: string) {
  const schema = read(
    (given) =>
      Array.isArray(given) && given.length > 0 && given.every(Number.isFinite)
        ? (given as readonly number[])
        : undefined,
    (given) => `expected a list of numbers; ${shown(given)}`,
  );
  return described(schema, { description, allowed: "a list of numbers", unit: "" });
}

/** Key that is on or off. */
export function toggle(description: string, value?: boolean) {
  const schema = read(
    (given) => (Object.hasOwn(switchWords, String(given)) ? switchWords[String(given)] : undefined),
    (given) => `expected on or off; ${shown(given)}`,
  );
  return optional(
    schema,
    { description, allowed: "on or off", unit: "", choices: ["on", "off"] },
    value,
  );
}

/** Key that selects cells. */
export function cells(description: string, value?: string) {
  const allowed = "a selection of cells";
  const schema = z.unknown().transform((given, context): CellSelection => {
    const problem = selectionProblem(given);
    if (problem === undefined) return new CellSelection(given);
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
  return optional(schema, { description, allowed, unit: "" }, value);
}

/** Schema of an intervention with these keys; it refuses all others. */
export const keys = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: ({ code, input }) =>
      code === "invalid_type" ? `expected keys and values; ${shown(input)}` : undefined,
  });
