import type { ComplexArray } from "./complex-array.ts";

/*
 * The sum W of n outer products x xᴴ of independent circular complex normal vectors of M components
 * has a complex Wishart distribution. With their covariance Σ its logarithmic determinant has the
 * mean ln det Σ + Σ ψ(n − i) and the variance Σ ψ′(n − i), i = 0 … M − 1, where ψ is the digamma
 * function (Goodman 1963, Ann Math Stat 34:178): twice det W / det Σ is a product of χ² variables.
 */

const EULER_GAMMA = 0.5772156649015329;

/**
 * Mean excess of ln det W over ln det Σ.
 *
 * @param order components, M ≥ 1.
 * @param degrees n, whole, at least M.
 */
export function logDeterminantExcess(order: number, degrees: number): number {
  // ψ(n) of whole numbers is −γ + Σ 1 / k over k < n.
  let digamma = -EULER_GAMMA;
  for (let k = 1; k < degrees - order + 1; k++) digamma += 1 / k;
  let sum = digamma;
  for (let n = degrees - order + 2; n <= degrees; n++) {
    digamma += 1 / (n - 1);
    sum += digamma;
  }
  return sum;
}

/** Variance of ln det W, with the same arguments. */
export function logDeterminantVariance(order: number, degrees: number): number {
  // ψ′(n) of whole numbers is π²/6 − Σ 1 / k² over k < n.
  let trigamma = Math.PI ** 2 / 6;
  for (let k = 1; k < degrees - order + 1; k++) trigamma -= 1 / k ** 2;
  let sum = trigamma;
  for (let n = degrees - order + 2; n <= degrees; n++) {
    trigamma -= 1 / (n - 1) ** 2;
    sum += trigamma;
  }
  return sum;
}

/** A pivot this small against its row is 0 but for rounding. */
const SINGULAR = 1e-12;

/**
 * ln det of a Hermitian positive semidefinite matrix, by Cholesky's decomposition in its place.
 *
 * @param matrix its lower triangle, row by row: row i, column j at i (i + 1) / 2 + j. Overwritten.
 * @returns −∞ when the matrix is singular.
 */
export function logDeterminant({ re, im }: ComplexArray, order: number): number {
  let logarithm = 0;
  for (let i = 0; i < order; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j < i; j++) {
      const other = (j * (j + 1)) / 2;
      let [real, imaginary] = [re[row + j]!, im[row + j]!];
      for (let k = 0; k < j; k++) {
        const [a, b, c, d] = [re[row + k]!, im[row + k]!, re[other + k]!, im[other + k]!];
        real -= a * c + b * d;
        imaginary -= b * c - a * d;
      }
      re[row + j] = real / re[other + j]!;
      im[row + j] = imaginary / re[other + j]!;
    }
    let pivot = re[row + i]!;
    for (let k = 0; k < i; k++) pivot -= re[row + k]! ** 2 + im[row + k]! ** 2;
    if (!(pivot > SINGULAR * re[row + i]!)) return -Infinity;
    logarithm += Math.log(pivot);
    re[row + i] = Math.sqrt(pivot);
  }
  return logarithm;
}
