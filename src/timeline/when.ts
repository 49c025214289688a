import * as z from "zod";
import type { CellSelection } from "./cell-selection.ts";
import { type MeasureName, measureNames, measures } from "./condition-measures.ts";
import { cells, choice, keys, quantityValue, timeValue, toggle } from "./interventions/fields.ts";

/** A closed loop looks at the network at every multiple of this, ms of simulated time. */
export const LOOK_MS = 100;

/** Time at which an intervention takes place; times in ms of simulated time. */
export type When =
  | { readonly form: "at"; readonly timesMs: readonly number[]; readonly forMs: number }
  | { readonly form: "during"; readonly fromMs: number; readonly untilMs: number }
  | {
      readonly form: "every";
      readonly fromMs: number;
      readonly untilMs: number;
      readonly everyMs: number;
      readonly forMs: number;
    }
  | {
      readonly form: "measured";
      readonly condition: Condition;
      readonly fromMs: number;
      readonly untilMs: number;
      readonly once: boolean;
      /** Time from one beginning to the next, at least. */
      readonly everyMs: number;
      readonly forMs: number;
    };

/** Condition of a closed loop. */
export interface Condition {
  readonly measure: MeasureName;
  readonly cells: CellSelection;
  readonly overMs: number;
  readonly isAbove: boolean;
  readonly limit: number;
}

const positive = { minimum: 0, above: true } as const;

const times = z.union([z.array(z.unknown()).min(1, "expected at least one time"), z.unknown()]);

const condition = keys({
  measure: choice("Measured quantity.", measureNames),
  cells: cells("Measured cells.", "all"),
  over: timeValue(positive).optional(),
  above: z.unknown().optional(),
  below: z.unknown().optional(),
  once: toggle("Only once.").optional(),
  every: timeValue(positive).optional(),
});

/** The keys of an entry that say when, as files have them. */
export const whenKeys = ["at", "from", "until", "every", "for", "when", "once"] as const;

const schema = z.object({
  at: times.optional(),
  from: timeValue().optional(),
  until: timeValue().optional(),
  every: timeValue(positive).optional(),
  for: timeValue(positive).optional(),
  when: condition.optional(),
  once: toggle("").optional(),
});

type Given = z.infer<typeof schema>;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Reads when an entry takes place; undefined where that is wrong, with what is wrong. */
export function readWhen(source: object, issues: Issue[]): When | undefined {
  const { data, error } = schema.safeParse(source);
  if (error) {
    issues.push(...error.issues.flatMap(issuesOf));
    return undefined;
  }
  const before = issues.length;
  const when = interpret(data, issues);
  return issues.length > before ? undefined : when;
}

const issuesOf = (issue: z.core.$ZodIssue): Issue[] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ path: [...issue.path, key], message: "unknown key" }))
    : [{ path: issue.path, message: issue.message }];

function interpret(given: Given, issues: Issue[]): When | undefined {
  const { at, from: fromMs = 0, until: untilMs = Infinity, for: forMs = Infinity, every } = given;
  if (fromMs >= untilMs) {
    issues.push({ path: ["until"], message: "expected a time after from" });
  }
  if (given.when !== undefined) return measured(given, given.when, issues);
  if (given.once !== undefined) issues.push({ path: ["once"], message: "once requires when" });
  if (at !== undefined) {
    for (const key of ["from", "until", "every"] as const) {
      if (given[key] === undefined) continue;
      issues.push({ path: [key], message: `${key} cannot be combined with at` });
    }
    return { form: "at", timesMs: listedTimes(at, issues), forMs };
  }
  if (every !== undefined) return { form: "every", fromMs, untilMs, everyMs: every, forMs };
  if (given.from === undefined && given.until === undefined) {
    issues.push({ path: [], message: "expected when: at, from and until, every, or when" });
  } else if (forMs < Infinity) {
    issues.push({ path: ["for"], message: "for requires at, every or when" });
  }
  return { form: "during", fromMs, untilMs };
}

