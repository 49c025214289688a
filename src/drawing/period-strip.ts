import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import { barePanel, type Layout, type Panel } from "./panel.ts";
import type { Period } from "./period.ts";
import { fontSizesPx } from "./theme.ts";
import type { TimeAxis } from "./time-axis.ts";

const rowHeightPx = 15;
/** Mean width of a letter, as a part of the type size. */
const letterWidth = 0.52;

/** The periods that an interval meets. */
export const periodsWithin = (
  periods: readonly Period[] | undefined,
  interval: Interval,
): readonly Period[] =>
  (periods ?? []).flatMap((period) => {
    const parts = period.parts?.filter((part) => meets(part, interval));
    if (parts) return parts.length > 0 ? [{ ...period, parts }] : [];
    return meets(period, interval) ? [period] : [];
  });

/** An instant meets an interval at its very ends, too. */
const meets = (one: Interval, { startMs, endMs }: Interval): boolean =>
  one.startMs === one.endMs
    ? one.startMs >= startMs && one.startMs <= endMs
    : one.endMs > startMs && one.startMs < endMs;

/**
 * Rows of bars, and of ticks for instants, each with the name of a period above it; nothing for no
 * periods. Where several share a row, a name that does not fit is left out.
 */
export function periodStrip(layout: Layout, time: TimeAxis, periods: readonly Period[]): Panel[] {
  if (periods.length === 0) return [];
  const rows = rowsOf(periods);
  const places = rows.flatMap((row, index) => row.flatMap((one) => placesOf(one, index, time)));
  const names = rows.flatMap((row, index) => row.map((one) => nameOf(one, index, time, layout)));
  const fill = layout.theme.quietInk;
  const inset = { insetTop: rowHeightPx - 3.5, insetBottom: 2.25 };
  const rowEnds = { y1: "index", y2: ({ index }: Place) => index + 1, ...inset };
  const strip = barePanel(layout, {
    heightPx: rows.length * rowHeightPx + 6,
    marginTopPx: 6,
    marginBottomPx: 0,
    x: { domain: time.domain },
    y: { domain: [rows.length, 0] },
    marks: [
      Plot.rect(
        places.filter(({ x1, x2 }) => x1 < x2),
        {
          x1: "x1",
          x2: "x2",
          ...rowEnds,
          insetLeft: 0.75,
          insetRight: 0.75,
          fill,
          fillOpacity: 0.6,
        },
      ),
      Plot.ruleX(
        places.filter(({ x1, x2 }) => x1 === x2),
        { x: "x1", ...rowEnds, insetTop: rowHeightPx - 5.5, insetBottom: 0.5, stroke: fill },
      ),
      ...(["start", "middle", "end"] as const).map((textAnchor) =>
        Plot.text(
          names.filter((name) => name.textAnchor === textAnchor),
          {
            x: "x",
            y: "index",
            dy: 5,
            text: "label",
            textAnchor,
            fontSize: fontSizesPx.note,
            fill,
          },
        ),
      ),
    ],
  });
  return [strip];
}

/** A bar or tick in a row, in units of the time axis. */
interface Place {
  readonly x1: number;
  readonly x2: number;
  readonly index: number;
}

const placesOf = (period: Period, index: number, time: TimeAxis): Place[] =>
  (period.parts ?? [period]).map((part) => ({ ...extentOf(part, time), index }));

/** Part of an interval on the axis. */
const extentOf = ({ startMs, endMs }: Interval, time: TimeAxis) => ({
  x1: Math.max(time.at(startMs), time.domain[0]),
  x2: Math.min(time.at(endMs), time.domain[1]),
});

/** Label of a period: in its middle or, if it has its own row, within the frame. */
function nameOf(period: Period, index: number, time: TimeAxis, layout: Layout) {
  const { label, parts } = period;
  const [first, last] = time.domain;
  const { x1, x2 } = extentOf(period, time);
  const frameWidthPx = layout.widthPx - layout.marginLeftPx - layout.marginRightPx;
  const width = (label.length * letterWidth * fontSizesPx.note * (last - first)) / frameWidthPx;
  const middle = (x1 + x2) / 2;
  if (x2 - x1 >= width) return { x: middle, textAnchor: "middle", label, index };
  if (!parts) return { x: middle, textAnchor: "middle", label: "", index };
  if (middle - width / 2 < first) return { x: first, textAnchor: "start", label, index };
  if (middle + width / 2 > last) return { x: last, textAnchor: "end", label, index };
  return { x: middle, textAnchor: "middle", label, index };
}

/** Sentence that describes the strip; nothing for no periods. */
export const periodSentence = (time: TimeAxis, periods: readonly Period[]): string =>
  periods.length === 0
    ? ""
    : ` Bars on top: ${periods.map((period) => `${period.label} ${wordsOf(period, time)}`).join(", ")}.`;

/** Time at which a period is, or how often something was done. */
function wordsOf({ parts, ...period }: Period, time: TimeAxis): string {
  const [first] = parts ?? [];
  if (!parts || !first) return time.words(period);
  const words =
    first.startMs === first.endMs ? `at ${time.moment(first.startMs)}` : time.words(first);
  return parts.length === 1 ? words : `${parts.length} times from ${time.words(period)}`;
}

/** Faint lines at the starts of periods, to be drawn first in the panels below. */
export function periodRules(layout: Layout, time: TimeAxis, periods: readonly Period[]) {
  const starts = new Set(periods.map(({ startMs }) => time.at(startMs)));
  return Plot.ruleX(
    [...starts].filter((start) => start > time.domain[0]),
    { stroke: layout.theme.hairline, strokeWidth: 0.75, strokeDasharray: "2 2" },
  );
}

/** Puts each period in the first row where it does not overlap another; those of parts alone. */
function rowsOf(periods: readonly Period[]): Period[][] {
  const rows: Period[][] = [];
  for (const period of periods) {
    const row = rows.find((others) =>
      others.every(
        ({ startMs, endMs, parts }) =>
          !parts && !period.parts && (endMs <= period.startMs || startMs >= period.endMs),
      ),
    );
    if (row) row.push(period);
    else rows.push([period]);
  }
  return rows;
}
