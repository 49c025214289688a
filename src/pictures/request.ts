import type { CellSelection } from "../analysis/state/sampled-variable.ts";
import type { ThemeName } from "../drawing/theme.ts";
import type { TimeUnit } from "../drawing/time-axis.ts";
import { rangeTexts } from "../numeric/ranges.ts";
import type { FigureKind } from "./kinds.ts";

/** Kind and options of a figure, as in `isocortex plot`. */
export interface FigureRequest {
  readonly kind: FigureKind;
  /** Time range, ms; by default the whole record. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Cells of `activity` and `scale`; by default the means over E and over I cells. */
  readonly selection?: CellSelection | undefined;
  /** True to show averages over all runs, mean ± SD, in place of comparing them. */
  readonly averages?: boolean | undefined;
  /** True to subtract what the last run shows, of `deaths`. */
  readonly againstLast?: boolean | undefined;
  /** Every nth sample is shown; by default all. */
  readonly every?: number | undefined;
  /** Length of the segments of spectra, ms; by default 800 s, at most the time range. */
  readonly segmentMs?: number | undefined;
  /** True for spectra in dB over the level of Poisson spikes, of `power`. */
  readonly decibels?: boolean | undefined;
  /** Title; by default the label of the run, empty for none. */
  readonly title?: string | undefined;
  /** Unit of the time axis; by default by the length of the time range. */
  readonly timeUnit?: TimeUnit | undefined;
  readonly theme?: ThemeName | undefined;
}

/**
 * A figure's file name without its ending: "activity-excitatory", "raster-from-800s".
 *
 * @param others labels of the runs that are compared
 */
export function figureName(request: FigureRequest, others: readonly string[] = []): string {
  const { kind, fromMs, toMs, selection, theme, decibels } = request;
  const whose =
    selection === undefined || selection === "by-class"
      ? ""
      : typeof selection === "string"
        ? `-${selection}`
        : `-cells-${rangeTexts(selection).join("_")}`;
  const slugs = others.map((label) => label.replace(/[^\w.-]+/g, "-"));
  const against = request.againstLast ? `-against-${slugs.pop()}` : "";
  const compared = request.averages
    ? `-mean-of-${others.length + 1}-runs`
    : slugs.map((slug) => `-and-${slug}`).join("") + against;
  const from = fromMs === undefined ? "" : `-from-${fromMs / 1000}s`;
  const to = toMs === undefined ? "" : `-to-${toMs / 1000}s`;
  return `${kind}${decibels ? "-db" : ""}${whose}${compared}${from}${to}${theme === "dark" ? "-dark" : ""}`;
}
