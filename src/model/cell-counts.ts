import { type PopulationName, populations } from "./populations.ts";

/** Absorbs products that fall just short of a whole number, such as 25 · 1.16; the original's too. */
const roundingMargin = 1e-11;

/**
 * Cells per population at a size factor: count · sizeFactor, truncated to an integer.
 *
 * The keys are in population order. A population may come out empty at size factors below 1.
 */
export function cellCounts(sizeFactor: number): Readonly<Record<PopulationName, number>> {
  return Object.fromEntries(
    populations.map(({ name, cellCount }) => [
      name,
      Math.trunc(cellCount * sizeFactor + roundingMargin),
    ]),
  ) as Record<PopulationName, number>;
}

/** Cells of the whole column at a size factor: 470 at 1. */
export function totalCellCount(sizeFactor: number): number {
  return Object.values(cellCounts(sizeFactor)).reduce((total, count) => total + count, 0);
}
