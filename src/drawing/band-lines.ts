import * as Plot from "@observablehq/plot";
import { noteOf } from "./figure-notes.ts";
import { isolatedPlaces } from "./isolated.ts";
import type { RunStyle } from "./run-styles.ts";

/** A mean with its confidence limits along an axis; NaN where there is nothing. */
export interface BandLine {
  readonly x: ArrayLike<number>;
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface BandLineStyle extends Pick<RunStyle, "color" | "dash"> {
  /** True if every value has a dot: where there are few, lines alone mislead. */
  readonly isDotted?: boolean;
  /** True if values are joined: those of a choice have no order. */
  readonly isJoined?: boolean;
}

/** Means joined by a line or, where there is no neighbour to join them to, dots. */
export function meanLine({ x, mean }: BandLine, style: BandLineStyle): Plot.Markish {
  const { color, dash, isDotted = false, isJoined = true } = style;
  const points = Array.from(x, (place, k) => ({ x: place, mean: mean[k]! }));
  const known = points.filter((point) => Number.isFinite(point.mean));
  const isolated = isJoined ? isolatedPlaces(mean).map((k) => points[k]!) : known;
  const joined = { x: "x", stroke: color, strokeWidth: 1.2 };
  return [
    isJoined
      ? Plot.lineY(points, { ...joined, y: "mean", ...(dash && { strokeDasharray: dash }) })
      : null,
    Plot.dot(isDotted ? known : isolated, { x: "x", y: "mean", r: 2, fill: color }),
  ];
}

/** The range that lines and their bands span; of bands no more than `factor` times that of the means. */
export function bandRange(lines: readonly BandLine[], factor = 3): [number, number] {
  const means = lines.flatMap(({ mean }) => [...mean]).filter(Number.isFinite);
  if (means.length === 0) return [0, 1];
  const [least, most] = [
    means.reduce((a, b) => Math.min(a, b)),
    means.reduce((a, b) => Math.max(a, b)),
  ];
  const span = most - least || Math.abs(most) || 1;
  let [low, high] = [least, most];
  for (const { lower, upper } of lines) {
    for (const value of lower) if (value < low) low = Math.max(value, least - factor * span);
    for (const value of upper) if (value > high) high = Math.min(value, most + factor * span);
  }
  return [low, high];
}

/** Of a panel whose bands are cut off at the ends of its axis, a note that says so. */
export function cutBandNotes(
  lines: readonly BandLine[],
  [bottom, top]: readonly [number, number],
  name?: string,
): string[] {
  const isCut = lines.some(
    ({ lower, upper }) =>
      lower.some((value) => value < bottom) || upper.some((value) => value > top),
  );
  return isCut ? [noteOf(name, "confidence bands are clipped at the ends of the axis")] : [];
}
