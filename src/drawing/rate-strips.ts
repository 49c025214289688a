import * as Plot from "@observablehq/plot";
import { type Layout, type Panel, panel } from "./panel.ts";
import type { TimeAxis } from "./time-axis.ts";

/** The least round number that is not below a value, so that it can end an axis; 1 for 0. */
function roundTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= value)!;
}

/** The highest rate; 0 when there is none. */
const highest = (ratesHz: Float64Array): number =>
  ratesHz.filter((rate) => !Number.isNaN(rate)).reduce((most, rate) => Math.max(most, rate), 0);

export interface RateStrip {
  readonly label: string;
  readonly color: string;
  readonly ratesHz: Float64Array;
}

/** Slim panels, one a group of cells, with its rate as a filled curve in steps; the past in grey. */
export function rateStrips(
  layout: Layout,
  time: TimeAxis,
  edgesMs: Float64Array,
  strips: readonly RateStrip[],
  branchMs = Number.NEGATIVE_INFINITY,
): Panel[] {
  const { quietInk } = layout.theme;
  return strips.map(({ label, color, ratesHz }) => {
    const top = roundTop(highest(ratesHz));
    const area = (isPast: boolean, fill: string) => {
      const corners = [...ratesHz].flatMap((rate, bin) =>
        edgesMs[bin]! < branchMs === isPast
          ? [
              { x: time.at(edgesMs[bin]!), rate },
              { x: time.at(edgesMs[bin + 1]!), rate },
            ]
          : [],
      );
      return Plot.areaY(corners, { x: "x", y1: 0, y2: "rate", fill });
    };
    return panel(layout, {
      heightPx: 46,
      marginTopPx: 10,
      marginBottomPx: 0,
      x: { domain: time.domain, numbered: false, ticks: [] },
      y: { domain: [0, top], ticks: [0, top], label },
      marks: [area(true, quietInk), area(false, color)],
    });
  });
}
