import * as Plot from "@observablehq/plot";
import type { FigurePopulation } from "./figure-population.ts";
import { fontSizesPx, type Theme } from "./theme.ts";

interface LayerBand {
  readonly label: string;
  readonly firstCell: number;
  readonly endCell: number;
}

/** Populations of the same layer that follow each other, as one band; of several columns, these. */
function layerBands(populations: readonly FigurePopulation[]): LayerBand[] {
  const bands: LayerBand[] = [];
  for (const { layer, firstCell, cellCount, column } of populations) {
    const layerName = layer === 2 ? "L2/3" : `L${layer}`;
    const label = column === undefined ? layerName : `col ${column}`;
    const last = bands.at(-1);
    const begins = last?.label === label ? bands.pop()!.firstCell : firstCell;
    bands.push({ label, firstCell: begins, endCell: firstCell + cellCount });
  }
  return bands;
}

const labelWidthPx = { withNames: 58, withoutNames: 34 };

/** Bands behind every other layer and its labels, to be drawn first. */
export function layerShades(
  populations: readonly FigurePopulation[],
  theme: Theme,
  hasNames = true,
): Plot.Markish {
  const everyOther = layerBands(populations).filter((_, index) => index % 2 === 0);
  return Plot.rectY(everyOther, {
    y1: "firstCell",
    y2: "endCell",
    insetRight: -labelWidthPx[hasNames ? "withNames" : "withoutNames"],
    fill: theme.shade,
  });
}

/** Colours and, if wished, names of populations, and names of layers, right of x = `right`. */
export function layerLabels(
  populations: readonly FigurePopulation[],
  theme: Theme,
  right: number,
  hasNames = true,
): Plot.Markish {
  const beside = { frameAnchor: "right", textAnchor: "start", fill: theme.ink } as const;
  return [
    Plot.rectY(populations, {
      x1: () => right,
      x2: () => right,
      y1: "firstCell",
      y2: ({ firstCell, cellCount }: FigurePopulation) => firstCell + cellCount,
      insetLeft: 4,
      insetRight: -8,
      fill: ({ name }: FigurePopulation) => theme.populations[name],
    }),
    hasNames && populations[0]?.column === undefined
      ? Plot.text(populations, {
          ...beside,
          y: ({ firstCell, cellCount }: FigurePopulation) => firstCell + cellCount / 2,
          text: "name",
          fontSize: fontSizesPx.note,
          dx: 11,
        })
      : null,
    Plot.text(layerBands(populations), {
      ...beside,
      y: ({ firstCell, endCell }: LayerBand) => (firstCell + endCell) / 2,
      text: "label",
      fontSize: fontSizesPx.label,
      dx: hasNames ? 34 : 12,
    }),
  ];
}
