import type { Parameters } from "../../index.ts";
import type { Entry } from "../../timeline/entry.ts";
import { endOf, firstBeginning, lastBeginning } from "../../timeline/when.ts";
import type { Future, LeftFuture, LiveColumn } from "../session/live-column.ts";
import type { FutureListing, Mark, Standing } from "./messages.ts";

/** State of a column, for the page. */
export function standingOf(
  column: LiveColumn,
  pace: Pick<Standing, "passage" | "isPlaying" | "isSeeking" | "speed">,
): Standing {
  const { timeMs, reachedMs, simulation } = column;
  const held = heldEntries(simulation.timeline, timeMs);
  const last = (key: string) => held.findLast(({ kind }) => kind.key === key)?.action;
  const set = held.filter(({ kind }) => kind.key === "set").map(({ action }) => action);
  const parameters: Parameters =
    set.length === 0 ? simulation.parameters : Object.assign({}, simulation.parameters, ...set);
  return {
    ...pace,
    ...{ timeMs, reachedMs },
    learningOn: Boolean(last("plasticity")),
    scalingOn: Boolean(last("scaling")),
    parameters,
    external: Number(last("external") ?? 1),
    marks: marksOf(column),
    future: listed(column.present),
    left: column.left.map(listed),
  };
}

/** So many interventions are named in a future's label. */
const MOST_NAMED = 3;

/** A future in words: whether it learns and scales in the end, and what else was done in it. */
function listed(future: Future & Partial<LeftFuture>): FutureListing {
  const { number, timeline, touched, reachedMs, forkMs = 0 } = future;
  const held = heldEntries(timeline, reachedMs);
  const rule = (key: string) => Boolean(held.findLast(({ kind }) => kind.key === key)?.action);
  const others = timeline.filter(
    ({ id, kind }) =>
      (touched.get(id) ?? -1) >= forkMs && !["plasticity", "scaling"].includes(kind.key),
  );
  const label = [
    `${rule("plasticity") ? "with" : "without"} learning`,
    `${rule("scaling") ? "with" : "without"} scaling`,
    ...others.slice(0, MOST_NAMED).map(({ kind, action }) => kind.label(action)),
    ...(others.length > MOST_NAMED ? [`and ${others.length - MOST_NAMED} more`] : []),
  ].join(", ");
  return { number, label, forkMs, reachedMs };
}

/** Entries whose states hold at a time, the last begun last. */
const heldEntries = (timeline: readonly Entry[], timeMs: number): Entry[] =>
  timeline
    .filter(({ kind }) => kind.form === "state")
    .flatMap((entry) => {
      const begunMs = lastBeginning(entry.when, timeMs);
      return begunMs === undefined || endOf(entry.when, begunMs) <= timeMs
        ? []
        : [{ entry, begunMs }];
    })
    .sort((one, other) => one.begunMs - other.begunMs)
    .map(({ entry }) => entry);

function marksOf({ simulation, touched, durationMs }: LiveColumn): Mark[] {
  return simulation.timeline
    .map(({ id, kind, action, when }): Mark => {
      const timeMs = when.form === "measured" ? when.fromMs : firstBeginning(when, 0);
      const untilMs = when.form === "every" ? when.untilMs : endOf(when, timeMs);
      return {
        id,
        label: kind.label(action),
        timeMs,
        untilMs: untilMs < durationMs ? untilMs : undefined,
        isTouched: touched.includes(id),
      };
    })
    .filter(({ timeMs }) => timeMs <= durationMs)
    .sort((one, other) => one.timeMs - other.timeMs);
}
