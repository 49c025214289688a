import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Theme } from "../../drawing/theme.ts";
import type { ShownRecord } from "../../live/session/chronicle.ts";
import { textPx, theme } from "./appearance.ts";
import { everyFrame } from "./frames.ts";
import type { LiveSession } from "./live-session.ts";
import { axisTexts, shownWindow } from "./time-window.ts";

/** A curve of a panel. */
export interface Curve {
  readonly label: string;
  readonly color: (theme: Theme) => string;
  readonly dash?: number[];
  readonly width?: number;
  /** Values over places of a grid of time. */
  readonly values: (chronicle: ShownRecord, grid: Grid) => (number | null)[];
  /** Index of the curve with which it bounds a band. */
  readonly bandWith?: number;
}

/** Places in time that all curves of a panel share. */
export interface Grid {
  readonly firstPlace: number;
  readonly count: number;
  readonly stepMs: number;
}

interface CurveProps {
  readonly session: LiveSession;
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
  readonly gridOf: (
    chronicle: ShownRecord,
    startMs: number,
    endMs: number,
    widthPx: number,
  ) => Grid;
  /** Smallest range of values that is shown. */
  readonly range: readonly [number, number];
  readonly hasTimeAxis?: boolean;
  /** True if values of very different size are shown together: their inverse hyperbolic sine. */
  readonly isWide?: boolean;
}

/** Strokes of what lies ahead and of the futures that were left, the last one last. */
export const GREY_DASHES: readonly (readonly number[])[] = [[], [6, 3], [1.5, 3], [6, 3, 1.5, 3]];

/** Heights of a plot and of the axis of time, and size of their numbers, in those of the text. */
const HEIGHT_REM = 4.8;
const AXIS_REM = 2;
const NUMBERS_REM = 0.67;
/** Room for the axis of values, as wide as the names of layers beside the raster. */
const GUTTER_PX = 44;

/** Curves against the time that the raster shows; those of a future that was left in grey. */
export function CurveView(props: CurveProps) {
  const { session, title, unit, curves, gridOf, hasTimeAxis = false, isWide = false } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let plot: uPlot | undefined;
    let drawnWith: Theme | undefined;
    let drawnPx = 0;
    let stop = () => {};
    const draw = () => {
      const widthPx = place.current?.clientWidth ?? 0;
      if (widthPx === 0 || session.sample.value === undefined) return;
      const remPx = textPx();
      const heightPx = Math.round(remPx * (HEIGHT_REM + (hasTimeAxis ? AXIS_REM : 0)));
      if (drawnWith !== theme.value || drawnPx !== remPx) {
        plot?.destroy();
        plot = new uPlot(
          optionsOf({
            ...props,
            hasTimeAxis,
            isWide,
            theme: theme.value,
            widthPx,
            heightPx,
            remPx,
          }),
          [[], ...[...GREY_DASHES, undefined].flatMap(() => curves.map(() => []))],
          place.current!,
        );
        drawnWith = theme.value;
        drawnPx = remPx;
      }
      if (plot!.width !== widthPx) plot!.setSize({ width: widthPx, height: heightPx });
      const { timeMs } = session.standing.value;
      const { endMs, lengthMs } = shownWindow(timeMs, session.knownMs.value);
      const startMs = endMs - lengthMs;
      const { shown, past } = session;
      const grid = gridOf(past ?? shown, startMs, endMs, widthPx - GUTTER_PX);
      const times = Array.from(
        { length: grid.count },
        (_, k) => ((grid.firstPlace + k) * grid.stepMs) / 1000,
      );
      const records = session.greyRecords.value;
      const left = GREY_DASHES.flatMap((_, k) =>
        curves.map(({ values }) => {
          const record = records[k];
          return record ? values(record, grid) : times.map(() => null);
        }),
      );
      const own = curves.map(({ values }) => {
        const before = past && values(past, grid);
        return values(shown, grid).map((value, k) => value ?? before?.[k] ?? null);
      });
      plot!.setData([times, ...left, ...own] as uPlot.AlignedData, false);
      plot!.setScale("x", { min: startMs / 1000, max: endMs / 1000 });
    };
    let isGone = false;
    void session.underWay.then(() => {
      if (!isGone) stop = everyFrame(draw, 12);
    });
    return () => {
      isGone = true;
      stop();
      plot?.destroy();
    };
  }, []);
  return (
    <figure class="curve">
      <figcaption>
        {title} <span class="unit">{unit}</span>
        {curves
          .filter(({ label }) => label !== "")
          .map(({ label, color, dash }) => (
            <span
              key={label}
              class={dash ? "key dashed" : "key"}
              style={{ "--key": color(theme.value) }}
            >
              {label}
            </span>
          ))}
      </figcaption>
      <div ref={place} class="plot" role="img" aria-label={`${title}, ${unit}, against time`} />
    </figure>
  );
}

