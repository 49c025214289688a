import * as Plot from "@observablehq/plot";
import { noteOf } from "./figure-notes.ts";
import { isolatedPlaces } from "./isolated.ts";
import type { RunStyle } from "./run-styles.ts";

/** Means, medians or the like with their limits along an axis; NaN where there is nothing. */
export interface BandLine {
  readonly x: ArrayLike<number>;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface BandLineStyle extends Pick<RunStyle, "color" | "dash"> {
  /** True if every value has a dot: where there are few, lines alone mislead. */
  readonly isDotted?: boolean;
  /** True if values are joined: those of a choice have no order. */
  readonly isJoined?: boolean;
}

/** Values joined by a line or, where there is no neighbour to join them to, dots. */
export function middleLine({ x, middle }: BandLine, style: BandLineStyle): Plot.Markish {
  const { color, dash, isDotted = false, isJoined = true } = style;
  const points = Array.from(x, (place, k) => ({ x: place, middle: middle[k]! }));
  const known = points.filter((point) => Number.isFinite(point.middle));
  const isolated = isJoined ? isolatedPlaces(middle).map((k) => points[k]!) : known;
  const joined = { x: "x", stroke: color, strokeWidth: 1.2 };
  return [
    isJoined
      ? Plot.lineY(points, { ...joined, y: "middle", ...(dash && { strokeDasharray: dash }) })
      : null,
    Plot.dot(isDotted ? known : isolated, { x: "x", y: "middle", r: 2, fill: color }),
  ];
}

/** The range that lines and their bands span, as far as these are finite; of bands no more than `factor` times that of the lines. */
export function bandRange(lines: readonly BandLine[], factor = 3): [number, number] {
  const values = lines.flatMap(({ middle }) => [...middle]).filter(Number.isFinite);
  if (values.length === 0) return [0, 1];
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  const span = most - least || Math.abs(most) || 1;
  let [low, high] = [least, most];
  for (const { lower, upper } of lines) {
    for (const value of lower.filter(Number.isFinite)) {
      if (value < low) low = Math.max(value, least - factor * span);
    }
    for (const value of upper.filter(Number.isFinite)) {
      if (value > high) high = Math.min(value, most + factor * span);
    }
  }
  return [low, high];
}

/** Of a panel whose finite limits lie beyond the ends of its axis, a note that says so. */
export function cutBandNotes(
  lines: readonly BandLine[],
  [bottom, top]: readonly [number, number],
  name?: string,
): string[] {
  const isCut = lines.some(
    ({ lower, upper }) =>
      lower.some((value) => value < bottom && value > -Infinity) ||
      upper.some((value) => value > top && value < Infinity),
  );
  return isCut ? [noteOf(name, "limits are clipped at the ends of the axis")] : [];
}
