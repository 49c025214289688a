import { columnCount, parametersOfColumn } from "../model/column-grid.ts";
import type { Parameters } from "../model/parameters.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { normal, uniform } from "../random/distributions.ts";

/** Variance of a cell's depth around its layer, µm². */
const DEPTH_VARIANCE_UM2 = 25;

export interface Positions {
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  readonly zUm: Float64Array;
}

/**
 * Places cells in the column, cell by cell: x and y uniform over its side, z normal around 0.
 *
 * Depth is drawn and shown, but no rule of the model uses it. All in µm, one entry per cell.
 */
export function drawPositions(parameters: Parameters, cellCount: number): Positions {
  const generator = new AdditiveCongruentialGenerator(parameters.positionSeed);
  const { columnSideUm } = parameters;
  const xUm = new Float64Array(cellCount);
  const yUm = new Float64Array(cellCount);
  const zUm = new Float64Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    xUm[cell] = uniform(generator, 0, columnSideUm);
    yUm[cell] = uniform(generator, 0, columnSideUm);
    zUm[cell] = normal(generator, 0, DEPTH_VARIANCE_UM2);
  }
  return { xUm, yUm, zUm };
}

/** Positions of the cells of all columns, column by column, each within its own. */
export function positionsInColumns(parameters: Parameters, cellCount: number): Positions {
  const count = columnCount(parameters);
  const all: Positions = {
    xUm: new Float64Array(cellCount),
    yUm: new Float64Array(cellCount),
    zUm: new Float64Array(cellCount),
  };
  for (let column = 0; column < count; column++) {
    const own = drawPositions(parametersOfColumn(parameters, column), cellCount / count);
    const first = (column * cellCount) / count;
    for (const axis of ["xUm", "yUm", "zUm"] as const) all[axis].set(own[axis], first);
  }
  return all;
}
