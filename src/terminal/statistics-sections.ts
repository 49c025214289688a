import type { DistributionSummary } from "../analysis/statistics/distribution.ts";
import type { LfpSummary } from "../measures/lfp-statistics.ts";
import { type Excursions, excursionTexts } from "../recording/excursions.ts";
import { shortNumber } from "./quantities.ts";
import { palette } from "./streams.ts";
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

/** A population, with its column where there are several. */
export const populationText = ({
  population,
  column,
}: {
  readonly population: string;
  readonly column?: number | undefined;
}) => (column === undefined ? population : `${population}, column ${column}`);

/** A layer, with its column where there are several. */
export const layerText = ({ layer, column }: Pick<LfpSummary, "layer" | "column">) =>
  populationText({ population: layer === 2 ? "layer 2/3" : `layer ${layer}`, column });

/** The 5 and the 95 % quantile. */
export const rangeText = (
  { count, quantiles: { q05, q95 } }: DistributionSummary,
  text: (value: number) => string = threeDecimals,
) => (count === 0 ? "–" : `${text(q05)}–${text(q95)}`);

/** Correlations and gains differ in their third decimals; large numbers have none. */
export const threeDecimals = (value: number) =>
  Math.abs(value) < 10 ? value.toFixed(3) : shortNumber(value);

/** Scale factors and gains, which may be of any order: with an exponent where three decimals say little. */
export const stateNumber = (value: number) =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6) && Number.isFinite(value)
    ? value.toExponential(2).replace("e+", "e")
    : threeDecimals(value);

/** Lines about what left its range, under a heading of the width of the others; none if nothing did. */
export const excursionLines = (heading: string, excursions: Excursions, cellCount: number) =>
  excursionTexts(excursions, cellCount).map(
    (text, k) => `${(k === 0 ? heading : "").padEnd(12)}${text}\n`,
  );

/** Statistics as JSON: null for what does not exist, "Infinity" and "-Infinity" for what is infinite. */
export const statisticsJson = (statistics: object): string =>
  `${JSON.stringify(
    statistics,
    (_, part: unknown) => (part === Infinity || part === -Infinity ? String(part) : part),
    2,
  )}\n`;
