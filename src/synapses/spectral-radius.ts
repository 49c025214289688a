/** Sparse square matrix: entry k is `values[k]` in row `rows[k]` and column `columns[k]`; entries add up. */
export interface SparseMatrix {
  readonly order: number;
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** Largest modulus of an eigenvalue. */
export interface SpectralRadius {
  /** NaN if an entry is not finite. */
  readonly radius: number;
  /** False if the estimate still changed by more than the tolerance at the last step. */
  readonly converged: boolean;
  readonly steps: number;
}

/** Precision of a spectral radius, and the length of its iteration. */
export interface SpectralRadiusOptions {
  /** Relative change of the estimate, as steps double, at which iteration ends; default 0.0001. */
  readonly tolerance?: number;
  /** Default 4096. */
  readonly mostSteps?: number;
}

const FIRST_STEPS = 64;

/**
 * Spectral radius of a matrix A by power iteration: the growth of the norm per step, which tends to
 * the radius for any matrix (Gelfand's formula). Complex pairs of eigenvalues make single steps
 * oscillate; the logarithm of the growth is therefore averaged over the later half of the steps with
 * Hann's weights.
 *
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * const rotation = {
 *   order: 2,
 *   rows: Uint32Array.of(0, 1),
 *   columns: Uint32Array.of(1, 0),
 *   values: Float64Array.of(-2, 2),
 * };
 * console.log(analysis.spectralRadius(rotation).radius.toFixed(3)); // 2.000
 * ```
 */
export function spectralRadius(
  matrix: SparseMatrix,
  { tolerance = 1e-4, mostSteps = 4096 }: SpectralRadiusOptions = {},
): SpectralRadius {
  if (!matrix.values.every(Number.isFinite)) {
    return { radius: Number.NaN, converged: false, steps: 0 };
  }
  // Irregular, so that it has a part along every eigenvector, and the same at every call.
  let vector: Float64Array = Float64Array.from(
    { length: matrix.order },
    (_, k) => 0.5 + ((k * 0.618034) % 1),
  );
  let length = norm(vector);
  const growths: number[] = [];
  let previous = Number.NaN;
  for (let end = FIRST_STEPS; ; end *= 2) {
    const last = Math.min(end, mostSteps);
    while (growths.length < last) {
      vector = product(matrix, vector, 1 / length);
      length = norm(vector);
      if (length === 0) return { radius: 0, converged: true, steps: growths.length + 1 };
      growths.push(Math.log(length));
    }
    const radius = Math.exp(hannMean(growths.slice(last >> 1)));
    const converged = Math.abs(radius - previous) <= tolerance * radius;
    if (converged || last === mostSteps) return { radius, converged, steps: last };
    previous = radius;
  }
}

/** The matrix times a multiple of a vector. */
function product(
  { order, rows, columns, values }: SparseMatrix,
  vector: Float64Array,
  factor: number,
): Float64Array {
  const result = new Float64Array(order);
  for (let k = 0; k < values.length; k++) {
    result[rows[k]!]! += factor * values[k]! * vector[columns[k]!]!;
  }
  return result;
}

const norm = (vector: Float64Array) =>
  Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

function hannMean(values: readonly number[]): number {
  let [sum, weights] = [0, 0];
  values.forEach((value, k) => {
    const weight = Math.sin((Math.PI * (k + 0.5)) / values.length) ** 2;
    sum += weight * value;
    weights += weight;
  });
  return sum / weights;
}
