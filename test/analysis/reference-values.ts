import { readFileSync } from "node:fs";

/** Values that other programs computed; test/reference/README.md tells how. */
export function referenceValues<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/${name}`, import.meta.url), "utf8"));
}

interface StatisticsReference {
  readonly studentT: readonly { level: number; degrees: number; t: number }[];
  readonly wilson: readonly { successes: number; trials: number; lower: number; upper: number }[];
}

/** scipy's quantiles and confidence limits. */
export const statisticsReference = referenceValues<StatisticsReference>("statistics.json");
