import type { Effect } from "../model/parameter-definition.ts";
import {
  definitionOf,
  type ParameterName,
  type Parameters,
  parameterNames,
  parametersThatMatter,
} from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { type Entry, isSameAction, isSameEntry } from "../timeline/entry.ts";
import { firstBeginning, LOOK_MS, lastBeginning, type When } from "../timeline/when.ts";

/** A run as far as it decides when it parts from another. */
export interface PlannedCourse {
  readonly parameters: Parameters;
  readonly timeline: readonly Entry[];
}

/**
 * Time at which a parameter's value can first matter to a run, ms; Infinity where it never does.
 */
type Onset = (run: PlannedCourse) => number;

const never: Onset = () => Infinity;
/** Time at which some entry of a kind can first take place. */
const firstOf =
  (key: string): Onset =>
  ({ timeline }) =>
    timeline.reduce(
      (first, { kind, when }) => (kind.key === key ? Math.min(first, earliestMs(when)) : first),
      Infinity,
    );

/**
 * Time at which parameters can first matter; their entries and the run's length are compared by
 * themselves.
 */
const onsets: Readonly<Record<Effect["matters"], Onset>> = {
  "from the beginning": () => 0,
  "with scaling": firstOf("scaling"),
  "with plasticity": firstOf("plasticity"),
  "as entries": never,
  "through entries": never,
  never,
};

const onsetOf = (name: ParameterName): Onset => onsets[definitionOf(name).matters];

/**
 * The time up to which two runs are the same to the last bit, ms; Infinity when they are
 * throughout. A branch at that time, of one with the other's parameters and entries, is the other.
 *
 * Rather too early than too late: at most until one may end of itself; 0 for runs of different lengths, whose external streams may end
 * at different times.
 */
export function commonUntilMs(a: PlannedCourse, b: PlannedCourse): number {
  if (durationMs(a.parameters) !== durationMs(b.parameters)) return 0;
  const ofParameters = parameterNames
    .filter((name) => a.parameters[name] !== b.parameters[name])
    .map((name) => Math.min(onsetOf(name)(a), onsetOf(name)(b)));
  const ids = new Set([...a.timeline, ...b.timeline].map(({ id }) => id));
  const ofEntries = [...ids].map((id) => {
    const [one, other] = [a, b].map(({ timeline }) => timeline.find((entry) => entry.id === id));
    return entriesPartMs(one, other);
  });
  const ofEnds = [a, b].map(firstOf("end"));
  return [...ofParameters, ...ofEntries, ...ofEnds].reduce(
    (first, one) => Math.min(first, one),
    Infinity,
  );
}

const deciding = parametersThatMatter("from the beginning");

/**
 * Text that determines the beginning of a run: runs with equal texts share some time, and no others
 * do.
 */
export function beginningKey({ parameters, timeline }: PlannedCourse): string {
  const first = timeline
    .filter(({ when }) => earliestMs(when) === 0)
    .map(({ id, kind, action, when }) => [id, kind.key, action, when.form === "measured" && when]);
  const values = deciding.map((name) => parameters[name]);
  return JSON.stringify([durationMs(parameters), ...values, first]);
}

/** Time at which two entries of one id, or one and none, first do something else, ms. */
function entriesPartMs(one: Entry | undefined, other: Entry | undefined): number {
  if (!one || !other) return earliestMs((one ?? other)!.when);
  if (isSameEntry(one, other)) return Infinity;
  const foresees = one.kind.form === "state" && one.kind.foreseesEnd;
  if (isSameAction(one, other) && !foresees) return timesPartMs(one.when, other.when);
  return Math.min(earliestMs(one.when), earliestMs(other.when));
}

/** Time at which something that is done at either times is first done at one of them only, ms. */
function timesPartMs(a: When, b: When): number {
  const firstMs = Math.min(earliestMs(a), earliestMs(b));
  if (a.form === "during" && b.form === "during" && a.fromMs === b.fromMs) {
    return Math.min(a.untilMs, b.untilMs);
  }
  if (a.form !== "every" || b.form !== "every") return firstMs;
  if (a.fromMs !== b.fromMs || a.forMs !== b.forMs) return firstMs;
  if (a.everyMs !== b.everyMs) return a.fromMs + Math.min(a.everyMs, b.everyMs);
  const untilMs = Math.min(a.untilMs, b.untilMs);
  return lastBeginning(a, untilMs) ?? untilMs;
}

/** Time at which an entry can first matter, ms: a closed loop once it begins to count spikes. */
function earliestMs(when: When): number {
  if (when.form !== "measured") return firstBeginning(when, 0);
  const { fromMs, condition } = when;
  return LOOK_MS * Math.max(0, Math.floor((fromMs - condition.overMs) / LOOK_MS) - 1);
}