interface OptionsOf {
  readonly curves: readonly Curve[];
  readonly range: readonly [number, number];
  readonly hasTimeAxis: boolean;
  readonly isWide: boolean;
  readonly theme: Theme;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size of the page's text. */
  readonly remPx: number;
}

function optionsOf({
  curves,
  range,
  hasTimeAxis,
  isWide,
  theme: colors,
  widthPx,
  heightPx,
  remPx,
}: OptionsOf): uPlot.Options {
  const axis = {
    stroke: colors.ink,
    font: `${NUMBERS_REM * remPx}px Helvetica, Arial, Arimo, sans-serif`,
    ticks: { stroke: colors.hairline, width: 1, size: 3 },
    grid: { show: false },
    gap: 3,
  };
  const common = { points: { show: false }, spanGaps: true };
  const left = (dash: readonly number[]) => (): uPlot.Series => ({
    ...common,
    stroke: colors.quietInk,
    ...{ width: 1, alpha: 0.8, dash: [...dash] },
  });
  const own = (curve: Curve): uPlot.Series => ({
    ...common,
    stroke: curve.color(colors),
    width: curve.width ?? 1.4,
    ...(curve.dash && { dash: curve.dash }),
  });
  return {
    width: widthPx,
    height: heightPx,
    padding: [6, 1, hasTimeAxis ? 0 : 6, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false },
      y: {
        ...(isWide && { distr: 4, asinh: 1 }),
        range: (_, low, high) => [
          Math.min(range[0], low ?? range[0]),
          Math.max(range[1], 1.05 * (high ?? range[1])),
        ],
      },
    },
    axes: [
      {
        ...axis,
        show: hasTimeAxis,
        // A number at the very end would be cut off.
        filter: (plot, splits) =>
          splits.map((one) => (one < plot.scales["x"]!.max! ? one : (null as unknown as number))),
        values: (_, splits, __, ___, increment) => axisTexts(splits, increment),
        size: AXIS_REM * remPx,
        label: "Time (s)",
        labelSize: remPx,
        labelFont: axis.font,
        labelGap: 0,
      },
      {
        ...axis,
        size: GUTTER_PX,
        space: 24,
        ...(isWide && {
          splits: (_, __, low, high) =>
            // So far apart that their numbers do not meet.
            (high > 20 ? [0, 3, 20, 100] : [0, 1, 5]).filter((one) => low <= one && one <= high),
          filter: (_, splits) => splits,
        }),
      },
    ],
    series: [{}, ...GREY_DASHES.flatMap((dash) => curves.map(left(dash))), ...curves.map(own)],
    bands: curves.flatMap(({ bandWith, color }, k) =>
      bandWith === undefined
        ? []
        : [
            {
              series: [bandWith, k].map((own) => 1 + GREY_DASHES.length * curves.length + own) as [
                number,
                number,
              ],
              fill: `${color(colors)}2e`,
            },
          ],
    ),
  };
}
