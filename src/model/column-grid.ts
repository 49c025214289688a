import { totalCellCount } from "./cell-counts.ts";
import { columnParameters } from "./parameters/columns.ts";
import { modelOf, namesOf, type ParameterName, type Parameters } from "./parameters.ts";

type Grid = Pick<Parameters, "columnsX" | "columnsY" | "torus">;

/** Number of columns; 1 in the 2014 model. */
export const columnCount = ({ columnsX = 1, columnsY = 1 }: Pick<Grid, "columnsX" | "columnsY">) =>
  columnsX * columnsY;

/** The parameters of a run by name: those of the grid only where there are several columns. */
export const namesIn = (parameters: Parameters): readonly ParameterName[] =>
  namesOf(modelOf(parameters)).filter(
    (name) => columnCount(parameters) > 1 || !Object.hasOwn(columnParameters, name),
  );

/** Cells of all columns. */
export const cellCountOf = (parameters: Parameters): number =>
  columnCount(parameters) * totalCellCount(parameters.sizeFactor);

/** Columns next to a column of the grid, diagonally too, ascending. Columns are numbered by rows. */
export function neighbours(column: number, { columnsX, columnsY, torus }: Grid): number[] {
  const distance = (a: number, b: number, size: number) =>
    torus ? Math.min(Math.abs(a - b), size - Math.abs(a - b)) : Math.abs(a - b);
  const isNear = (other: number) =>
    Math.max(
      distance(column % columnsX, other % columnsX, columnsX),
      distance(Math.floor(column / columnsX), Math.floor(other / columnsX), columnsY),
    ) === 1;
  return Array.from({ length: columnsX * columnsY }, (_, other) => other).filter(isNear);
}

/** Seeds of the external input of each column. */
export const inputSeeds = (parameters: Parameters): number[] =>
  Array.from(
    { length: columnCount(parameters) },
    (_, column) => parametersOfColumn(parameters, column).inputSeed,
  );

/** A seed of the first column in another one: times column + 1, as a 32-bit word. */
export const columnSeed = (seed: number, column: number): number => (seed * (column + 1)) >>> 0;

/** The parameters of one column of the grid, with its own seeds. */
export function parametersOfColumn(parameters: Parameters, column: number): Parameters {
  const { positionSeed, wiringSeed, inputSeed, sameSeedsInColumns } = parameters;
  const own = sameSeedsInColumns ? 0 : column;
  return {
    ...parameters,
    positionSeed: columnSeed(positionSeed, column),
    wiringSeed: columnSeed(wiringSeed, own),
    inputSeed: columnSeed(inputSeed, own),
  };
}
