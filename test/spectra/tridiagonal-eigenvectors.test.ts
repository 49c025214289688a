import { expect, it } from "vitest";
import {
  leadingEigenvectors,
  type TridiagonalMatrix,
} from "../../src/spectra/tridiagonal-eigenvectors.ts";
import { randomNumbers } from "../recording/small-run.ts";

/** One eigenvalue after the other, and an elimination for each iteration. */
function plainEigenvectors(matrix: TridiagonalMatrix, count: number): Float64Array[] {
  const order = matrix.diagonal.length;
  const radii = matrix.diagonal.map((_, i) =>
    [i - 1, i].reduce((sum, k) => sum + Math.abs(matrix.offDiagonal[k] ?? 0), 0),
  );
  const low = Math.min(...matrix.diagonal.map((value, i) => value - radii[i]!));
  const high = Math.max(...matrix.diagonal.map((value, i) => value + radii[i]!));
  const norm = Math.max(Math.abs(low), Math.abs(high));
  return Array.from({ length: count }, (_, k) => {
    const eigenvalue = plainBisection(matrix, order - 1 - k, low, high, norm);
    let vector = matrix.diagonal.map((_, i) => 1 + i / order);
    for (let iteration = 0; iteration < 4; iteration++) {
      const solution = solved(matrix, eigenvalue, norm, vector);
      const length = Math.sqrt(solution.reduce((sum, value) => sum + value * value, 0));
      vector = solution.map((value) => value / length);
    }
    return vector;
  });
}

function plainBisection(
  { diagonal, offDiagonal }: TridiagonalMatrix,
  rank: number,
  low: number,
  high: number,
  norm: number,
): number {
  const middle = (low + high) / 2;
  if (high - low <= 2 * Number.EPSILON * norm || middle === low || middle === high) return middle;
  let [count, pivot] = [0, 1];
  diagonal.forEach((value, i) => {
    pivot = value - middle - (offDiagonal[i - 1] ?? 0) ** 2 / pivot || Number.MIN_VALUE;
    if (pivot < 0) count++;
  });
  const [from, to] = count > rank ? [low, middle] : [middle, high];
  return plainBisection({ diagonal, offDiagonal }, rank, from, to, norm);
}

/** Solution of (T − shift) x = b, by elimination with row exchanges of whole rows. */
function solved(
  { diagonal, offDiagonal }: TridiagonalMatrix,
  shift: number,
  norm: number,
  b: Float64Array,
): Float64Array {
  const order = diagonal.length;
  // Of each row, what stands on the diagonal and in the two columns after, and the right-hand side.
  let row = [diagonal[0]! - shift, offDiagonal[0]!, 0, b[0]!];
  const rows: number[][] = [];
  for (let i = 0; i + 1 < order; i++) {
    const below = offDiagonal[i]!;
    const next = [diagonal[i + 1]! - shift, offDiagonal[i + 1] ?? 0, 0, b[i + 1]!];
    if (Math.abs(row[0]!) >= Math.abs(below)) {
      rows.push(row);
      const factor = below / row[0]!;
      row = [next[0]! - factor * row[1]!, next[1]!, 0, next[3]! - factor * row[3]!];
    } else {
      rows.push([below, next[0]!, next[1]!, next[3]!]);
      const factor = row[0]! / below;
      row = [row[1]! - factor * next[0]!, -factor * next[1]!, 0, row[3]! - factor * next[3]!];
    }
  }
  rows.push([row[0]! || Number.EPSILON * norm, ...row.slice(1)]);
  const solution = new Float64Array(order);
  for (let i = order - 1; i >= 0; i--) {
    const [pivot, above, secondAbove, right] = rows[i]! as [number, number, number, number];
    const rest = above * (solution[i + 1] ?? 0) + secondAbove * (solution[i + 2] ?? 0);
    solution[i] = (right - rest) / pivot;
  }
  return solution;
}

it.each([4, 25, 300])("are those found one by one, to the bit, of order %d", (order) => {
  const random = randomNumbers(order);
  const entries = (length: number) => Float64Array.from({ length }, () => 10 * random() - 5);
  const matrix = { diagonal: entries(order), offDiagonal: entries(order - 1) };
  expect(leadingEigenvectors(matrix, 4)).toEqual(plainEigenvectors(matrix, 4));
});
