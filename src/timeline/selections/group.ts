import { populations } from "../../model/populations.ts";
import type { ColumnCells, NameKind } from "./kind.ts";

type Range = ColumnCells["populations"][number];

const groups: ReadonlyMap<string, (range: Range) => boolean> = new Map([
  ["all", () => true],
  ["E", ({ cellClass }) => cellClass === "E"],
  ["I", ({ cellClass }) => cellClass !== "E"],
  ["L2/3", ({ layer }) => layer === 2],
  ...([2, 4, 5, 6] as const).map(
    (own) => [`L${own}`, ({ layer }: Range) => layer === own] as const,
  ),
  ...populations.map(({ name: own }) => [own, ({ name }: Range) => name === own] as const),
]);

/** Groups by name: all cells, E or I cells, a layer, a population. */
export const group: NameKind = {
  form: "all, E, I, a layer (L4), a population (E5R)",
  names: [...groups.keys()],
  matches: (text) => groups.has(text),
  resolve: (text, { populations: ranges }) =>
    ranges
      .filter(groups.get(text)!)
      .flatMap(({ firstCell, cellCount }) =>
        Array.from({ length: cellCount }, (_, k) => firstCell + k),
      ),
};
