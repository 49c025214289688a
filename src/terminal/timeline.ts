import { timeText } from "../document/quantities.ts";
import type { Entry } from "../timeline/entry.ts";
import { endOf, firstBeginning, nextBeginning, type When } from "../timeline/when.ts";
import type { Palette } from "./streams.ts";

/** Marks of what happens at an instant, what holds, what may, and what does not. */
const marks = { instant: "×", holding: "━", possible: "┄", nothing: " " } as const;

/** Columns of a picture narrower than which it shows nothing. */
const LEAST_COLUMNS = 20;

/** Occurrences beyond which marks would only cover each other. */
const MOST_OCCURRENCES = 100_000;

/** A timeline as a picture in text: a line for each entry, time from left to right. */
export function timelineText(
  timeline: readonly Entry[],
  durationMs: number,
  width: number,
  paint: Palette,
): string {
  const end = timeText(durationMs);
  const names = Math.max(...timeline.map(({ id }) => id.length), 0);
  const columns = Math.max(LEAST_COLUMNS, width - names - 2);
  const rows = timeline.flatMap((entry) => {
    const picture = pictureOf(entry, durationMs, columns);
    const indent = " ".repeat(names + 2);
    return [
      `${entry.id.padEnd(names)}  ${picture}`.trimEnd(),
      `${indent}${paint.faint(entryText(entry))}`,
    ];
  });
  const axis = `${" ".repeat(names + 2)}0${end.padStart(columns - 1)}`;
  const line = `${" ".repeat(names + 2)}├${"─".repeat(columns - 2)}┤`;
  return [axis, line, ...rows].map((text) => `${text}\n`).join("");
}

function pictureOf({ when, kind }: Entry, durationMs: number, columns: number): string {
  const cells = Array.from({ length: columns }, (): string => marks.nothing);
  const placeOf = (timeMs: number) =>
    Math.min(columns - 1, Math.floor((timeMs / durationMs) * columns));
  const fill = (fromMs: number, untilMs: number, mark: string) => {
    const last = placeOf(Math.min(untilMs, durationMs));
    for (let k = placeOf(fromMs); k <= last; k++) cells[k] = mark;
  };
  if (when.form === "measured") fill(when.fromMs, when.untilMs, marks.possible);
  const mark = kind.form === "state" ? marks.holding : marks.instant;
  let timeMs = firstBeginning(when, 0);
  for (let count = 0; timeMs <= durationMs && count < MOST_OCCURRENCES; count++) {
    fill(timeMs, kind.form === "state" ? endOf(when, timeMs) : timeMs, mark);
    timeMs = nextBeginning(when, timeMs);
  }
  return cells.join("");
}

/** Action and time of an entry, in words. */
const entryText = ({ when, kind, action }: Entry): string =>
  `${kind.label(action)}, ${whenText(when)}`;

function whenText(when: When): string {
  const lasting = "forMs" in when && when.forMs < Infinity ? `, for ${timeText(when.forMs)}` : "";
  switch (when.form) {
    case "at":
      return `at ${when.timesMs.map(timeText).join(", ")}${lasting}`;
    case "during":
      return `${rangeText(when)}`;
    case "every":
      return `every ${timeText(when.everyMs)} ${rangeText(when)}${lasting}`;
    case "measured": {
      const { measure, isAbove, limit } = when.condition;
      const often = when.once ? ", once" : `, every ${timeText(when.everyMs)} at most`;
      const range = when.fromMs > 0 || when.untilMs < Infinity ? ` ${rangeText(when)}` : "";
      return `when ${measure} is ${isAbove ? "above" : "below"} ${limit}${range}${often}${lasting}`;
    }
  }
}

const rangeText = ({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }) =>
  `from ${timeText(fromMs)} ${untilMs < Infinity ? `until ${timeText(untilMs)}` : "on"}`;
