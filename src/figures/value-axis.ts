import { type BandLine, bandRange } from "./band-lines.ts";

/** An axis for values of lines and their bands. */
export interface ValueAxis {
  readonly domain: readonly [number, number];
  /** Linear when absent. */
  readonly type?: "log";
}

/** From this ratio of the means on, an axis of positive values is logarithmic. */
const LEAST_LOGARITHMIC_RATIO = 30;

/** The logarithmic axis that shows values from a least one, above 0, to a highest one. */
export const logarithmicAxis = (least: number, highest: number): ValueAxis => ({
  domain: [least / 1.5, highest * 1.3],
  type: "log",
});

/**
 * The axis that shows lines with their bands: logarithmic where positive means span a large ratio.
 *
 * @param from "zero" for quantities whose distance from 0 matters
 */
export function valueAxis(lines: readonly BandLine[], from: "zero" | "least"): ValueAxis {
  const [low, high] = bandRange(lines);
  const means = lines.flatMap(({ mean }) => [...mean]).filter(Number.isFinite);
  const least = means.reduce((a, b) => Math.min(a, b), Infinity);
  const most = means.reduce((a, b) => Math.max(a, b), -Infinity);
  if (least > 0 && most >= LEAST_LOGARITHMIC_RATIO * least) {
    return logarithmicAxis(least, Math.max(high, most));
  }
  // A band may reach below zero where no value of the quantity can.
  if (from === "zero") return { domain: [Math.min(0, least), high > 0 ? 1.06 * high : 1] };
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  return { domain: [low - room, high + room] };
}
