import { nearestName } from "../model/nearest-name.ts";
import { rangeTexts } from "../numeric/ranges.ts";
import type { ColumnCells, PartKeys } from "./selections/kind.ts";
import { nameKinds, partKinds } from "./selections/registry.ts";

const forms = [
  ...nameKinds.map(({ form }) => form),
  "a list of those",
  ...partKinds.map(({ form }) => form),
]
  .join(", ")
  .replace(/, (?=\{[^{]*$)/, " or ");

const nameKindOf = (text: string) => nameKinds.find((kind) => kind.matches(text));

/** The kinds of a part, in the order in which they are applied. */
const kindsOf = (part: PartKeys) =>
  partKinds.filter(({ keys }) => keys.some((key) => part[key] !== undefined));

/** Problem of a selection as in a file; undefined if there is none. */
export function selectionProblem(given: unknown): string | undefined {
  if (typeof given === "string") return textProblem(given);
  if (typeof given === "number") {
    return Number.isInteger(given) && given >= 0
      ? undefined
      : `${given} is not the index of a cell`;
  }
  if (Array.isArray(given)) {
    if (given.length === 0) return `an empty list selects no cells: expected ${forms}`;
    return given.map(selectionProblem).find((problem) => problem !== undefined);
  }
  if (typeof given === "object" && given !== null) return partProblem(given as PartKeys);
  return `expected ${forms}${given === undefined ? "" : `; ${JSON.stringify(given)} was given`}`;
}

function textProblem(text: string): string | undefined {
  if (nameKindOf(text)) return undefined;
  const names = nameKinds.flatMap(({ names: own = [] }) => own);
  const nearest = nearestName(text, names);
  const hint = nearest === undefined ? "expected" : `did you mean ${nearest}? Expected`;
  return `there are no cells "${text}": ${hint} ${forms}`;
}

function partProblem(part: PartKeys): string | undefined {
  const allowed = ["of", ...partKinds.flatMap(({ keys }) => keys)];
  const unknown = Object.keys(part).find((key) => !allowed.includes(key));
  if (unknown !== undefined) {
    return `unknown key ${unknown}: expected ${allowed.join(", ").replace(/, (?=\w+$)/, " or ")}`;
  }
  if (part["of"] === undefined) return "expected of: the cells from which these are selected";
  const kinds = kindsOf(part);
  if (kinds.length === 0) {
    return `expected a part, such as ${partKinds.map(({ form }) => form).join(" or ")}`;
  }
  const problems = kinds.map((kind) => kind.problem(part));
  return problems.find((problem) => problem !== undefined) ?? selectionProblem(part["of"]);
}

/** Selection of cells, such as the cells of an entry. */
export class CellSelection {
  /** The selection as in a file, such as "L4" or { layer: 4, count: 10 }. */
  readonly given: unknown;
  readonly #resolved = new WeakMap<ColumnCells, readonly number[]>();

  /**
   * @param given without a problem, see `selectionProblem`
   * @internal
   */
  constructor(given: unknown) {
    this.given = given;
  }

  /**
   * Indices of the selected cells, ascending.
   *
   * @throws {RangeError} if one of them does not exist
   * @internal
   */
  resolve(column: ColumnCells): readonly number[] {
    const cells = this.#resolved.get(column) ?? resolve(this.given, column);
    this.#resolved.set(column, cells);
    return cells;
  }

  /** @internal */
  toJSON(): unknown {
    return this.given;
  }
}

function resolve(given: unknown, column: ColumnCells): readonly number[] {
  if (Array.isArray(given)) {
    const chosen = new Set(given.flatMap((one) => resolve(one, column)));
    return [...chosen].sort((a, b) => a - b);
  }
  if (typeof given !== "object") return nameKindOf(String(given))!.resolve(String(given), column);
  const part = given as PartKeys;
  return kindsOf(part).reduce(
    (cells, kind) => kind.choose(cells, part, column),
    resolve(part["of"], column),
  );
}

/** Cell indices as text, such as "0-9, 40". */
export const cellsText = (cells: readonly number[]): string => rangeTexts(cells).join(", ");
