import type { CellTrace, GroupStatistics, SampledVariable } from "../analysis/sampled-variable.ts";
import { FigureDataError } from "./figure.ts";
import type { FigurePopulation } from "./figure-population.ts";
import type { Column } from "./table.ts";
import type { Theme } from "./theme.ts";

/** The unit in which a variable is drawn. */
export interface Scaling {
  /** From the variable's unit to that of the figure. */
  readonly factor: number;
  /** Ending of columns' names: "_hz", or nothing for plain numbers. */
  readonly unitSuffix: string;
}

/** A line to draw; NaN where there is nothing. */
export interface Series {
  readonly label: string;
  readonly color: string;
  readonly center: Float64Array;
  /** Half the height of the band around the line. */
  readonly spread?: Float64Array;
  /** The numbers behind the line. */
  readonly columns: readonly Column[];
}

/** Lines that share a panel, under a title if they share one. */
export interface SeriesGroup {
  readonly title?: string;
  readonly series: readonly Series[];
}

/**
 * A panel for each group of cells, and one for all single cells together: few have a colour and a
 * label each, many those of their population or class.
 */
export function seriesGroups(
  { groups, traces }: SampledVariable,
  scaling: Scaling,
  populations: readonly FigurePopulation[],
  theme: Theme,
): SeriesGroup[] {
  const panels: SeriesGroup[] = groups.map((statistics) => ({
    title: groupTitles[statistics.group],
    series: [groupSeries(statistics, scaling, theme)],
  }));
  if (traces.length === 0) return panels;
  const areFew = traces.length <= theme.series.length;
  const series = traces.map((trace, index) => {
    const { name, cellClass } = populationOf(trace.cell, populations);
    return areFew
      ? cellSeries(trace, scaling, `${trace.cell} (${name})`, theme.series[index]!)
      : cellSeries(trace, scaling, cellClass === "E" ? name : cellClass, theme.populations[name]);
  });
  return [...panels, { series }];
}

function populationOf(cell: number, populations: readonly FigurePopulation[]): FigurePopulation {
  const found = populations.find(
    ({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount,
  );
  if (found) return found;
  throw new FigureDataError(
    `Cell ${cell} is in none of the ${populations.length} populations; give the populations of its network.`,
  );
}

const groupTitles = {
  all: "All cells",
  excitatory: "Excitatory cells",
  inhibitory: "Inhibitory cells",
} as const;

function groupSeries(
  { group, mean, standardDeviation, livingCount }: GroupStatistics,
  { factor, unitSuffix }: Scaling,
  theme: Theme,
): Series {
  const center = mean.map((value) => value * factor);
  const spread = standardDeviation.map((value) => value * factor);
  return {
    label: groupTitles[group],
    color: group === "all" ? theme.ink : theme[group],
    center,
    spread,
    columns: [
      { name: `${group}_mean${unitSuffix}`, values: center },
      { name: `${group}_sd${unitSuffix}`, values: spread },
      { name: `${group}_living_cells`, values: livingCount },
    ],
  };
}

function cellSeries(
  { cell, values }: CellTrace,
  { factor, unitSuffix }: Scaling,
  label: string,
  color: string,
): Series {
  const center = values.map((value) => value * factor);
  const columns = [{ name: `cell_${cell}${unitSuffix}`, values: center }];
  return { label, color, center, columns };
}
