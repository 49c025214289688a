import { quantityFromText } from "../../document/quantities.ts";
import type { ColumnCells, PartKind } from "./kind.ts";

const lengthUnits = { um: 1, µm: 1 };

const radiusUm = (given: unknown): number =>
  typeof given === "number" ? given : (quantityFromText(String(given), lengthUnits) ?? Number.NaN);

const isPlace = (around: unknown): around is readonly number[] =>
  Array.isArray(around) && around.length === 3 && around.every((value) => Number.isFinite(value));

/** The cells of a group around a place, such as a lesion or an electrode. */
export const within: PartKind = {
  form: "{ of: E, within: 8 um, around: [15, 15, 0] }",
  keys: ["within", "around"],
  problem({ within: distance, around }) {
    if (distance === undefined || around === undefined) {
      return "within and around must be given together: a distance, and the point [x, y, z] in µm";
    }
    if (!(radiusUm(distance) > 0)) return `within ${distance}: expected a distance such as 8 um`;
    return isPlace(around)
      ? undefined
      : `around ${JSON.stringify(around)}: expected a point [x, y, z] in µm`;
  },
  choose(cells, { within: distance, around }, column) {
    const limit = radiusUm(distance) ** 2;
    return cells.filter((cell) => squaredDistance(column, cell, around as number[]) <= limit);
  },
};

function squaredDistance({ xUm, yUm, zUm }: ColumnCells, cell: number, place: readonly number[]) {
  const [x, y, z] = [xUm[cell]! - place[0]!, yUm[cell]! - place[1]!, zUm[cell]! - place[2]!];
  return x * x + y * y + z * z;
}
