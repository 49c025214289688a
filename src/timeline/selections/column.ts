import type { PartKind } from "./kind.ts";

/** The cells of a group in one column, numbered from 0 on. */
export const column: PartKind = {
  form: "{ of: E, column: 2 }",
  keys: ["column"],
  problem: ({ column: own }) =>
    Number.isInteger(own) && Number(own) >= 0
      ? undefined
      : `column ${own}: expected the number of a column, from 0 on`,
  choose(cells, { column: own }, { populations }) {
    const [first, last] = [0, -1].map((place) =>
      populations.filter(({ column: other = 0 }) => other === own).at(place),
    );
    if (first && last) {
      const end = last.firstCell + last.cellCount;
      return cells.filter((cell) => cell >= first.firstCell && cell < end);
    }
    const greatest = populations.at(-1)?.column ?? 0;
    const known = greatest === 0 ? "there is only column 0" : `columns are 0 to ${greatest}`;
    throw new RangeError(`there is no column ${own}: ${known}`);
  },
};