function listedTimes(at: unknown, issues: Issue[]): number[] {
  const listed = Array.isArray(at) ? at : [at];
  const found = listed.flatMap((one, place) => {
    const { data, error } = timeValue().safeParse(one);
    if (!error) return [data];
    const path = Array.isArray(at) ? ["at", place] : ["at"];
    issues.push({ path, message: error.issues[0]!.message });
    return [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function measured(given: Given, asked: NonNullable<Given["when"]>, issues: Issue[]) {
  const { at, from: fromMs = 0, until: untilMs = Infinity, for: forMs = Infinity } = given;
  if (at !== undefined) issues.push({ path: ["at"], message: "at cannot be combined with when" });
  const once = given.once ?? asked.once;
  const every = given.every ?? asked.every;
  if (!once && every === undefined) {
    issues.push({
      path: ["when"],
      message: "expected once: true, or every: the shortest interval",
    });
  }
  if (once && every !== undefined) {
    issues.push({ path: ["when"], message: "once and every cannot be combined" });
  }
  return {
    form: "measured" as const,
    condition: readCondition(asked, issues),
    fromMs,
    untilMs,
    once: once ?? false,
    everyMs: every ?? Infinity,
    forMs,
  };
}

function readCondition(asked: NonNullable<Given["when"]>, issues: Issue[]): Condition {
  const { measure, cells: selection, over: overMs, above, below } = asked;
  const isAbove = above !== undefined;
  if (isAbove === (below !== undefined)) {
    issues.push({ path: ["when"], message: "expected either above or below" });
  }
  if (measure === "rate" && overMs === undefined) {
    issues.push({ path: ["when"], message: "a rate needs over: its averaging time" });
  }
  if (measure !== "rate" && overMs !== undefined) {
    issues.push({ path: ["when", "over"], message: `over requires rate, not ${measure}` });
  }
  if (overMs !== undefined && overMs % LOOK_MS !== 0) {
    issues.push({ path: ["when", "over"], message: `expected a multiple of ${LOOK_MS} ms` });
  }
  const limit = quantityValue(measures[measure].units, {}).safeParse(above ?? below);
  if (limit.error && (isAbove || below !== undefined)) {
    const message = limit.error.issues[0]!.message;
    issues.push({ path: ["when", isAbove ? "above" : "below"], message });
  }
  const value = limit.data ?? Number.NaN;
  return { measure, cells: selection, overMs: overMs ?? LOOK_MS, isAbove, limit: value };
}

/** The first beginning at or after a time, ms; Infinity when there is none, or none is known. */
export function firstBeginning(when: When, nowMs: number): number {
  switch (when.form) {
    case "at":
      return when.timesMs.find((timeMs) => timeMs >= nowMs) ?? Infinity;
    case "during":
      return when.fromMs >= nowMs ? when.fromMs : Infinity;
    case "every": {
      let timeMs = when.fromMs;
      // Times accumulate, as the original's do.
      while (timeMs < nowMs) timeMs += when.everyMs;
      return timeMs <= when.untilMs ? timeMs : Infinity;
    }
    case "measured":
      return Infinity;
  }
}

/** The beginning after the one at `timeMs`. */
export function nextBeginning(when: When, timeMs: number): number {
  if (when.form === "at") return when.timesMs.find((one) => one > timeMs) ?? Infinity;
  if (when.form !== "every") return Infinity;
  const nextMs = timeMs + when.everyMs;
  return nextMs <= when.untilMs ? nextMs : Infinity;
}

/** The beginning that was last found of each: as time goes on, the next is found from there. */
const beginnings = new WeakMap<When, number>();

/** The last beginning at or before a time, ms; undefined when there is none. */
export function lastBeginning(when: When, nowMs: number): number | undefined {
  const knownMs = beginnings.get(when) ?? Infinity;
  let lastMs = knownMs <= nowMs ? knownMs : undefined;
  let timeMs = lastMs === undefined ? firstBeginning(when, 0) : nextBeginning(when, lastMs);
  for (; timeMs <= nowMs && timeMs < Infinity; timeMs = nextBeginning(when, timeMs))
    lastMs = timeMs;
  if (lastMs !== undefined) beginnings.set(when, lastMs);
  return lastMs;
}

/**
 * Time at which a state ends that should hold until a time, ms, which may be its end; undefined
 * when none should.
 */
export function endOfHolding(when: When, nowMs: number): number | undefined {
  const begunMs = lastBeginning(when, nowMs);
  const endMs = begunMs === undefined ? -Infinity : endOf(when, begunMs);
  return endMs >= nowMs ? endMs : undefined;
}

/** Time at which a state ends that begins at `timeMs`; Infinity where it does not. */
export function endOf(when: When, timeMs: number): number {
  if (when.form === "during") return when.untilMs;
  const limitMs = when.form === "measured" ? when.untilMs : Infinity;
  return Math.min(timeMs + when.forMs, limitMs);
}

/** The times that a form names, by their keys. */
export function namedTimes(when: When): readonly (readonly [key: string, timeMs: number])[] {
  if (when.form === "at") return when.timesMs.map((timeMs) => ["at", timeMs] as const);
  const until = when.untilMs < Infinity ? [["until", when.untilMs] as const] : [];
  return [["from", when.fromMs] as const, ...until];
}

/** The beginnings and ends that can be told beforehand, ms; of what repeats, the first and last. */
export function plannedTimes(when: When): readonly number[] {
  if (when.form === "measured") return [];
  const times =
    when.form === "at"
      ? when.timesMs.flatMap((timeMs) => [timeMs, timeMs + when.forMs])
      : [when.fromMs, when.untilMs];
  return times.filter((timeMs) => timeMs < Infinity);
}
