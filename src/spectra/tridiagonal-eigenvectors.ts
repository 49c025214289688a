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
  const ranks = Array.from({ length: count }, (_, k) => order - 1 - k);
  const rows: Rows = {
    pivots: new Float64Array(order),
    above: new Float64Array(order),
    secondAbove: new Float64Array(order),
    factors: new Float64Array(order),
    isExchanged: new Uint8Array(order),
  };
  return Array.from(bisect(matrix, ranks, bounds), (eigenvalue) => {
    eliminate(matrix, eigenvalue, bounds.norm, rows);
    return inverseIteration(rows);
  });
}

/** An eliminated matrix; its arrays are used again and again. */
interface Rows {
  readonly pivots: Float64Array;
  /** Numbers to the right of the pivots. */
  readonly above: Float64Array;
  readonly secondAbove: Float64Array;
  /** Factors with which rows were subtracted from the next; 1 where the two were exchanged before. */
  readonly factors: Float64Array;
  readonly isExchanged: Uint8Array;
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

/** The eigenvalues that so many others each are below, to the last bits. */
function bisect(matrix: TridiagonalMatrix, ranks: readonly number[], bounds: Bounds): Float64Array {
  const lows = new Float64Array(ranks.length).fill(bounds.low);
  const highs = new Float64Array(ranks.length).fill(bounds.high);
  const middles = new Float64Array(ranks.length);
  const width = 2 * Number.EPSILON * bounds.norm;
  for (;;) {
    let isSettled = true;
    for (let k = 0; k < ranks.length; k++) {
      const [low, high] = [lows[k]!, highs[k]!];
      const middle = (low + high) / 2;
      middles[k] = middle;
      isSettled &&= high - low <= width || middle === low || middle === high;
    }
    if (isSettled) return middles;
    for (const [k, count] of countsBelow(matrix, middles).entries()) {
      if (highs[k]! - lows[k]! <= width) continue;
      if (count > ranks[k]!) highs[k] = middles[k]!;
      else lows[k] = middles[k]!;
    }
  }
}

/**
 * Numbers of eigenvalues below each x: the negative pivots of T − x. Each pivot waits for the one
 * before, but not for those of another x.
 */
function countsBelow({ diagonal, offDiagonal }: TridiagonalMatrix, xs: Float64Array): Uint32Array {
  const pivots = new Float64Array(xs.length).fill(1);
  const counts = new Uint32Array(xs.length);
  let square = 0;
  for (let i = 0; i < diagonal.length; i++) {
    const value = diagonal[i]!;
    for (let k = 0; k < xs.length; k++) {
      const pivot = value - xs[k]! - square / pivots[k]!;
      pivots[k] = pivot === 0 ? Number.MIN_VALUE : pivot;
      if (pivot < 0) counts[k]! += 1;
    }
    square = i < offDiagonal.length ? offDiagonal[i]! ** 2 : 0;
  }
  return counts;
}

/** Each iteration shrinks all but the wanted part by the distance to the next eigenvalue. */
const ITERATIONS = 4;

function inverseIteration(rows: Rows): Float64Array {
  const order = rows.pivots.length;
  const vector = new Float64Array(order);
  // Neither even nor odd about the middle, so that no taper is orthogonal to it.
  for (let i = 0; i < order; i++) vector[i] = 1 + i / order;
  for (let k = 0; k < ITERATIONS; k++) {
    solve(rows, vector);
    let squares = 0;
    for (let i = 0; i < order; i++) squares += vector[i]! * vector[i]!;
    const length = Math.sqrt(squares);
    for (let i = 0; i < order; i++) vector[i]! /= length;
  }
  return vector;
}

/** Eliminates T − shift with row exchanges. */
function eliminate(
  { diagonal, offDiagonal }: TridiagonalMatrix,
  shift: number,
  norm: number,
  { pivots, above, secondAbove, factors, isExchanged }: Rows,
): void {
  const last = diagonal.length - 1;
  for (let i = 0; i <= last; i++) pivots[i] = diagonal[i]! - shift;
  above.set(offDiagonal);
  above[last] = 0;
  secondAbove.fill(0);
  for (let i = 0; i < last; i++) {
    const below = offDiagonal[i]!;
    const pivot = pivots[i]!;
    const next = pivots[i + 1]!;
    const beside = above[i]!;
    const isSmaller = Math.abs(pivot) < Math.abs(below);
    const factor = isSmaller ? pivot / below : below / pivot;
    factors[i] = factor;
    isExchanged[i] = Number(isSmaller);
    if (!isSmaller) {
      pivots[i + 1] = next - factor * beside;
      continue;
    }
    const nextAbove = above[i + 1]!;
    pivots[i] = below;
    pivots[i + 1] = beside - factor * next;
    above[i] = next;
    above[i + 1] = -factor * nextAbove;
    secondAbove[i] = nextAbove;
  }
  // At an eigenvalue the last pivot vanishes but for rounding.
  if (pivots[last] === 0) pivots[last] = Number.EPSILON * norm;
}

/** Solves (T − shift) x = b for an eliminated T − shift; x takes the place of b. */
function solve({ pivots, above, secondAbove, factors, isExchanged }: Rows, b: Float64Array): void {
  const last = b.length - 1;
  for (let i = 0; i < last; i++) {
    const exchanged = isExchanged[i]!;
    const own = b[i + exchanged]!;
    const next = b[i + 1 - exchanged]!;
    b[i] = own;
    b[i + 1] = next - factors[i]! * own;
  }
  let [after, second] = [0, 0];
  for (let i = last; i >= 0; i--) {
    const value = (b[i]! - (above[i]! * after + secondAbove[i]! * second)) / pivots[i]!;
    b[i] = value;
    second = after;
    after = value;
  }
}
