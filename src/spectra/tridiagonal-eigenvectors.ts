/** A real symmetric tridiagonal matrix; `offDiagonal[i]` stands between rows i and i + 1. */
export interface TridiagonalMatrix {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/**
 * Eigenvectors of length 1 of the largest eigenvalues, largest first; their signs are arbitrary.
 *
 * Eigenvalues by bisection on Sturm counts, eigenvectors by inverse iteration (Golub & Van Loan,
 * Matrix Computations, 8.4 and 8.2). The eigenvalues must be well separated.
 */
export function leadingEigenvectors(matrix: TridiagonalMatrix, count: number): Float64Array[] {
  const order = matrix.diagonal.length;
  const bounds = eigenvalueBounds(matrix);
  const rows = {
    pivots: new Float64Array(order),
    above: new Float64Array(order),
    secondAbove: new Float64Array(order),
  };
  return Array.from({ length: count }, (_, k) => {
    const eigenvalue = bisect(matrix, order - 1 - k, bounds);
    return inverseIteration(matrix, eigenvalue, bounds.norm, rows);
  });
}

/** Rows of an eliminated matrix: the pivots and what stands to the right of them; used again and again. */
interface Rows {
  readonly pivots: Float64Array;
  readonly above: Float64Array;
  readonly secondAbove: Float64Array;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly norm: number;
}

/** Gershgorin's bounds. */
function eigenvalueBounds({ diagonal, offDiagonal }: TridiagonalMatrix): Bounds {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < diagonal.length; i++) {
    const radius = Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0);
    low = Math.min(low, diagonal[i]! - radius);
    high = Math.max(high, diagonal[i]! + radius);
  }
  return { low, high, norm: Math.max(Math.abs(low), Math.abs(high)) };
}

/** The eigenvalue that `rank` others are below, to the last bits. */
function bisect(matrix: TridiagonalMatrix, rank: number, bounds: Bounds): number {
  let { low, high } = bounds;
  for (;;) {
    const middle = (low + high) / 2;
    if (high - low <= 2 * Number.EPSILON * bounds.norm || middle === low || middle === high) {
      return middle;
    }
    if (countBelow(matrix, middle) > rank) high = middle;
    else low = middle;
  }
}

/** Number of eigenvalues below x: the negative pivots of T − x. */
function countBelow({ diagonal, offDiagonal }: TridiagonalMatrix, x: number): number {
  let count = 0;
  let pivot = 1;
  let square = 0;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i]! - x - square / pivot;
    if (pivot === 0) pivot = Number.MIN_VALUE;
    if (pivot < 0) count++;
    square = (offDiagonal[i] ?? 0) ** 2;
  }
  return count;
}

/** Each iteration shrinks all but the wanted part by the distance to the next eigenvalue. */
const ITERATIONS = 4;

function inverseIteration(
  matrix: TridiagonalMatrix,
  eigenvalue: number,
  norm: number,
  rows: Rows,
): Float64Array {
  const order = matrix.diagonal.length;
  // Neither even nor odd about the middle, so that no taper is orthogonal to it.
  const vector = Float64Array.from({ length: order }, (_, i) => 1 + i / order);
  for (let k = 0; k < ITERATIONS; k++) {
    solveShifted(matrix, eigenvalue, norm, vector, rows);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < order; i++) vector[i]! /= length;
  }
  return vector;
}

/** Solves (T − shift) x = b by elimination with row exchanges; x takes the place of b. */
function solveShifted(
  { diagonal, offDiagonal }: TridiagonalMatrix,
  shift: number,
  norm: number,
  b: Float64Array,
  { pivots, above, secondAbove }: Rows,
): void {
  const last = diagonal.length - 1;
  for (let i = 0; i <= last; i++) pivots[i] = diagonal[i]! - shift;
  above.set(offDiagonal);
  above[last] = 0;
  secondAbove.fill(0);
  for (let i = 0; i < last; i++) {
    const below = offDiagonal[i]!;
    const [pivot, next, nextAbove] = [pivots[i]!, pivots[i + 1]!, above[i + 1]!];
    if (Math.abs(pivot) >= Math.abs(below)) {
      const factor = below / pivot;
      pivots[i + 1] = next - factor * above[i]!;
      b[i + 1]! -= factor * b[i]!;
    } else {
      const factor = pivot / below;
      [pivots[i], pivots[i + 1]] = [below, above[i]! - factor * next];
      [above[i], above[i + 1]] = [next, -factor * nextAbove];
      secondAbove[i] = nextAbove;
      [b[i], b[i + 1]] = [b[i + 1]!, b[i]! - factor * b[i + 1]!];
    }
  }
  // At an eigenvalue the last pivot vanishes but for rounding.
  if (pivots[last] === 0) pivots[last] = Number.EPSILON * norm;
  for (let i = last; i >= 0; i--) {
    const rest = above[i]! * (b[i + 1] ?? 0) + secondAbove[i]! * (b[i + 2] ?? 0);
    b[i] = (b[i]! - rest) / pivots[i]!;
  }
}
