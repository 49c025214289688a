import type { DistributionSummary } from "../analysis/distribution.ts";
import { shortNumber } from "./quantities.ts";
import { palette } from "./terminal.ts";
import { type TextColumn, textTable } from "./text-table.ts";

/** A table under an empty line; nothing if it has no rows. */
export function numberSection(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return "";
  const columns: TextColumn[] = headings.map((heading, k) => ({
    heading,
    align: k === 0 ? "left" : "right",
  }));
  return `\n${textTable(columns, rows, palette(process.stdout).bold)}`;
}

/** The 5 and the 95 % quantile. */
export const rangeText = ({ quantiles }: DistributionSummary) =>
  `${threeDecimals(quantiles.q05)}–${threeDecimals(quantiles.q95)}`;

/** Correlations and gains differ in their third decimals; large numbers have none. */
export const threeDecimals = (value: number) =>
  Math.abs(value) < 10 ? value.toFixed(3) : shortNumber(value);
