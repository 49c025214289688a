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
