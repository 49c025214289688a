import * as Plot from "@observablehq/plot";
import { isolatedPlaces } from "./isolated.ts";

/** Ranges of values along an axis, such as limits of means; clipped to the axis of their panel. */
export interface Band {
  /** Its meaning, which its figure states: "mean ± SD over living cells". */
  readonly shows: string;
  readonly x: ArrayLike<number>;
  /** NaN where there is none. */
  readonly lower: ArrayLike<number>;
  /** May be infinite. */
  readonly upper: ArrayLike<number>;
  readonly color: string;
  /** 0.2 by default. */
  readonly opacity?: number;
  /** False for a bar at each place. */
  readonly isJoined?: boolean;
  /** Width of bars, px; those of a band are at places without neighbours. */
  readonly barWidthPx?: number;
}

/** A band, in bars where it has no width along the axis. */
export function bandMarks(
  { x, lower, upper, color, opacity = 0.2, isJoined = true, barWidthPx = 1 }: Band,
  [bottom, top]: readonly [number, number],
): Plot.Markish {
  const within = (value: number) => Math.min(top, Math.max(bottom, value));
  const ends = {
    x: (k: number) => x[k]!,
    y1: (k: number) => within(lower[k]!),
    y2: (k: number) => within(upper[k]!),
  };
  const places = Array.from(x, (_, k) => k);
  const alone = isJoined
    ? isolatedPlaces(lower)
    : places.filter((place) => Number.isFinite(lower[place]));
  return [
    isJoined ? Plot.areaY(places, { ...ends, fill: color, fillOpacity: opacity }) : null,
    Plot.ruleX(alone, { ...ends, stroke: color, strokeWidth: barWidthPx }),
  ];
}

/** Notes on what bands show, as far as these are to be seen. */
export function bandNotes(bands: readonly Band[]): string[] {
  const seen = bands.filter(({ x, lower, upper }) =>
    Array.from(x).some((_, k) => upper[k]! > lower[k]!),
  );
  return seen.map(({ shows, isJoined = true }) => `${isJoined ? "Bands" : "Bars"}: ${shows}.`);
}
