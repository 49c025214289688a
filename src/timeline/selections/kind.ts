import type { Network } from "../../network/construction.ts";

/** Properties of a column on which a selection of cells depends. */
export type ColumnCells = Pick<Network, "cellCount" | "populations" | "xUm" | "yUm" | "zUm">;

/** A kind of text that selects cells. */
export interface NameKind {
  /** Form in messages. */
  readonly form: string;
  /** All texts of this kind, where they can be listed. */
  readonly names?: readonly string[];
  matches(text: string): boolean;
  /**
   * The cells, ascending.
   *
   * @throws {RangeError} when one of them is not in the column
   */
  resolve(text: string, column: ColumnCells): number[];
}

/** The keys of `{ of: …, … }`, as a file has them. */
export type PartKeys = Readonly<Record<string, unknown>>;

/** A kind of part of a group: what `{ of: …, … }` leaves of the cells of `of`. */
export interface PartKind {
  /** Form in messages. */
  readonly form: string;
  /** The keys that it has; the first makes a selection one of this kind. */
  readonly keys: readonly [string, ...string[]];
  /** Problem of the values of its keys. */
  problem(given: PartKeys): string | undefined;
  /** The cells of the part, in the order of those given, which are ascending. */
  choose(cells: readonly number[], given: PartKeys, column: ColumnCells): readonly number[];
}
