import type { CellSelection } from "../analysis/sampled-variable.ts";
import type { ThemeName } from "../drawing/theme.ts";
import type { TimeUnit } from "../drawing/time-axis.ts";
import type { FigureKind } from "./kinds.ts";

/** Request for a figure of a run. */
export interface FigureRequest {
  readonly kind: FigureKind;
  /** The stretch of time shown; by default all that is recorded. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Cells whose activity or scale factors are drawn; by default the means of E and of I cells. */
  readonly selection?: CellSelection | undefined;
  /** Of the samples, only every so manieth is shown. */
  readonly every?: number | undefined;
  /** Length of a spectrum's segment; by default the run's own, 800 s, or all there is if less. */
  readonly segmentMs?: number | undefined;
  /** The run's label by default; empty for none. */
  readonly title?: string | undefined;
  /** Of the time axis; by default s, h or d by the length of the shown stretch. */
  readonly timeUnit?: TimeUnit | undefined;
  readonly theme?: ThemeName | undefined;
}

/**
 * A figure's file name without its ending: "activity-excitatory", "raster-from-800s".
 *
 * @param others labels of the runs that are compared
 */
export function figureName(request: FigureRequest, others: readonly string[] = []): string {
  const { kind, fromMs, toMs, selection, theme } = request;
  const whose =
    selection === undefined || selection === "by-class"
      ? ""
      : typeof selection === "string"
        ? `-${selection}`
        : `-cells-${rangesText(selection)}`;
  const compared = others.map((label) => `-and-${label.replace(/[^\w.-]+/g, "-")}`).join("");
  const from = fromMs === undefined ? "" : `-from-${fromMs / 1000}s`;
  const to = toMs === undefined ? "" : `-to-${toMs / 1000}s`;
  return `${kind}${whose}${compared}${from}${to}${theme === "dark" ? "-dark" : ""}`;
}

/** Numbers in ascending order with runs of them drawn together: "1_5-9". */
function rangesText(cells: readonly number[]): string {
  const sorted = [...new Set(cells)].sort((a, b) => a - b);
  const starts = sorted.filter((cell, k) => cell - 1 !== sorted[k - 1]);
  const ends = sorted.filter((cell, k) => cell + 1 !== sorted[k + 1]);
  return starts.map((start, k) => (start === ends[k] ? start : `${start}-${ends[k]}`)).join("_");
}
