import type { Parameters } from "../../index.ts";
import type { Entry } from "../../timeline/entry.ts";
import { endOf, firstBeginning, lastBeginning } from "../../timeline/when.ts";
import type { LiveColumn } from "../session/live-column.ts";
import type { Mark, Standing } from "./messages.ts";

/** Parameters that have a slider. */
const shown = ["plasticIncrementEE", "scalingBeta", "scalingGamma"] as const;

/** Those of parameters. */
export const shownParameters = (parameters: Parameters): Standing["parameters"] =>
  Object.fromEntries(shown.map((name) => [name, parameters[name]]));

/** State of a column, for the page. */
export function standingOf(
  column: LiveColumn,
  pace: Pick<Standing, "isPlaying" | "isSeeking" | "speed">,
): Standing {
  const { timeMs, reachedMs, simulation } = column;
  const held = heldEntries(simulation.timeline, timeMs);
  const last = (key: string) => held.findLast(({ kind }) => kind.key === key)?.action;
  const parameters: Parameters = Object.assign(
    {},
    simulation.parameters,
    ...held.filter(({ kind }) => kind.key === "set").map(({ action }) => action),
  );
  return {
    ...pace,
    timeMs,
    reachedMs,
    learningOn: Boolean(last("plasticity")),
    scalingOn: Boolean(last("scaling")),
    parameters: shownParameters(parameters),
    external: Number(last("external") ?? 1),
    marks: marksOf(column),
  };
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
