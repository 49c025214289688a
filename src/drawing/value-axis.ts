import { type BandLine, bandRange } from "./band-lines.ts";

/** An axis for values of lines and their bands. */
export interface ValueAxis {
  readonly domain: readonly [number, number];
  /** Linear when absent. */
  readonly type?: "log";
}

/** From this ratio of the values on, an axis of positive values is logarithmic. */
const LEAST_LOGARITHMIC_RATIO = 30;

/** Ratio of values from which on a linear axis shows the smaller ones no more. */
export const wideRatio = 1000;

/** The logarithmic axis that shows values from a least one, above 0, to a highest one. */
export const logarithmicAxis = (least: number, highest: number): ValueAxis => ({
  domain: [least / 1.5, above(highest, 1.3)],
  type: "log",
});

/** A value with some room above it, if numbers go that far. */
export const above = (value: number, factor = 1.06): number =>
  Math.min(Number.MAX_VALUE, factor * value);

/** About so many powers of ten have ticks. */
const LOGARITHMIC_TICKS = 5;

/** Ticks of a logarithmic axis of many decades: some powers of ten, evenly spaced. */
export function powerTicks([least, most]: ValueAxis["domain"]): number[] {
  const [from, to] = [Math.log10(least), Math.log10(most)];
  const step = Math.max(1, Math.ceil((to - from) / LOGARITHMIC_TICKS));
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, k) => Number(`1e${step * (first + k)}`));
}

/**
 * The axis that shows lines with their bands: logarithmic where positive values span a large ratio.
 *
 * @param from "zero" for quantities whose distance from 0 matters
 */
export function valueAxis(lines: readonly BandLine[], from: "zero" | "least"): ValueAxis {
  const [low, high] = bandRange(lines);
  const values = lines.flatMap(({ middle }) => [...middle]).filter(Number.isFinite);
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (least > 0 && most >= LEAST_LOGARITHMIC_RATIO * least) {
    return logarithmicAxis(least, Math.max(high, most));
  }
  // A band may reach below zero where no value of the quantity can.
  if (from === "zero") return { domain: [Math.min(0, least), high > 0 ? above(high) : 1] };
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  return { domain: [low - room, high + room] };
}
