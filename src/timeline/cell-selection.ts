import { closest } from "fastest-levenshtein";
import { quantityFromText } from "../document/quantities.ts";
import { populations } from "../model/populations.ts";
import type { Network } from "../network/construction.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";

/** What of a column a selection of cells depends on. */
export type ColumnCells = Pick<Network, "cellCount" | "populations" | "xUm" | "yUm" | "zUm">;

type Range = ColumnCells["populations"][number];

/** Groups by name: all cells, E or I cells, a layer, a population. */
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

/** A part of a group: at random, or around a place. */
interface PartOfGroup {
  readonly of: unknown;
  readonly fraction?: number;
  readonly seed?: number;
  readonly within?: number | string;
  readonly around?: readonly number[];
}

const forms =
  'all, E, I, a layer (L4), a population (E5R), indices ("0-9, 40"), a list of those, ' +
  "{ of: E4, fraction: 0.15, seed: 1 } or { of: E, within: 8 um, around: [15, 15, 0] }";

const lengthUnits = { um: 1, µm: 1 };

const indexList = /^\s*\d+\s*(-\s*\d+\s*)?(,\s*\d+\s*(-\s*\d+\s*)?)*$/;

/** What is wrong with a selection as a file has it; undefined when nothing is. */
export function selectionProblem(given: unknown): string | undefined {
  if (typeof given === "string") return textProblem(given);
  if (typeof given === "number") {
    return Number.isInteger(given) && given >= 0 ? undefined : `${given} is no cell's index`;
  }
  if (Array.isArray(given)) {
    if (given.length === 0) return `an empty list selects no cells: expected ${forms}`;
    return given.map(selectionProblem).find((problem) => problem !== undefined);
  }
  if (typeof given === "object" && given !== null) return partProblem({ of: undefined, ...given });
  return `expected ${forms}${given === undefined ? "" : `; ${JSON.stringify(given)} was given`}`;
}

function textProblem(text: string): string | undefined {
  if (groups.has(text) || indexList.test(text)) return undefined;
  const nearest = closest(text, [...groups.keys()]);
  return `there are no cells "${text}": did you mean ${nearest}? Expected ${forms}`;
}

function partProblem({ of, fraction, seed = 0, within, around, ...others }: PartOfGroup) {
  const unknown = Object.keys(others)[0];
  if (unknown) return `unknown key ${unknown}: expected of, fraction, seed, within or around`;
  if (of === undefined) return `expected of: the cells that these are a part of`;
  if (fraction === undefined && within === undefined) {
    return "expected a fraction, or within and around";
  }
  if (fraction !== undefined && !(fraction > 0 && fraction <= 1)) {
    return `fraction ${fraction}: expected a number above 0, up to 1`;
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)) {
    return `seed ${seed}: expected a whole number from 0 to 4294967295`;
  }
  if ((within === undefined) !== (around === undefined)) {
    return "within and around go together: a distance, and the place [x, y, z] in µm";
  }
  if (within !== undefined && !(radiusUm(within) > 0)) {
    return `within ${within}: expected a distance such as 8 um`;
  }
  if (around && !(around.length === 3 && around.every((value) => Number.isFinite(value)))) {
    return `around ${JSON.stringify(around)}: expected a place [x, y, z] in µm`;
  }
  return selectionProblem(of);
}

const radiusUm = (within: number | string): number =>
  typeof within === "number" ? within : (quantityFromText(within, lengthUnits) ?? Number.NaN);

/** Which cells of a column something concerns. */
export class CellSelection {
  /** As a file has it. */
  readonly given: unknown;

  /** @param given without a problem, see `selectionProblem` */
  constructor(given: unknown) {
    this.given = given;
  }

  /**
   * The cells of a column, ascending.
   *
   * @throws {RangeError} when one of them is not in the column.
   */
  resolve(column: ColumnCells): readonly number[] {
    return resolve(this.given, column);
  }

  toJSON(): unknown {
    return this.given;
  }
}

function resolve(given: unknown, column: ColumnCells): number[] {
  if (Array.isArray(given)) {
    const chosen = new Set(given.flatMap((one) => resolve(one, column)));
    return [...chosen].sort((a, b) => a - b);
  }
  if (typeof given === "object") return resolvePart(given as PartOfGroup, column);
  const isMember = groups.get(String(given));
  return isMember ? cellsWhere(column, isMember) : listedCells(String(given), column);
}

function cellsWhere({ populations: ranges }: ColumnCells, isMember: (range: Range) => boolean) {
  return ranges
    .filter(isMember)
    .flatMap(({ firstCell, cellCount }) =>
      Array.from({ length: cellCount }, (_, k) => firstCell + k),
    );
}

function listedCells(text: string, { cellCount }: ColumnCells): number[] {
  const chosen = text.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    if (last < first) throw new RangeError(`cells ${part.trim()}: expected an ascending range`);
    if (last >= cellCount) {
      throw new RangeError(`there is no cell ${last}: the column has cells 0 to ${cellCount - 1}`);
    }
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  });
  return [...new Set(chosen)].sort((a, b) => a - b);
}

function resolvePart({ of, fraction, seed = 0, within, around }: PartOfGroup, column: ColumnCells) {
  let chosen = resolve(of, column);
  if (within !== undefined) {
    const limit = radiusUm(within) ** 2;
    chosen = chosen.filter((cell) => squaredDistance(column, cell, around!) <= limit);
  }
  return fraction === undefined
    ? chosen
    : drawn(chosen, Math.round(fraction * chosen.length), seed);
}

function squaredDistance({ xUm, yUm, zUm }: ColumnCells, cell: number, place: readonly number[]) {
  const [x, y, z] = [xUm[cell]! - place[0]!, yUm[cell]! - place[1]!, zUm[cell]! - place[2]!];
  return x * x + y * y + z * z;
}

function drawn(cells: readonly number[], count: number, seed: number): number[] {
  const generator = new AdditiveCongruentialGenerator(seed);
  const left = [...cells];
  const chosen = Array.from({ length: count }, () => {
    const [cell] = left.splice(Math.floor(left.length * generator.uniform()), 1);
    return cell!;
  });
  return chosen.sort((a, b) => a - b);
}

/** Ascending cells as a text, "0-9, 40". */
export function cellsText(cells: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && last[1] === cell - 1) last[1] = cell;
    else runs.push([cell, cell]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(", ");
}
