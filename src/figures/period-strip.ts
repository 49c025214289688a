import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/interval.ts";
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
  (periods ?? []).filter((p) => p.endMs > interval.startMs && p.startMs < interval.endMs);

/** Rows of bars, each with the name of a period above it where that fits; nothing for no periods. */
export function periodStrip(layout: Layout, time: TimeAxis, periods: readonly Period[]): Panel[] {
  if (periods.length === 0) return [];
  const rows = rowsOf(periods);
  const frameWidthPx = layout.widthPx - layout.marginLeftPx - layout.marginRightPx;
  const pxPerUnit = frameWidthPx / (time.domain[1] - time.domain[0]);
  const bars = rows.flatMap((row, index) =>
    row.map(({ label, startMs, endMs }) => {
      const x1 = Math.max(time.at(startMs), time.domain[0]);
      const x2 = Math.min(time.at(endMs), time.domain[1]);
      const labelWidthPx = label.length * letterWidth * fontSizesPx.note;
      return { x1, x2, index, label: (x2 - x1) * pxPerUnit < labelWidthPx ? "" : label };
    }),
  );
  const fill = layout.theme.quietInk;
  const strip = barePanel(layout, {
    heightPx: rows.length * rowHeightPx + 6,
    marginTopPx: 6,
    marginBottomPx: 0,
    x: { domain: time.domain },
    y: { domain: [rows.length, 0] },
    marks: [
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: "index",
        y2: ({ index }) => index + 1,
        insetTop: rowHeightPx - 3.5,
        insetBottom: 2.25,
        insetLeft: 0.75,
        insetRight: 0.75,
        fill,
        fillOpacity: 0.6,
      }),
      Plot.text(bars, {
        x: ({ x1, x2 }) => (x1 + x2) / 2,
        y: "index",
        dy: 5,
        text: "label",
        fontSize: fontSizesPx.note,
        fill,
      }),
    ],
  });
  return [strip];
}

/** What the strip shows, as a sentence; nothing for no periods. */
export const periodSentence = (time: TimeAxis, periods: readonly Period[]): string =>
  periods.length === 0
    ? ""
    : ` Bars on top: ${periods.map((period) => `${period.label} ${time.words(period)}`).join(", ")}.`;

/** Faint lines at the starts of periods, to be drawn first in the panels below. */
export function periodRules(layout: Layout, time: TimeAxis, periods: readonly Period[]) {
  const starts = new Set(periods.map(({ startMs }) => time.at(startMs)));
  return Plot.ruleX(
    [...starts].filter((start) => start > time.domain[0]),
    { stroke: layout.theme.hairline, strokeWidth: 0.75, strokeDasharray: "2 2" },
  );
}

/** Puts each period in the first row where it does not overlap another. */
function rowsOf(periods: readonly Period[]): Period[][] {
  const rows: Period[][] = [];
  for (const period of periods) {
    const row = rows.find((others) =>
      others.every(({ startMs, endMs }) => endMs <= period.startMs || startMs >= period.endMs),
    );
    if (row) row.push(period);
    else rows.push([period]);
  }
  return rows;
}
